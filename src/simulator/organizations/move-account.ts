/** MoveAccount: from where the caller says the account is to where it should be. */

import type { Operation } from '../engine/core.js';
import { parentSeen, putAccount } from '../world/accounts.js';
import { refusal } from './errors.js';
import { rules, text } from './input.js';
import { member } from './members.js';
import { parentExists } from './tree.js';

/**
 * Moves an account at once; lists and ListParents show it after a while, and until then another move conflicts.
 * Throws AccountNotFound, DestinationParentNotFound, DuplicateAccount when it is there already, SourceParentNotFound
 * when it is not where the caller says, ConcurrentModification. Source: Organizations API, MoveAccount.
 */
export const moveAccount: Operation = (call) => {
  const source = text(call, 'SourceParentId', rules.parentId);
  const destination = text(call, 'DestinationParentId', rules.parentId);
  const account = member(call);
  if (!parentExists(call, destination)) throw refusal('DestinationParentNotFoundException');
  if (account.parentId === destination) throw refusal('DuplicateAccountException');
  if (account.parentId !== source) throw refusal('SourceParentNotFoundException');
  if (call.now < account.parentSeenAt) throw refusal('ConcurrentModificationException');
  putAccount(call.documents, {
    ...account,
    parentId: destination,
    formerParentId: parentSeen(account, call.now),
    parentSeenAt: call.now + call.latencies.listLagMs,
  });
  return {};
};
