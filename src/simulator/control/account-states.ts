/** Doing with accounts what only AWS does: restricting one, and lifting a restriction or a closure. */
import type { Documents } from '../engine/core.js';
import { BadInput, matching, objectOf, oneOf } from '../engine/read-json.js';
import { type AccountDocument, accountOf, putAccount } from '../world/accounts.js';

interface StateChange {
  readonly account: string;
  /** `ACTIVE` lifts a suspension and, within 90 days, a closure, as AWS Support does. */
  readonly state: 'SUSPENDED' | 'ACTIVE';
}

/** Reads `{account, state}`. */
export function readStateChange(body: unknown): StateChange {
  const change = objectOf('the body', body, ['account', 'state']);
  return {
    account: matching('account', change.account, /^\d{12}$/, 'an account id of 12 digits'),
    state: oneOf('state', change.state, ['SUSPENDED', 'ACTIVE']),
  };
}

/**
 * The account after the change. A closed account cannot be suspended: it is closed.
 * Source: Organizations User Guide, Monitor the state of your AWS accounts; AWS Account Management, closing an account.
 */
export function changeState(documents: Documents, { account: id, state }: StateChange, now: number): AccountDocument {
  const account = accountOf(documents, id, now);
  if (account === undefined) throw new BadInput(`account: "${id}" is no account of this simulator.`);
  if (state === 'SUSPENDED' && account.closing !== null) {
    throw new BadInput(`account: "${id}" is closed or closing, so that it cannot be suspended.`);
  }
  const changed: AccountDocument =
    state === 'SUSPENDED'
      ? { ...account, suspendedAt: account.suspendedAt ?? now }
      : { ...account, suspendedAt: undefined, closing: null };
  putAccount(documents, changed);
  return changed;
}
