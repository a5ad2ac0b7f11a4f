/** A page that shows one thing only, such as that it waits or failed; its heading is there all the same. */
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import type { ReactNode } from 'react';
import { useTitle } from './title.js';

export function Titled({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useTitle(title);
  return <ContentLayout header={<Header variant="h1">{title}</Header>}>{children}</ContentLayout>;
}
