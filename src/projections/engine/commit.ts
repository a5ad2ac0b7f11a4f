/** Commits batches of the log to a version: rows and checkpoint move in one transaction, up to the first event that cannot be folded. */
import type { Position } from '../../application/ports/event-store.js';
import { damages, passes } from '../../infrastructure/sqlite-failures.js';
import type { FedVersion } from './fed-version.js';
import { emptyTables, prepareCheckpoint, transaction } from './model-file.js';
import { type Compare, FoldFailure, type LogEntry } from './projection.js';
import { textOf } from './quarantine-filter.js';
import { mayChange, type OpenVersion, openVersion, tablesOf } from './read-model.js';

/**
 * Takes the entries in and moves the position along, in the file at the latest with the next change of rows, or does nothing
 * and throws what a fold or the file threw.
 */
export type Commit = (entries: readonly LogEntry[], upTo: Position) => void;

/** What is written to one version. */
export interface Writer {
  readonly commit: Commit;
  /** Changes rows in one transaction with the checkpoint, which stays where it is; throws what the work or the file threw. */
  change(work: (open: OpenVersion) => void): void;
  /** Puts the checkpoint into the file where it has not been since it moved. */
  flush(): void;
}

/**
 * So many entries that change no row may be passed before the checkpoint is put into the file: most facts concern few read
 * models, and whoever begins at an older checkpoint passes them once more.
 */
const mostPassed = 1_000;

/** A way to write to a version; it moves the position along. */
export function openWriter(fed: FedVersion, compare: Compare): Writer {
  const save = prepareCheckpoint(fed.db);
  let opened: OpenVersion | undefined;
  let passed = 0;

  function write(work: (open: OpenVersion) => void, position: Position | undefined): void {
    opened ??= openVersion(fed.version, fed.db, compare);
    const prepared = opened;
    // A fold that was undone may remember what did not hold, so it is made anew unless all goes well.
    opened = undefined;
    transaction(fed.db, () => {
      work(prepared);
      save({ position, filter: textOf(fed.filter), filled: fed.everFilled });
    });
    opened = prepared;
    fed.position = position;
    passed = 0;
  }

  function isPassed(entries: readonly LogEntry[]): boolean {
    passed += Math.max(entries.length, 1);
    return passed <= mostPassed && !entries.some((entry) => mayChange(fed.version, entry));
  }

  return {
    commit(entries, upTo) {
      if (isPassed(entries)) fed.position = upTo;
      else write((open) => open.feed(entries), upTo);
    },
    change: (work) => write(work, fed.position),
    flush() {
      if (passed > 0) write(() => undefined, fed.position);
    },
  };
}

/** Empties the rows, so that they are filled again from the start of the log. */
export function startAnew(fed: FedVersion): void {
  emptyTables(fed.db, tablesOf(fed.version));
  fed.position = undefined;
  fed.filter = {};
  fed.filled = false;
  fed.everFilled = false;
  fed.caughtUp = false;
}

/**
 * Commits what can be folded, and the checkpoint up to a position if that is all; answers with the first event that
 * cannot be folded. What a disk or a damaged file is to blame for is thrown.
 */
export function commitGood(
  entries: readonly LogEntry[],
  upTo: Position | undefined,
  commit: Commit,
): FoldFailure | undefined {
  if (upTo === undefined) return undefined;
  try {
    commit(entries, upTo);
    return undefined;
  } catch (error) {
    if (passes(error) || damages(error)) throw error;
    if (error instanceof FoldFailure) return commitBefore(entries, error, commit);
    return findFailure(entries, upTo, error, commit);
  }
}

function commitBefore(entries: readonly LogEntry[], failure: FoldFailure, commit: Commit): FoldFailure {
  const before = entries.slice(0, entries.indexOf(failure.failed));
  return commitGood(before, before.at(-1)?.position, commit) ?? failure;
}

/** A fold that does not say which event it failed at is given halves, until one event is left. */
function findFailure(
  entries: readonly LogEntry[],
  upTo: Position,
  error: unknown,
  commit: Commit,
): FoldFailure | undefined {
  const [first] = entries;
  if (!first) throw error;
  if (entries.length === 1) return new FoldFailure(first, error);
  const half = entries.length >> 1;
  const left = entries.slice(0, half);
  return commitGood(left, left.at(-1)?.position, commit) ?? commitGood(entries.slice(half), upTo, commit);
}
