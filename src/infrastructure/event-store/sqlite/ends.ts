/** Where the log and its streams end, remembered from one append to the next, so that the file is asked less. */
import { LRUCache } from 'lru-cache';
import { noHash } from '../format/hash.js';
import { recordedAt } from '../format/metadata.js';
import type { Statements } from './statements.js';

/** The last event of a stream. */
export interface End {
  /** The stream's number in the file. */
  readonly id: number;
  readonly revision: number;
  readonly hash: string;
  /** Milliseconds since the epoch. */
  readonly recordedAt: number;
}

export interface Ends {
  /** Looks whether others have appended; to be called first in every transaction. */
  check(): void;
  /** The position of the log's last event, 0 when there is none. */
  position(): number;
  /** `undefined` for a stream that does not exist. */
  ofStream(stream: string): End | undefined;
  /** The latest time at which an event was recorded, as far as the last one at the opening and all that followed tell; in milliseconds. */
  latestTime(): number | undefined;
  /** The open transaction has appended to a stream, which moved both ends. */
  moved(stream: string, end: End, position: number): void;
  /** Whenever something written is undone, what is remembered may be wrong. */
  forget(): void;
}

/** As many streams as are likely to be appended to again soon. */
const remembered = 10_000;

/**
 * What one connection knows. It stays true while nobody else appends, and who did has moved the end of the log, for
 * positions have no gaps; then all is forgotten. The guards of the tables hold every append to the file itself in any case.
 */
export function openEnds(statements: Statements): Ends {
  let last: number | undefined;
  let latest = lastTime(statements);
  const streams = new LRUCache<string, End>({ max: remembered });
  const forget = (): void => {
    last = undefined;
    streams.clear();
  };
  return {
    check() {
      const position = statements.head();
      if (last === position) return;
      forget();
      last = position;
    },
    position() {
      last ??= statements.head();
      return last;
    },
    ofStream: (stream) => streams.get(stream) ?? storedEnd(statements, stream),
    latestTime: () => latest,
    moved(stream, end, position) {
      latest = Math.max(latest ?? 0, end.recordedAt);
      streams.set(stream, end);
      last = position;
    },
    forget,
  };
}

function lastTime(statements: Statements): number | undefined {
  const [end] = statements.after(statements.head() - 1, 1);
  return end && recordedAt(end.metadata);
}

function storedEnd(statements: Statements, stream: string): End | undefined {
  const end = statements.streamEnd(stream);
  return end && { ...end, hash: end.hash ?? noHash, recordedAt: end.metadata ? recordedAt(end.metadata) : 0 };
}
