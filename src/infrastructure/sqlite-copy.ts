/** Copies of SQLite files that are in use: one snapshot of each, written to disk and checked before it counts. */
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ownFolder } from './own-file.js';

/** The place for the copies cannot take them; the message says why and what would be right. */
export class UnfitCopyFolder extends Error {}

/**
 * Copies the files into `folder`, in their order, and then calls `finished` with the unfinished folder. The folder appears
 * under its name only when everything is whole and on disk; whatever happens before leaves nothing. Writers go on meanwhile.
 * Throws {@link UnfitCopyFolder} for a place that is taken, and SQLite's or the system's own error when a copy cannot be made.
 */
export function copyFiles<T>(files: readonly string[], folder: string, finished: (draft: string) => T): T {
  const target = resolve(folder);
  requireFree(target);
  ownFolder(dirname(target));
  const draft = join(dirname(target), `.${basename(target)}.${randomUUID()}.new`);
  mkdirSync(draft, { mode: 0o700 });
  try {
    for (const file of files) copyFile(file, join(draft, basename(file)));
    const answer = finished(draft);
    for (const name of readdirSync(draft)) toDisk(join(draft, name));
    toDisk(draft);
    renameSync(draft, target);
    toDisk(dirname(target));
    return answer;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

function requireFree(target: string): void {
  if (!existsSync(target)) return;
  throw new UnfitCopyFolder(
    `${target} is there already, and a backup replaces nothing. Name a folder that is not there yet, such as one with today's date.`,
  );
}

/**
 * VACUUM INTO reads one snapshot in one step, so that writers cannot make it begin again, as they do with a copy page by page.
 * Source: SQLite, "VACUUM", VACUUM with an INTO clause.
 */
function copyFile(from: string, to: string): void {
  closeSync(openSync(to, 'wx', 0o600));
  using source = new DatabaseSync(from, { readOnly: true, timeout: 10_000 });
  source.prepare('VACUUM INTO ?').run(to);
  using copy = new DatabaseSync(to, { readOnly: true });
  const found = copy.prepare('PRAGMA integrity_check').all() as unknown as { readonly integrity_check: string }[];
  if (found.length !== 1 || found[0]?.integrity_check !== 'ok')
    throw new Error(`The copy of ${from} is damaged: ${found.map((row) => row.integrity_check).join('; ')}`);
}

function toDisk(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
