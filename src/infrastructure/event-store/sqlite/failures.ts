/** What a failure says, whichever realm its Error class comes from: `node:sqlite` throws those of the main one. */

/** SQLite's primary result code, `undefined` for a failure that is not SQLite's. Source: SQLite, "Result and Error Codes". */
function sqliteCode(failure: unknown): number | undefined {
  const code = typeof failure === 'object' && failure && 'errcode' in failure ? failure.errcode : undefined;
  return typeof code === 'number' ? code & 0xff : undefined;
}

const SQLITE_CONSTRAINT = 19;

/** Any failure of SQLite but a broken constraint (a full disk, an I/O error) may have undone the whole transaction. */
export function endsTransaction(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== undefined && code !== SQLITE_CONSTRAINT;
}

/** Whether another connection's lock was in the way. Source: SQLite, "Result and Error Codes": BUSY and LOCKED. */
export const isLocked = (error: unknown): boolean => [5, 6].includes(sqliteCode(error) ?? 0);

/** Source: SQLite, "Result and Error Codes": BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB. */
const ofTheFile: ReadonlySet<number | undefined> = new Set([5, 6, 7, 8, 10, 11, 13, 14, 15, 26]);

/** Whether the disk, a lock or the file itself is in the way, and not what was asked. */
export const isOfTheFile = (error: unknown): boolean => ofTheFile.has(sqliteCode(error));
