/** A file of SQLite spoilt from outside, as by a failing disk. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Another process writes over a part of the file: this one would lose its locks if it opened and closed it. */
export function damage(file: string, fromByte: number, bytes: number): void {
  const where = [`of=${file}`, 'bs=1', `seek=${fromByte}`, `count=${bytes}`, 'conv=notrunc'];
  execFileSync('dd', ['if=/dev/urandom', ...where], { stdio: 'ignore' });
}

const pageBytes = 4_096;
/** For the others to let go of what they read, before the write-ahead log can be moved into the file as a whole. */
const longestWaitMs = 60_000;

/** Spoils all but the first two pages of a file that another process has open, and makes that process read them again. */
export function damageInUse(file: string): void {
  const db = new DatabaseSync(file, { timeout: longestWaitMs });
  const moved = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
  const { size } = statSync(file);
  if (moved.busy !== 0 || size <= 2 * pageBytes)
    throw new Error(`${file} cannot be damaged: ${size} bytes of it are not in its write-ahead log.`);
  damage(file, 2 * pageBytes, size - 2 * pageBytes);
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  // What one connection writes ends what the others keep of the file in memory.
  db.exec(`PRAGMA user_version = ${version}`);
  db.close();
}
