/** The log as it lies in the file, event by event, whatever is wrong with it; nothing is refused, since verifying is the reader's affair. */
import type { ScannedLog } from '../../../application/audit/verify-log.js';
import type { ScannedEvent } from '../../../application/audit/verify-pass.js';
import { domainCodec } from '../format/codec.js';
import { hashOf } from '../format/hash.js';
import { recordedOrPoison, trusted } from '../format/recorded.js';
import type { LogFile } from './log-file.js';
import { placed } from './positions.js';
import type { StoredEvent } from './statements.js';

export { noHash } from '../format/hash.js';

const pageSize = 1_000;

/** Reads page by page, so that a log of any length is never held whole. */
export function scannedLog({ logId, statements }: Pick<LogFile, 'logId' | 'statements'>): ScannedLog {
  const place = placed(logId);
  const scanned = (stored: StoredEvent): ScannedEvent => ({
    place: stored.position,
    stream: stored.stream,
    revision: stored.revision,
    previousHash: stored.previousHash,
    hash: stored.hash,
    hashNow: hashNow(stored),
    entry: recordedOrPoison(domainCodec, place(stored), trusted),
  });
  return {
    logId,
    *events() {
      // Positions begin with 1; one that was forged below it must not be passed over.
      let after = Number.MIN_SAFE_INTEGER;
      for (let page = statements.after(after, pageSize); page.length > 0; page = statements.after(after, pageSize)) {
        for (const stored of page) yield scanned(stored);
        after = page.at(-1)?.position ?? after;
      }
    },
  };
}

/** `undefined` for bytes that are not UTF-8, which were never hashed. */
function hashNow(stored: StoredEvent): string | undefined {
  try {
    return hashOf(stored);
  } catch {
    return undefined;
  }
}
