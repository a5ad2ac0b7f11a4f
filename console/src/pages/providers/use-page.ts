/** One page of the list after another, by cursor: the service says whether there is a next one, not how many there are. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { listProviders, searchProviders } from '../../../../src/client/generated/sdk.gen.js';
import { askedList } from '../../api/asked.js';
import type { Person } from '../../auth/person.js';
import { type Filters, paramsOf } from './filters.js';

const pageSize = 20;
const everyMs = 4_000;
const typedForMs = 250;
const accountId = /^\d{12}$/;

function read(person: Person, { name, stage, origin }: Filters, cursor: string | undefined, signal: AbortSignal) {
  const query = {
    limit: pageSize,
    ...(cursor === undefined ? {} : { cursor }),
    ...(stage === undefined ? {} : { stage }),
    ...(origin === undefined ? {} : { origin }),
  };
  const named = name === '' ? query : { ...query, name };
  const { organization } = person;
  if (organization !== undefined) return askedList(listProviders({ path: { organization }, query: named, signal }));
  return askedList(searchProviders({ query: accountId.test(name) ? { ...query, accountId: name } : named, signal }));
}

/** What is typed counts once the typing pauses. */
function useSettled<T>(value: T, key: string): T {
  const [settled, setSettled] = useState({ value, key });
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ value, key }), typedForMs);
    return () => clearTimeout(timer);
  }, [value, key]);
  return settled.key === key ? value : settled.value;
}

/** The page of these filters that is shown now, read again every few seconds, and how to turn it. */
export function useProviderPage(person: Person, typed: Filters) {
  const filters = useSettled(typed, paramsOf(typed).toString());
  const key = paramsOf(filters).toString();
  const [place, setPlace] = useState({ key, page: 0, cursors: [undefined] as readonly (string | undefined)[] });
  const { page, cursors } = place.key === key ? place : { page: 0, cursors: [undefined] };
  const query = useQuery({
    queryKey: ['providers', key, cursors[page] ?? ''],
    queryFn: ({ signal }) => read(person, filters, cursors[page], signal),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  });
  const next = query.data?.next;
  const known = next === undefined ? cursors.slice(0, page + 1) : [...cursors.slice(0, page + 1), next];
  return {
    query,
    page,
    pages: known.length,
    more: next !== undefined,
    turnTo: (to: number) => setPlace({ key, page: Math.min(to, known.length - 1), cursors: known }),
  };
}
