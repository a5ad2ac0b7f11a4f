/** What a failure of the read models' file means: it passes by itself, the file is damaged, or a fold is at fault. */

/** Source: SQLite, "Result and Error Codes": BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL. */
const passing: ReadonlySet<number> = new Set([5, 6, 7, 8, 10, 13, 14, 15]);
/** Source: SQLite, "Result and Error Codes": CORRUPT, NOTADB. */
const damaging: ReadonlySet<number> = new Set([11, 26]);

/** SQLite's primary result code; an error of `node:sqlite` may come from another realm, so its members tell and not its class. */
function codeOf(failure: unknown): number | undefined {
  const code = typeof failure === 'object' && failure && 'errcode' in failure ? failure.errcode : undefined;
  return typeof code === 'number' ? code & 0xff : undefined;
}

const isOneOf = (codes: ReadonlySet<number>, failure: unknown): boolean => codes.has(codeOf(failure) ?? -1);

/** Whether the disk or a lock is in the way, so that the same may go well later. */
export const passes = (failure: unknown): boolean => isOneOf(passing, failure);

/** Whether the file is damaged, so that only making it anew helps. */
export const damages = (failure: unknown): boolean => isOneOf(damaging, failure);
