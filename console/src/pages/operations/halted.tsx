/** What has halted, by reason: somebody must act. */
import Badge from '@cloudscape-design/components/badge';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Status } from '../../api/types.js';
import { countBy } from '../../format/count.js';
import { Moment } from '../../shell/moment.js';
import { ProviderLink, WatchedTable } from '../../shell/watched-table.js';
import { operationsText as text } from '../../text/operations.js';
import { useHalted } from './reads.js';

const titleOf = ({ steps, halt }: Status): string =>
  steps.find(({ step }) => step === halt?.step)?.title ?? halt?.step ?? '–';

export function HaltedTable() {
  const query = useHalted();
  const reasons = countBy(query.data?.items ?? [], ({ halt }) => halt?.reason ?? '');
  const words = (
    <SpaceBetween size="xs" direction="horizontal">
      <span>{text.haltedWords}</span>
      {reasons.map(([reason, count]) => (
        <Badge key={reason} color="red">
          {text.byReason(reason, count)}
        </Badge>
      ))}
    </SpaceBetween>
  );
  return (
    <WatchedTable<Status>
      title={text.halted}
      words={words}
      empty={text.noneHalted}
      query={query}
      columns={[
        {
          id: 'name',
          header: text.provider,
          isRowHeader: true,
          cell: ({ id, name }) => <ProviderLink id={id} name={name} />,
        },
        { id: 'organization', header: text.organization, cell: ({ organization }) => organization ?? '–' },
        { id: 'step', header: text.step, minWidth: 140, cell: titleOf },
        { id: 'reason', header: text.reason, minWidth: 240, cell: ({ halt }) => halt?.words ?? '–' },
        { id: 'who', header: text.whoMustAct, cell: ({ halt }) => (halt ? text.acts[halt.whoMustAct] : '–') },
        { id: 'since', header: text.since, cell: ({ halt }) => (halt ? <Moment at={halt.haltedAt} /> : '–') },
      ]}
    />
  );
}
