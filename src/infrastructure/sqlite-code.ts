/** What a failure of `node:sqlite` says, whichever realm its Error class comes from: it throws those of the main one. */

/** SQLite's primary result code, `undefined` for a failure that is not SQLite's. Source: SQLite, "Result and Error Codes". */
export function sqliteCode(failure: unknown): number | undefined {
  const code = typeof failure === 'object' && failure && 'errcode' in failure ? failure.errcode : undefined;
  return typeof code === 'number' ? code & 0xff : undefined;
}
