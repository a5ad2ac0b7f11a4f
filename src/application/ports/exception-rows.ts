/** Exceptions from the hardening of accounts, over all of them: derived from the log. */
import type { PageOf } from './provider-lists.js';

/** Members of an exception that a list can be in order of; equal ones keep one order of their own. */
export const exceptionOrders = ['until', 'grantedAt', 'owner', 'reason'] as const;
export type ExceptionOrder = (typeof exceptionOrders)[number];

/** `in-force`: its object is left as it is now. */
export const exceptionStates = ['in-force', 'expired', 'revoked'] as const;
export type ExceptionState = (typeof exceptionStates)[number];

/** The last exception of an object. */
export interface ExceptionRow {
  readonly providerId: string;
  readonly object: string;
  /** Whose the provider is; absent while that cannot be read. */
  readonly organization?: string;
  readonly owner: string;
  readonly reason: string;
  /** ISO times. */
  readonly until: string;
  readonly grantedAt: string;
  readonly state: ExceptionState;
  /** When its end went on record; absent for as long as none has. */
  readonly endedAt?: string;
}

export interface ExceptionsWanted extends PageOf {
  readonly sort: ExceptionOrder;
  readonly descending: boolean;
  readonly state: ExceptionState | undefined;
  /** Those alone that end by then. */
  readonly endingBy: string | undefined;
  /** What the time is: one whose time is over is expired, whether or not that went on record. */
  readonly now: string;
  /** Of these organizations alone; undefined for all, and for those whose organization cannot be read. */
  readonly organizations: readonly string[] | undefined;
}
