/** A command may name the fact that it was decided on; where another came since, it is refused instead of overwriting that. */
import { Refusal } from '../../domain/refusal.js';
import type { Position } from '../ports/event-store.js';
import { UnknownPosition } from '../ports/event-store-errors.js';
import { logOf } from './former-logs.js';

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
  throw new Refusal('changed-since', 'This was changed since you read it. Read it again, and decide anew.', [
    { field: 'If-Match', problem: 'is not the last fact', allowed },
  ]);
}
