/** Appends of one turn of the event loop share one transaction and one wait for the disk, and fail each on its own. */

import { TooManyAppends } from '../../../application/ports/event-store-errors.js';
import type { NewAppend } from '../format/new-append.js';
import { type Commit, commitAll, type Pending } from './commit-group.js';
import type { Connection } from './connection.js';
import { openLockPatience } from './lock-patience.js';
import type { StoredEvent } from './statements.js';

export interface GroupCommit {
  /** Queues an append for the end of this turn; the answer comes when it holds on disk. */
  submit(append: NewAppend): Promise<readonly StoredEvent[]>;
  /** Writes everything that is queued now. */
  drain(): void;
  waiting(): number;
  trouble(): Trouble;
}

/** Why the last group could not be written and when that was, in milliseconds since the epoch; `undefined` when it could. */
export interface Trouble {
  readonly problem: string | undefined;
  readonly failedAt: number | undefined;
}

/** More than are ever written in the time that a caller waits; what comes on top is better asked again later. */
const mostWaiting = 10_000;

/** Bounds how long one transaction keeps the event loop from everything else. */
const largestGroup = 500;

/** Starts a queue over a connection; `committed` hears after each group what of it is stored. */
export function openGroupCommit(
  connection: Connection,
  commit: Commit,
  committed: (stored: readonly StoredEvent[]) => void,
): GroupCommit {
  const queue: Pending[] = [];
  let scheduled = false;
  let trouble = troubleNow(undefined);
  const patience = openLockPatience();

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    patience.later(() => {
      scheduled = false;
      if (queue.length > 0) writeGroup(true);
      if (queue.length > 0) schedule();
    });
  }

  function writeGroup(mayWait: boolean): void {
    const group = queue.splice(0, largestGroup);
    const written = commitAll(connection, commit, group);
    if (!written.locked) patience.gone();
    else if (patience.met() && mayWait) return void queue.unshift(...group);
    trouble = troubleNow(written.problem);
    committed(written.outcomes.flatMap((outcome) => ('stored' in outcome ? outcome.stored : [])));
    for (const [i, outcome] of written.outcomes.entries()) group[i]?.settle(outcome);
  }

  return {
    async submit(append) {
      requireRoom(queue);
      schedule();
      return enqueued(queue, append);
    },
    drain() {
      while (queue.length > 0) writeGroup(false);
    },
    waiting: () => queue.length,
    trouble: () => trouble,
  };
}

function requireRoom({ length }: readonly Pending[]): void {
  if (length >= mostWaiting) throw new TooManyAppends(`${length} appends wait to be written.`);
}

const enqueued = (queue: Pending[], append: NewAppend): Promise<readonly StoredEvent[]> =>
  new Promise((resolve, reject) => {
    queue.push({ append, settle: (o) => ('stored' in o ? resolve(o.stored) : reject(o.error)) });
  });

const troubleNow = (problem: string | undefined): Trouble => ({
  problem,
  failedAt: problem === undefined ? undefined : Date.now(),
});
