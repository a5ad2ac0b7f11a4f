/** What a provider is, in a few words. */
import Container from '@cloudscape-design/components/container';
import KeyValuePairs, { type KeyValuePairsProps } from '@cloudscape-design/components/key-value-pairs';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Status } from '../../api/types.js';
import { stageWords } from '../../format/stages.js';
import { Moment } from '../../shell/moment.js';
import { Copyable } from '../../shell/problem.js';
import { providerText as text } from '../../text/provider.js';

export function StageOf({ stage }: Pick<Status, 'stage'>) {
  const { label, look } = stageWords(stage);
  return <StatusIndicator type={look}>{label}</StatusIndicator>;
}

const RootOf = ({ rootless }: { readonly rootless: boolean }) => (
  <StatusIndicator type={rootless ? 'success' : 'warning'}>{rootless ? text.rootless : text.rootHas}</StatusIndicator>
);

function pairsOf({ id, stage, account, territory, origin, organization, requestedAt }: Status) {
  const pairs: KeyValuePairsProps.Item[] = [
    { label: text.stage, value: <StageOf stage={stage} /> },
    { label: text.account, value: account ? <Copyable text={account.id} label={text.account} /> : '–' },
    { label: text.origin, value: text.origins[origin ?? ''] ?? origin ?? '–' },
    { label: text.territory, value: territory ?? '–' },
    { label: text.organization, value: organization ?? '–' },
    { label: text.requested, value: <Moment at={requestedAt} /> },
    { label: text.id, value: <Copyable text={id} label={text.id} /> },
  ];
  if (account?.rootless !== undefined) pairs.push({ label: text.root, value: <RootOf rootless={account.rootless} /> });
  return account?.payerId ? [...pairs, { label: text.payer, value: account.payerId }] : pairs;
}

export const Pairs = ({ status }: { readonly status: Status }) => <KeyValuePairs columns={4} items={pairsOf(status)} />;

export const DetailsPart = ({ status }: { readonly status: Status }) => (
  <Container>
    <Pairs status={status} />
  </Container>
);
