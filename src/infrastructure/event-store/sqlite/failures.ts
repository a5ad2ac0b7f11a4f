/** What a failure of the log's file means. */
import { sqliteCode } from '../../sqlite-code.js';

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
