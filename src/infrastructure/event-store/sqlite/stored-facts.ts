/** The facts of a log's file as they are stored, in the order of the log, page by page. */
import { openLogFileToRead } from './log-file.js';
import type { StoredEvent } from './statements.js';

const pageSize = 1_000;

export interface StoredFacts extends Disposable {
  readonly logId: string;
  /** How many there are; their positions count them from 1. */
  readonly count: number;
  after(position: number): Iterable<StoredEvent>;
  /** The position of the fact at this place; `undefined` where there is none. */
  positionOf(stream: string, revision: number): number | undefined;
}

/** Opens the file to read it. Throws when it is not there or is no log. */
export function openStoredFacts(file: string): StoredFacts {
  const { db, logId, statements } = openLogFileToRead(file);
  return {
    logId,
    count: statements.head(),
    *after(position) {
      let from = position;
      for (let page = statements.after(from, pageSize); page.length > 0; page = statements.after(from, pageSize)) {
        yield* page;
        from = page.at(-1)?.position ?? from;
      }
    },
    positionOf: (stream, revision) => statements.ofStream(stream, revision, 1)[0]?.position,
    [Symbol.dispose]: () => db.close(),
  };
}
