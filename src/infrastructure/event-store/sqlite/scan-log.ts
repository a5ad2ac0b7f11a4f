/** The log as it lies in the file, event by event, whatever is wrong with it. */
import type { ScannedLog } from '../../../application/audit/verify-log.js';
import { scannedEvent } from '../format/scanned.js';
import type { LogFile } from './log-file.js';

export { noHash } from '../format/hash.js';

const pageSize = 1_000;

/** Reads page by page, so that a log of any length is never held whole. */
export function scannedLog({ logId, statements }: Pick<LogFile, 'logId' | 'statements'>): ScannedLog {
  return {
    logId,
    dense: true,
    *events() {
      // Positions begin with 1; one that was forged below it must not be passed over.
      let after = Number.MIN_SAFE_INTEGER;
      for (let page = statements.after(after, pageSize); page.length > 0; page = statements.after(after, pageSize)) {
        for (const stored of page) yield scannedEvent(logId, stored.position, stored);
        after = page.at(-1)?.position ?? after;
      }
    },
  };
}
