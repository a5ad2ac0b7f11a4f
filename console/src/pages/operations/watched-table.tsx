/** A table of what is watched: loading, failed, empty or full, in the same way for all of them. */
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { ProblemAlert } from '../../shell/problem.js';
import { operationsText as text } from '../../text/operations.js';

interface Watched<T> {
  readonly title: string;
  readonly words: ReactNode;
  readonly empty: string;
  readonly query: UseQueryResult<{ readonly items: readonly T[] }>;
  /** How many there are in all, where the page may hold fewer. */
  readonly total?: number | undefined;
  readonly columns: readonly TableProps.ColumnDefinition<T>[];
}

export function WatchedTable<T>({ title, words, empty, query, total, columns }: Watched<T>) {
  const { data, error, isPending, refetch } = query;
  const count = total ?? data?.items.length;
  return (
    <>
      {error && <ProblemAlert error={error} again={() => refetch()} />}
      <Table
        header={
          <Header variant="h2" description={words} {...(count === undefined ? {} : { counter: `(${count})` })}>
            {title}
          </Header>
        }
        columnDefinitions={columns}
        items={data?.items ?? []}
        loading={isPending}
        loadingText={text.loading}
        empty={data && <Box textAlign="center">{empty}</Box>}
        ariaLabels={{ tableLabel: title }}
        wrapLines
      />
    </>
  );
}

/** The way to a provider's page, without loading the console anew. */
export function ProviderLink({ id, name }: { readonly id: string; readonly name: string | undefined }) {
  const navigate = useNavigate();
  const href = `/providers/${id}`;
  return (
    <Link
      href={href}
      onFollow={(event) => {
        event.preventDefault();
        navigate(href);
      }}
    >
      {name ?? id}
    </Link>
  );
}
