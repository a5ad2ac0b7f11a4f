/** A group of appends as one transaction: each fails on its own, and all with the transaction. */
import { errorText } from '../../../application/error-text.js';
import { RevisionConflict, StoreUnavailable } from '../../../application/ports/event-store-errors.js';
import { endsTransaction, isLocked } from '../../sqlite-failures.js';
import type { NewAppend } from '../format/new-append.js';
import type { Connection } from './connection.js';
import { lockedWords } from './lock-patience.js';
import type { LogFile } from './log-file.js';
import { type AppendOutcome, settleUnknown } from './unknown-outcome.js';
import { writeAppend } from './write-append.js';

/** Ends the open transaction so that it holds; a throw leaves open whether it does. */
export type Commit = (log: LogFile) => void;

/** An append that waits for its outcome. */
export interface Pending {
  readonly append: NewAppend;
  settle(outcome: AppendOutcome): void;
}

interface GroupOutcome {
  readonly outcomes: readonly AppendOutcome[];
  readonly problem: string | undefined;
  /** Whether another process kept it from beginning. */
  readonly locked: boolean;
}

/** BEGIN to COMMIT in one synchronous turn: nothing else of this process can come between. */
export function commitAll(connection: Connection, commit: Commit, group: readonly Pending[]): GroupOutcome {
  let log: LogFile | undefined;
  let outcomes: readonly AppendOutcome[];
  try {
    log = connection.get();
    log.statements.begin();
    outcomes = writeAll(log, group);
  } catch (error) {
    if (log) rollBack(connection, log);
    const locked = isLocked(error);
    const problem = `The event log cannot be written: ${locked ? lockedWords : errorText(error)}`;
    return { outcomes: group.map(() => ({ error: new StoreUnavailable(problem, { cause: error }) })), problem, locked };
  }
  try {
    commit(log);
    return { outcomes, problem: undefined, locked: false };
  } catch (error) {
    return { ...settleUnknown(connection, outcomes, error), locked: false };
  }
}

/** SQLite may have rolled back by itself; where it cannot, closing the file does it. */
function rollBack(connection: Connection, { db, ends }: LogFile): void {
  ends.forget();
  try {
    if (db.isTransaction) db.exec('ROLLBACK');
  } catch {
    connection.drop();
  }
}

function writeAll({ statements, ends }: LogFile, group: readonly Pending[]): readonly AppendOutcome[] {
  ends.check();
  return group.map(({ append }) => {
    try {
      return { stored: writeAppend(statements, ends, append) };
    } catch (error) {
      if (endsTransaction(error)) throw error;
      // A conflict is noticed before anything is written.
      if (!(error instanceof RevisionConflict)) ends.forget();
      return { error };
    }
  });
}
