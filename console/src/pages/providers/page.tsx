/** The Providers tab: every provider that the reader may see, as it stands now. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Status } from '../../api/types.js';
import { has, usePerson } from '../../auth/person.js';
import { sorted } from '../../format/sorted.js';
import { ProblemAlert } from '../../shell/problem.js';
import { useTitle } from '../../shell/title.js';
import { providersText as text } from '../../text/providers.js';
import { columnsFor } from './columns.js';
import { FilterBar } from './filter-bar.js';
import { type Filters, isFiltered, useFilters } from './filters.js';
import { useProviderPage } from './use-page.js';

const noFilters: Filters = { name: '', stage: undefined, origin: undefined };

const NewButton = () => {
  const navigate = useNavigate();
  return (
    <ButtonDropdown
      variant="primary"
      items={[{ id: 'aws', text: text.amazon, secondaryText: text.amazonWords }]}
      onItemClick={() => navigate('/new')}
    >
      {text.create}
    </ButtonDropdown>
  );
};

interface Reader {
  readonly mayCreate: boolean;
  readonly ofAll: boolean;
}

function Empty({ mayCreate, ofAll }: Reader) {
  const otherwise = ofAll ? text.noneForAll : text.noneForMember;
  return (
    <Box textAlign="center" color="inherit" padding="l">
      <SpaceBetween size="m">
        <Box variant="strong" color="inherit">
          {text.none}
        </Box>
        <Box variant="p" color="inherit">
          {mayCreate ? text.noneWords : otherwise}
        </Box>
        {mayCreate && <NewButton />}
      </SpaceBetween>
    </Box>
  );
}

const NoMatch = ({ clear }: { readonly clear: () => void }) => (
  <Box textAlign="center" color="inherit" padding="l">
    <SpaceBetween size="m">
      <Box variant="strong" color="inherit">
        {text.noMatch}
      </Box>
      <Box variant="p" color="inherit">
        {text.noMatchWords}
      </Box>
      <Button onClick={clear}>{text.clear}</Button>
    </SpaceBetween>
  </Box>
);

interface NothingThere extends Reader {
  readonly filters: Filters;
  readonly clear: () => void;
}

const Nothing = ({ filters, clear, ...who }: NothingThere) =>
  isFiltered(filters) ? <NoMatch clear={clear} /> : <Empty {...who} />;

/** The page in the order that its reader asked for; the service itself lists the newest first. */
function useOrder(columns: ReturnType<typeof columnsFor>) {
  const [order, setOrder] = useState<TableProps.SortingState<Status>>();
  const column = columns.find(({ sortingField }) => sortingField === order?.sortingColumn.sortingField);
  const inOrder = (items: readonly Status[]): readonly Status[] =>
    column?.by ? sorted(items, column.by, order?.isDescending ?? false) : items;
  return { order, setOrder, inOrder };
}

export function ProvidersPage() {
  useTitle(text.title);
  const person = usePerson();
  const navigate = useNavigate();
  const [filters, setFilters] = useFilters();
  const { query, page, pages, more, turnTo } = useProviderPage(person, filters);
  const ofAll = person.organization === undefined;
  const mayCreate = has(person, 'administrator');
  const columns = useMemo(() => columnsFor(navigate, ofAll), [navigate, ofAll]);
  const { order, setOrder, inOrder } = useOrder(columns);
  const { data, error } = query;
  return (
    <SpaceBetween size="m">
      {error && <ProblemAlert error={error} again={() => query.refetch()} />}
      {data?.standstill && (
        <Alert type="warning" header={text.standstill}>
          {data.standstill.words}
        </Alert>
      )}
      <Table
        variant="full-page"
        enableKeyboardNavigation
        stickyHeader
        ariaLabels={{ tableLabel: text.table }}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={ofAll ? text.descriptionForAll : text.description}
            actions={mayCreate && <NewButton />}
          >
            {text.title}
          </Header>
        }
        filter={<FilterBar filters={filters} change={setFilters} ofAll={ofAll} />}
        pagination={
          <Pagination
            currentPageIndex={page + 1}
            pagesCount={pages}
            openEnd={more}
            ariaLabels={{ nextPageLabel: text.nextPage, previousPageLabel: text.previousPage, pageLabel: text.page }}
            onChange={({ detail }) => turnTo(detail.currentPageIndex - 1)}
          />
        }
        columnDefinitions={columns}
        items={inOrder(data?.items ?? [])}
        trackBy="id"
        loading={query.isPending}
        loadingText={text.loading}
        {...(order ? { sortingColumn: order.sortingColumn, sortingDescending: order.isDescending ?? false } : {})}
        onSortingChange={({ detail }) => setOrder(detail)}
        empty={
          data && <Nothing filters={filters} clear={() => setFilters(noFilters)} mayCreate={mayCreate} ofAll={ofAll} />
        }
      />
    </SpaceBetween>
  );
}
