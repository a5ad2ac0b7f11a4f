/** Pages of the log in a file as lines of JSON, those events that fit a filter. */
import type { ExportFilter } from '../../../application/ports/event-export.js';
import { linesThatFit } from '../format/export-lines.js';
import { openLogFileToRead } from './log-file.js';
import { positionOf } from './positions.js';

const pageSize = 1_000;

/** Each step reads one page; a page in which nothing fits is an empty text, so that whoever waits sees that it goes on. */
export function* exportPages(file: string, filter: ExportFilter): Generator<string, void> {
  const { db, statements, logId } = openLogFileToRead(file);
  try {
    const line = linesThatFit(filter, (stream) => statements.ofStream(stream, 0, 1)[0]);
    let { after } = filter;
    for (let page = statements.after(after, pageSize); page.length > 0; page = statements.after(after, pageSize)) {
      after = page.at(-1)?.position ?? after;
      yield page.flatMap((stored) => line(positionOf(logId, stored.position), stored) ?? []).join('');
    }
  } finally {
    db.close();
  }
}
