/** Files and folders that only their owner may read, made once even when two processes start together. */
import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** As a program's umask: whatever it makes is for its owner alone, also what SQLite makes by itself. */
export const ownerOnly = 0o077;

/** Makes the folder and those above it where they are missing; an existing one keeps its rights. */
export function ownFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/**
 * The content of the file, which is made with `content()` and mode 0600 when there is none. The name appears only once
 * the content is on disk, so that a crash leaves a whole file or none, and the loser of a race reads the winner's.
 */
export function ownFile(file: string, content: () => string): string {
  return readIfThere(file) ?? create(file, content());
}

function create(file: string, content: string): string {
  const draft = join(dirname(file), `.${randomUUID()}.new`);
  writeOwn(draft, content);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, 'utf8');
}

/** Writes a new file (mode 0600) to disk; throws when there is one of that name. */
export function writeOwn(file: string, content: string): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
