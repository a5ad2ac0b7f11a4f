/** A command may name the fact that it was decided on; where another came since, it is refused instead of overwriting that. */
import { Refusal } from '../../domain/refusal.js';
import type { Position } from '../ports/event-store.js';
import { UnknownPosition } from '../ports/event-store-errors.js';
import { logOf } from './former-logs.js';

const decideAnew = 'Read it again, and decide anew.';

/**
 * Throws a `changed-since` refusal unless the last fact of a stream stands at the position named; without one anything goes. A
 * position of a former log names no fact here, so that nobody can say whether one came since: it is an UnknownPosition.
 */
export function requireUnchanged(
  named: Position | undefined,
  last: Position | undefined,
  formerLogs: ReadonlySet<string>,
): void {
  if (named === undefined || named === last) return;
  if (formerLogs.has(logOf(named))) throw new UnknownPosition(`position ${named} is of a former log`, named);
  const allowed = last === undefined ? 'none: there is nothing yet' : `"${last}"`;
  throw new Refusal('changed-since', `This was changed since you read it. ${decideAnew}`, [
    { field: 'If-Match', problem: 'is not the last fact', allowed },
  ]);
}

/** Throws a `changed-since` refusal where somebody made meanwhile what the caller wants to make only if it is not there. */
export function requireAbsent(isThere: boolean): void {
  if (!isThere) return;
  throw new Refusal('changed-since', `This was made since you looked for it. ${decideAnew}`, [
    { field: 'If-None-Match', problem: 'names what is there', allowed: 'If-Match, with the ETag of what is there' },
  ]);
}
