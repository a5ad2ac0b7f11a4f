/** Appends of one turn of the event loop share one transaction and one wait for the disk, and fail each on its own. */

import { wordsOf } from '../../../application/error-text.js';
import { RevisionConflict, StoreUnavailable, TooManyAppends } from '../../../application/streams/event-store.js';
import type { Connection } from './connection.js';
import { endsTransaction } from './failures.js';
import type { LogFile } from './log-file.js';
import type { StoredEvent } from './statements.js';
import { type Outcome, settleUnknown } from './unknown-outcome.js';
import { type Append, writeAppend } from './write-append.js';

/** Ends the open transaction so that it holds; a throw leaves open whether it does. */
export type Commit = (log: LogFile) => void;

export interface GroupCommit {
  /** Queues an append for the end of this turn; the answer comes when it holds on disk. */
  submit(append: Append): Promise<readonly StoredEvent[]>;
  /** Writes everything that is queued now. */
  drain(): void;
  readonly waiting: number;
  readonly trouble: Trouble;
}

/** Why the last group could not be written and when that was, in milliseconds since the epoch; `undefined` when it could. */
export interface Trouble {
  readonly problem: string | undefined;
  readonly failedAt: number | undefined;
}

interface Pending {
  readonly append: Append;
  settle(outcome: Outcome): void;
}

/** More than are ever written in the time that a caller waits; what comes on top is better asked again later. */
const mostWaiting = 10_000;

/** Bounds how long one transaction keeps the event loop from everything else. */
const largestGroup = 500;

/** Starts a queue over a connection; `committed` hears after each group how far the log reached. */
export function openGroupCommit(
  connection: Connection,
  commit: Commit,
  committed: (upTo: number) => void,
): GroupCommit {
  const queue: Pending[] = [];
  let scheduled = false;
  let trouble = troubleNow(undefined);

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      writeGroup();
      if (queue.length > 0) schedule();
    });
  }

  function writeGroup(): void {
    const group = queue.splice(0, largestGroup);
    if (group.length === 0) return;
    const appends = group.map(({ append }) => append);
    const written = commitAll(connection, commit, appends);
    trouble = troubleNow(written.problem);
    const stored = written.outcomes.flatMap((outcome) => ('stored' in outcome ? outcome.stored : []));
    committed(stored.reduce((upTo, { position }) => Math.max(upTo, position), 0));
    for (const [i, outcome] of written.outcomes.entries()) group[i]?.settle(outcome);
  }

  return {
    async submit(append) {
      if (queue.length >= mostWaiting) throw new TooManyAppends(`${mostWaiting} appends wait to be written.`);
      schedule();
      return enqueued(queue, append);
    },
    drain() {
      while (queue.length > 0) writeGroup();
    },
    get waiting() {
      return queue.length;
    },
    get trouble() {
      return trouble;
    },
  };
}

const enqueued = (queue: Pending[], append: Append): Promise<readonly StoredEvent[]> =>
  new Promise((resolve, reject) => {
    queue.push({ append, settle: (o) => ('stored' in o ? resolve(o.stored) : reject(o.error)) });
  });

const troubleNow = (problem: string | undefined): Trouble => ({
  problem,
  failedAt: problem === undefined ? undefined : Date.now(),
});

interface GroupOutcome {
  readonly outcomes: readonly Outcome[];
  readonly problem: string | undefined;
}

/** BEGIN to COMMIT in one synchronous turn: nothing else of this process can come between. */
function commitAll(connection: Connection, commit: Commit, group: readonly Append[]): GroupOutcome {
  let log: LogFile | undefined;
  let outcomes: readonly Outcome[];
  try {
    log = connection.get();
    log.statements.begin();
    outcomes = writeAll(log, group);
  } catch (error) {
    if (log) rollBack(connection, log);
    const problem = `The event log cannot be written: ${wordsOf(error)}`;
    return { outcomes: group.map(() => ({ error: new StoreUnavailable(problem, { cause: error }) })), problem };
  }
  try {
    commit(log);
    return { outcomes, problem: undefined };
  } catch (error) {
    return settleUnknown(connection, outcomes, error);
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

function writeAll({ statements, ends }: LogFile, group: readonly Append[]): readonly Outcome[] {
  ends.check();
  return group.map((append) => {
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
