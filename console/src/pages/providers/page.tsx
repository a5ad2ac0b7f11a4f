/** The Providers tab: every provider that the reader may see, as it stands now. */
import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import type { Status } from '../../api/types.js';
import { has, usePerson } from '../../auth/person.js';
import { ConnectionNotice } from '../../shell/connection-lost.js';
import { ProblemAlert } from '../../shell/problem.js';
import { useTitle } from '../../shell/title.js';
import { providersText as text } from '../../text/providers.js';
import { type Column, columnsFor } from './columns.js';
import { FilterBar } from './filter-bar.js';
import { type Filters, isSort, noFilters, useFilters } from './filters.js';
import { NewButton, Nothing } from './nothing.js';
import { useProviderPage } from './use-page.js';

/** The order of the whole list, as the table draws it. */
function sortingOf(columns: readonly Column[], { sort, descending }: Filters) {
  const column = columns.find(({ sortingField }) => sortingField === sort);
  return column ? { sortingColumn: column, sortingDescending: descending } : {};
}

/** The filters with another order; a column that the service cannot sort by has no header to press. */
function sortedBy(filters: Filters, { sortingColumn, isDescending }: TableProps.SortingState<Status>): Filters {
  const sort = sortingColumn.sortingField;
  return isSort(sort) ? { ...filters, sort, descending: isDescending ?? false } : filters;
}

export function ProvidersPage() {
  useTitle(text.title);
  const person = usePerson();
  const navigate = useNavigate();
  const [filters, setFilters] = useFilters();
  const { query, page, pages, more, turnTo, connection } = useProviderPage(person, filters);
  const ofAll = person.organization === undefined;
  const mayCreate = has(person, 'administrator');
  const columns = useMemo(() => columnsFor(navigate, ofAll), [navigate, ofAll]);
  const { data, error } = query;
  return (
    <SpaceBetween size="m">
      {error && <ProblemAlert error={error} again={() => query.refetch()} />}
      <ConnectionNotice connection={connection} />
      {data?.standstill && (
        <Alert type="warning" header={text.standstill}>
          {data.standstill.words}
        </Alert>
      )}
      <Table
        variant="full-page"
        enableKeyboardNavigation
        stickyHeader
        wrapLines
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
        items={data?.items ?? []}
        trackBy="id"
        loading={query.isPending}
        loadingText={text.loading}
        {...sortingOf(columns, filters)}
        onSortingChange={({ detail }) => setFilters(sortedBy(filters, detail))}
        empty={
          data && <Nothing filters={filters} clear={() => setFilters(noFilters)} mayCreate={mayCreate} ofAll={ofAll} />
        }
      />
    </SpaceBetween>
  );
}
