/**
 * What a failure of SQLite's means, for every file that is one of its: it passes by itself, the file is damaged, or what was
 * asked is at fault. Errors of `node:sqlite` may come from another realm, so their members tell and not their class.
 */

/** SQLite's primary result code, `undefined` for a failure that is not SQLite's. Source: SQLite, "Result and Error Codes". */
function sqliteCode(failure: unknown): number | undefined {
  const code = typeof failure === 'object' && failure && 'errcode' in failure ? failure.errcode : undefined;
  return typeof code === 'number' ? code & 0xff : undefined;
}

const codes = {
  busy: 5,
  locked: 6,
  noMemory: 7,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  protocol: 15,
  constraint: 19,
  notADatabase: 26,
} as const;

const oneOf = (...names: readonly (keyof typeof codes)[]): ((failure: unknown) => boolean) => {
  const meant = new Set<number | undefined>(names.map((name) => codes[name]));
  return (failure) => meant.has(sqliteCode(failure));
};

/** Whether another connection's lock is in the way. */
export const isLocked = oneOf('busy', 'locked');

/** Whether the disk or a lock is in the way, so that the same may go well later. */
export const passes = oneOf('busy', 'locked', 'noMemory', 'readOnly', 'ioError', 'full', 'cannotOpen', 'protocol');

/** Whether the file is damaged, so that only making it anew, or a copy of it, helps. */
export const damages = oneOf('corrupt', 'notADatabase');

/** Whether the disk, a lock or the file itself is in the way, and not what was asked. */
export const isOfTheFile = (failure: unknown): boolean => passes(failure) || damages(failure);

const breaksConstraint = oneOf('constraint');

/** Any failure of SQLite but a broken constraint (a full disk, an I/O error) may have undone the whole transaction. */
export const endsTransaction = (failure: unknown): boolean =>
  sqliteCode(failure) !== undefined && !breaksConstraint(failure);
