/** Folders of a test's own, gone when its file is done. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

const made: string[] = [];

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A new empty folder under the system's temporary one. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'partner-cloud-'));
  made.push(folder);
  return folder;
}

/**
 * The bytes of every file in a folder and below it, one after the other. Another process reads them: if this one opened and
 * closed a file that SQLite has locked here, POSIX would drop the lock.
 */
export function everyByteIn(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name));
  return execFileSync('cat', paths, { maxBuffer: 2 ** 30 });
}
