/** The parts of a provider's page, each with an address of its own. */
import Tabs from '@cloudscape-design/components/tabs';
import { type ReactNode, Suspense } from 'react';
import { useNavigate, useParams } from 'react-router';
import { Waiting } from '../../shell/waiting.js';
import { providerText as text } from '../../text/provider.js';

export type TabName = keyof typeof text.tabs;

const names = Object.keys(text.tabs) as TabName[];

export function useTab(): TabName {
  const { tab } = useParams();
  return names.find((name) => name === tab) ?? 'overview';
}

export function ProviderTabs({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const navigate = useNavigate();
  const active = useTab();
  return (
    <Tabs
      activeTabId={active}
      ariaLabel={text.parts}
      onChange={({ detail }) =>
        navigate(detail.activeTabId === 'overview' ? `/providers/${id}` : `/providers/${id}/${detail.activeTabId}`)
      }
      tabs={names.map((name) => ({
        id: name,
        label: text.tabs[name],
        content: name === active && <Suspense fallback={<Waiting />}>{children}</Suspense>,
      }))}
    />
  );
}
