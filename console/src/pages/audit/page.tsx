/** Audit: the log, its signed head, and evidence. */
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { has, usePerson } from '../../auth/person.js';
import { NotYours } from '../../shell/not-yours.js';
import { useTitle } from '../../shell/title.js';
import { auditText as text } from '../../text/audit.js';
import { EvidencePart } from './evidence.js';
import { HeadPart } from './head.js';
import { VerificationPart } from './verification.js';

export function AuditPage() {
  useTitle(text.title);
  if (!has(usePerson(), 'auditor')) return <NotYours title={text.title} words={text.onlyFor} />;
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={text.description}>
          {text.title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <VerificationPart />
        <EvidencePart />
        <HeadPart />
      </SpaceBetween>
    </ContentLayout>
  );
}
