/** Lists of providers: what they are narrowed to, what they are in order of, and their pages. */

/** A page of a list; `next` is the cursor of the page after it. */
export interface ListPage<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

export interface PageOf {
  readonly limit: number;
  readonly cursor?: string;
}

/** Members of a status that a list can be in order of; equal ones keep one order of their own. */
export const listOrders = ['requestedAt', 'changedAt', 'name', 'stage'] as const;
export type ListOrder = (typeof listOrders)[number];

export interface PageInOrder extends PageOf {
  readonly sort: ListOrder;
  readonly descending: boolean;
}

/** What a list is narrowed to; all that is given must fit. */
export interface ProviderFilter {
  readonly organization?: string;
  readonly stage?: string;
  readonly origin?: string;
  /** How the name begins, in any case and with or without accents. */
  readonly name?: string;
  readonly accountId?: string;
}
