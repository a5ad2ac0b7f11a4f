/** Commits batches of events to projections: rows and checkpoint move in one transaction, up to the first event that cannot be folded. */
import type { DatabaseSync } from 'node:sqlite';
import type { Position, RecordedEvent } from '../../application/streams/event-store.js';
import { transaction } from './database.js';
import { FoldFailure, type Projection } from './projection.js';
import { type LeavingOut, textOf } from './quarantine-filter.js';
import { damages, passes } from './sqlite-failures.js';

/** Folds the events and moves the checkpoints to a position, or does nothing and throws what a fold or the file threw. */
export type Commit = (events: readonly RecordedEvent[], upTo: Position) => void;

interface Fed {
  readonly projections: readonly Projection[];
  readonly leavesOut: LeavingOut;
  position: Position | undefined;
}

/** A way to commit for projections that are fed together; it moves their position along. */
export function openCommit(db: DatabaseSync, fed: Fed): Commit {
  const save = db.prepare('INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?)');
  const open = () => fed.projections.map((projection) => projection.open(db));
  const leavesOut = textOf(fed.leavesOut);
  let folds: ReturnType<typeof open> | undefined;
  return (events, upTo) => {
    folds ??= open();
    const prepared = folds;
    // A fold that was undone may remember what did not hold, so it is made anew unless all goes well.
    folds = undefined;
    transaction(db, () => {
      if (events.length > 0) for (const fold of prepared) fold(events);
      for (const { name } of fed.projections) save.run(name, upTo, leavesOut);
    });
    folds = prepared;
    fed.position = upTo;
  };
}

/**
 * Commits what can be folded, and the checkpoint up to a position if that is all; answers with the first event that
 * cannot be folded. What a disk or a damaged file is to blame for is thrown.
 */
export function commitGood(
  events: readonly RecordedEvent[],
  upTo: Position | undefined,
  commit: Commit,
): FoldFailure | undefined {
  if (upTo === undefined) return undefined;
  try {
    commit(events, upTo);
    return undefined;
  } catch (error) {
    if (passes(error) || damages(error)) throw error;
    if (error instanceof FoldFailure) return commitBefore(events, error, commit);
    return findFailure(events, upTo, error, commit);
  }
}

function commitBefore(events: readonly RecordedEvent[], failure: FoldFailure, commit: Commit): FoldFailure {
  const before = events.slice(0, events.indexOf(failure.failed));
  return commitGood(before, before.at(-1)?.position, commit) ?? failure;
}

/** A fold that does not say which event it failed at is given halves, until one event is left. */
function findFailure(
  events: readonly RecordedEvent[],
  upTo: Position,
  error: unknown,
  commit: Commit,
): FoldFailure | undefined {
  const [first] = events;
  if (!first) throw error;
  if (events.length === 1) return new FoldFailure(first, error);
  const half = events.length >> 1;
  const left = events.slice(0, half);
  return commitGood(left, left.at(-1)?.position, commit) ?? commitGood(events.slice(half), upTo, commit);
}
