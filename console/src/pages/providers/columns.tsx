/** The columns of the list. */
import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { Status } from '../../api/types.js';
import { aboutText } from '../../format/duration.js';
import { progressOf } from '../../format/progress.js';
import { isSettled, stageWords } from '../../format/stages.js';
import { Moment } from '../../shell/moment.js';
import { providersText as text } from '../../text/providers.js';
import type { Sort } from './filters.js';

/** What can be sorted by has the member of the status that the service sorts by. */
export type Column = TableProps.ColumnDefinition<Status> & { readonly id: string; readonly sortingField?: Sort };

const pageOf = ({ id }: Status): string => `/providers/${id}`;

function StageOf({ status }: { readonly status: Status }) {
  const { label, look } = stageWords(status.stage);
  return <StatusIndicator type={look}>{label}</StatusIndicator>;
}

/** What happens, in one line: how far it is and how long it takes, or who must act. */
function ProgressOf({ status }: { readonly status: Status }) {
  if (status.halt)
    return (
      <StatusIndicator type={status.halt.whoMustAct === 'customer' ? 'warning' : 'info'}>
        {text.mustAct[status.halt.whoMustAct]}
      </StatusIndicator>
    );
  if (isSettled(status.stage) || status.stage === 'requested') return '–';
  const { done, all } = progressOf(status);
  return (
    <Box variant="span">
      {text.stepsDone(done, all)}
      {status.etaSeconds !== undefined && (
        <Box variant="small" display="block">
          {text.left(aboutText(status.etaSeconds))}
        </Box>
      )}
    </Box>
  );
}

export function columnsFor(follow: (to: string) => void, ofAll: boolean): readonly Column[] {
  const columns: Column[] = [
    {
      id: 'name',
      header: text.name,
      isRowHeader: true,
      sortingField: 'name',
      cell: (status) => (
        <Link
          href={pageOf(status)}
          onFollow={(event) => {
            event.preventDefault();
            follow(pageOf(status));
          }}
        >
          {status.name ?? status.id}
        </Link>
      ),
    },
    {
      id: 'stage',
      header: text.stage,
      minWidth: 175,
      sortingField: 'stage',
      cell: (status) => <StageOf status={status} />,
    },
    { id: 'progress', header: text.progress, minWidth: 180, cell: (status) => <ProgressOf status={status} /> },
    {
      id: 'account',
      header: text.account,
      cell: ({ account }) => account?.id ?? '–',
    },
    {
      id: 'origin',
      header: text.origin,
      cell: ({ origin }) => text.origins[origin ?? ''] ?? origin ?? '–',
    },
    {
      id: 'organization',
      header: text.organization,
      cell: ({ organization }) => organization ?? '–',
    },
    {
      id: 'requested',
      header: text.requested,
      sortingField: 'requestedAt',
      cell: ({ requestedAt }) => <Moment at={requestedAt} />,
    },
    {
      id: 'changed',
      header: text.changed,
      minWidth: 140,
      sortingField: 'changedAt',
      cell: ({ changedAt }) => <Moment at={changedAt} />,
    },
  ];
  return ofAll ? columns : columns.filter(({ id }) => id !== 'organization');
}
