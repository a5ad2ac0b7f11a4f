/** Pages of at most twenty; the token names the last key looked at, so that a page stands still while others come. */
import type { Call } from '../engine/core.js';
import { invalid } from './errors.js';
import { wholeNumber } from './input.js';

export const largestPage = 20;

export interface Page<T> {
  readonly items: T[];
  readonly NextToken: string | undefined;
}

/**
 * One page of items that are ordered by key. What readers do not see yet is dropped after paging, so a page may be
 * empty and still have a NextToken. Source: Organizations API, ListAccounts.
 */
export function page<T>(
  call: Call,
  items: readonly T[],
  keyOf: (item: T) => string,
  seen: (item: T) => boolean = () => true,
): Page<T> {
  const after = lastKey(call);
  const rest = items.filter((item) => keyOf(item) > after);
  const here = rest.slice(0, wholeNumber(call, 'MaxResults', 1, largestPage) ?? largestPage);
  const last = here.at(-1);
  const more = last !== undefined && here.length < rest.length;
  return { items: here.filter(seen), NextToken: more ? tokenOf(call.operation, keyOf(last)) : undefined };
}

const tokenOf = (operation: string, key: string): string => Buffer.from(`${operation}\n${key}`).toString('base64url');

/** The last key of the page before; empty for the first page. */
export function lastKey({ input, operation }: Call): string {
  const token = input.NextToken;
  if (token === undefined || token === null) return '';
  const [issuer, key] = Buffer.from(String(token), 'base64url').toString().split('\n');
  if (issuer !== operation || key === undefined) throw invalid('INVALID_NEXT_TOKEN', 'NextToken');
  return key;
}
