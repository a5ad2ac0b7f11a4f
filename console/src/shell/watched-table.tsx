/** A table of what is watched: loading, failed, empty or full, in the same way for all of them. */
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { shellText as text } from '../text/shell.js';
import { PageLink } from './page-link.js';
import { ProblemAlert } from './problem.js';

interface Watched<T> {
  readonly title: string;
  readonly words: ReactNode;
  readonly empty: ReactNode;
  readonly query: {
    readonly data: { readonly items: readonly T[] } | undefined;
    readonly error: unknown;
    readonly isPending: boolean;
    readonly refetch: () => unknown;
  };
  /** How many there are in all, where the page may hold fewer; null where nobody knows. */
  readonly total?: number | null | undefined;
  readonly columns: readonly TableProps.ColumnDefinition<T>[];
  /** What can be done beside looking. */
  readonly actions?: ReactNode;
  /** Whether the table is what the page is about, and its title the title of the page. */
  readonly isPage?: boolean;
  readonly footer?: ReactNode;
  readonly filter?: ReactNode;
  /** In which order the rows are, where the reader may choose. */
  readonly sorting?: Pick<TableProps<T>, 'sortingColumn' | 'sortingDescending' | 'onSortingChange'>;
}

export function WatchedTable<T>(watched: Watched<T>) {
  const { title, words, empty, query, total, columns, actions, isPage = false, footer, filter } = watched;
  const { data, error, isPending, refetch } = query;
  const count = total === undefined ? data?.items.length : total;
  return (
    <>
      {error ? <ProblemAlert error={error} again={() => refetch()} /> : null}
      <Table
        variant={isPage ? 'full-page' : 'container'}
        header={
          <Header
            variant={isPage ? 'awsui-h1-sticky' : 'h2'}
            description={words}
            actions={actions}
            {...(typeof count === 'number' ? { counter: `(${count})` } : {})}
          >
            {title}
          </Header>
        }
        filter={filter}
        columnDefinitions={columns}
        items={data?.items ?? []}
        loading={isPending}
        loadingText={text.loading}
        empty={data && <Box textAlign="center">{empty}</Box>}
        footer={footer}
        ariaLabels={{ tableLabel: title }}
        wrapLines
        {...watched.sorting}
      />
    </>
  );
}

/** The way to a provider's page. */
export const ProviderLink = ({ id, name }: { readonly id: string; readonly name: string | undefined }) => (
  <PageLink to={`/providers/${id}`}>{name ?? id}</PageLink>
);
