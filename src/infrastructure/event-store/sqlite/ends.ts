/** Where the log and its streams end, remembered from one append to the next, so that the file is asked less. */
import { LRUCache } from 'lru-cache';
import { decodeMetadata } from '../format/metadata.js';
import type { Statements, StreamEnd } from './statements.js';

/** The last event of the log: its position (0: none) and when it was recorded, in milliseconds since the epoch. */
export interface LogEnd {
  readonly position: number;
  readonly recordedAt: number;
}

export interface Ends {
  /** Looks whether others have appended; to be called first in every transaction. */
  check(): void;
  ofLog(): LogEnd;
  /** `undefined` for a stream that does not exist. */
  ofStream(stream: string): StreamEnd | undefined;
  /** The open transaction has appended to a stream, which moved both ends. */
  moved(stream: string, ofStream: StreamEnd, ofLog: LogEnd): void;
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
  let log: LogEnd | undefined;
  const streams = new LRUCache<string, StreamEnd>({ max: remembered });
  const ofLog = (position: number): LogEnd => ({ position, recordedAt: recordedAt(statements, position) });
  const forget = (): void => {
    log = undefined;
    streams.clear();
  };
  return {
    check() {
      const position = statements.head();
      if (log?.position === position) return;
      forget();
      log = ofLog(position);
    },
    ofLog() {
      log ??= ofLog(statements.head());
      return log;
    },
    ofStream: (stream) => streams.get(stream) ?? statements.streamEnd(stream),
    moved(stream, streamEnd, logEnd) {
      streams.set(stream, streamEnd);
      log = logEnd;
    },
    forget,
  };
}

/** A last event with unreadable metadata has no say in the time of the next. */
function recordedAt(statements: Statements, position: number): number {
  const metadata = statements.metadataAt(position);
  try {
    return metadata ? Date.parse(decodeMetadata(metadata).recordedAt) : 0;
  } catch {
    return 0;
  }
}
