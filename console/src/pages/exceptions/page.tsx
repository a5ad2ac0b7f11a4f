/** Exceptions from the hardening, over all accounts that the reader may see: when each ends, who answers for it, and why. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { usePerson } from '../../auth/person.js';
import { lookOfException } from '../../format/exceptions.js';
import { Moment } from '../../shell/moment.js';
import { PageLink } from '../../shell/page-link.js';
import { useTitle } from '../../shell/title.js';
import { WatchedTable } from '../../shell/watched-table.js';
import { exceptionsText as text } from '../../text/exceptions.js';
import { FilterBar } from './filter-bar.js';
import { type Filters, isSort, type Sort, useFilters } from './filters.js';
import { type Exception, useExceptions } from './reads.js';

type Column = TableProps.ColumnDefinition<Exception> & { readonly sortingField?: Sort };

const ProviderOf = ({ providerId, name, organization }: Pick<Exception, 'providerId' | 'name' | 'organization'>) => (
  <PageLink to={`/providers/${providerId}/access`}>{name ?? organization ?? providerId}</PageLink>
);

const Small = ({ children }: { readonly children: ReactNode }) => (
  <Box fontSize="body-s" color="text-body-secondary">
    {children}
  </Box>
);

function EndOf(exception: Exception) {
  const { look, words } = lookOfException(exception, Date.now());
  return (
    <>
      <Moment at={exception.until} />
      <div>
        <StatusIndicator type={look}>{words}</StatusIndicator>
      </div>
    </>
  );
}

/** What the list is in order of stands where it is seen without scrolling. */
const columnsFor = (ofAll: boolean): readonly Column[] => [
  {
    id: 'provider',
    header: text.provider,
    isRowHeader: true,
    minWidth: 110,
    cell: (exception) => (
      <>
        <ProviderOf {...exception} />
        {ofAll && <Small>{exception.organization}</Small>}
      </>
    ),
  },
  { id: 'until', header: text.until, minWidth: 190, sortingField: 'until', cell: EndOf },
  { id: 'object', header: text.object, minWidth: 170, cell: ({ object }) => object },
  { id: 'reason', header: text.reason, minWidth: 180, sortingField: 'reason', cell: ({ reason }) => reason },
  { id: 'owner', header: text.owner, minWidth: 140, sortingField: 'owner', cell: ({ owner }) => owner },
  {
    id: 'granted',
    header: text.granted,
    minWidth: 130,
    sortingField: 'grantedAt',
    cell: ({ grantedAt }) => <Moment at={grantedAt} />,
  },
];

/** The order of the whole list, as the table draws it. */
function sortingOf(columns: readonly Column[], filters: Filters, change: (filters: Filters) => void) {
  const column = columns.find(({ sortingField }) => sortingField === filters.sort);
  return {
    ...(column ? { sortingColumn: column, sortingDescending: filters.descending } : {}),
    onSortingChange: ({ detail }: { readonly detail: TableProps.SortingState<Exception> }) => {
      const sort = detail.sortingColumn.sortingField;
      if (isSort(sort)) change({ ...filters, sort, descending: detail.isDescending ?? false });
    },
  };
}

/** What keeps the list from holding all, where anything does. */
function Incomplete({ standstill, setAside = [] }: Pick<ReturnType<typeof useExceptions>, 'standstill' | 'setAside'>) {
  if (!standstill && setAside.length === 0) return null;
  return (
    <Alert type="warning" header={text.incomplete}>
      {standstill && <div>{standstill.words}</div>}
      {setAside.length > 0 && <div>{text.setAside}</div>}
      <SpaceBetween direction="horizontal" size="s">
        {setAside.map((each) => (
          <ProviderOf key={each.providerId} {...each} />
        ))}
      </SpaceBetween>
    </Alert>
  );
}

/** The page: the list, in an order and narrowed as the address says. */
export function ExceptionsPage() {
  useTitle(text.title);
  const ofAll = usePerson().organization === undefined;
  const [filters, change] = useFilters();
  const query = useExceptions(filters);
  const columns = columnsFor(ofAll);
  const more = query.hasNextPage && (
    <Box textAlign="center">
      <Button loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
        {text.more}
      </Button>
    </Box>
  );
  return (
    <SpaceBetween size="m">
      <Incomplete {...query} />
      <WatchedTable<Exception>
        isPage
        title={text.title}
        words={ofAll ? text.wordsForAll : text.wordsForOwn}
        empty={text.noneFits}
        query={query}
        total={query.hasNextPage ? null : undefined}
        columns={columns}
        filter={<FilterBar filters={filters} change={change} />}
        sorting={sortingOf(columns, filters, change)}
        footer={more}
      />
    </SpaceBetween>
  );
}
