/** After a COMMIT that failed nobody knows whether it holds: the file is opened again, and what is there is the answer. */

import { errorText } from '../../../application/error-text.js';
import { OutcomeUnknown, StoreUnavailable } from '../../../application/ports/event-store-errors.js';
import type { Connection } from './connection.js';
import type { Statements, StoredEvent } from './statements.js';

/** What became of one append. */
export type AppendOutcome = { readonly stored: readonly StoredEvent[] } | { readonly error: unknown };

/** The outcomes as they stand in the file, each append looked up by its event ids. */
export function settleUnknown(
  connection: Connection,
  outcomes: readonly AppendOutcome[],
  failure: unknown,
): { readonly outcomes: readonly AppendOutcome[]; readonly problem: string } {
  const problem = `The event log's commit failed: ${errorText(failure)}`;
  try {
    connection.drop();
    const { db, statements } = connection.get();
    secure(db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get());
    return { outcomes: lookedUp(statements, outcomes, problem), problem };
  } catch (error) {
    const words = `${problem}; the log could not be read again: ${errorText(error)}`;
    return { outcomes: outcomes.map((outcome) => inDoubt(outcome, words)), problem: words };
  }
}

/**
 * A kernel may report a failed write once and forget the pages. Copying the log into the file and syncing that is what
 * makes "stored" true again. Source: SQLite, "PRAGMA wal_checkpoint"; its first column is 1 when it could not finish.
 */
function secure(row: Record<string, unknown> | undefined): void {
  if (row?.busy !== 0) throw new Error('the checkpoint could not finish');
}

/** A refusal may rest on events of the same transaction, so it stands only if all that was written is there. */
function lookedUp(
  statements: Statements,
  outcomes: readonly AppendOutcome[],
  problem: string,
): readonly AppendOutcome[] {
  const found = outcomes.map((outcome) => ('stored' in outcome ? stillStored(statements, outcome.stored) : undefined));
  const held = outcomes.every((outcome, i) => 'error' in outcome || found[i]);
  return outcomes.map((outcome, i) => {
    const stored = found[i];
    if (stored) return { stored };
    return 'error' in outcome && held ? outcome : { error: new StoreUnavailable(problem) };
  });
}

function stillStored(statements: Statements, events: readonly StoredEvent[]): readonly StoredEvent[] | undefined {
  const found = events.flatMap(({ eventId }) => statements.byEventId(eventId) ?? []);
  return found.length === events.length ? found : undefined;
}

function inDoubt(outcome: AppendOutcome, words: string): AppendOutcome {
  return { error: 'stored' in outcome ? new OutcomeUnknown(words) : new StoreUnavailable(words) };
}
