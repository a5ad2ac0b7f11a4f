/** Which logs this installation knows and how far they reached, kept in a folder where the log is not. */
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { KnownLog } from '../domain/log.js';
import { ownFolder, writeOwn } from './own-file.js';

interface Entry extends KnownLog {
  /** The data folder that held it. */
  readonly data: string;
}

const fileIn = (folder: string): string => join(folder, 'known-logs.json');

/**
 * The logs known for a data folder, and those of this id wherever they lay; none without the file. Throws when the file holds
 * something else, because what it held is not known then.
 */
export function knownLogs(folder: string, data: string, logId: string | undefined): readonly KnownLog[] {
  return entriesIn(folder).filter((entry) => entry.data === data || entry.logId === logId);
}

/** Keeps this log as the one of the data folder; replaced by renaming, so that a crash leaves the old file or the new one. */
export function rememberLog(folder: string, data: string, { logId, events, hash }: KnownLog): void {
  const others = entriesIn(folder).filter((entry) => entry.data !== data && entry.logId !== logId);
  replace(folder, [...others, { data, logId, events, ...(hash !== undefined && { hash }) }]);
}

/** Forgets the log of a data folder that is given up. */
export function forgetLog(folder: string, data: string): void {
  const entries = entriesIn(folder);
  const others = entries.filter((entry) => entry.data !== data);
  if (others.length < entries.length) replace(folder, others);
}

function replace(folder: string, entries: readonly Entry[]): void {
  ownFolder(folder);
  const draft = join(folder, `.${randomUUID()}.new`);
  writeOwn(draft, `${JSON.stringify(entries, null, 2)}\n`);
  renameSync(draft, fileIn(folder));
}

function entriesIn(folder: string): readonly Entry[] {
  const text = contentOf(fileIn(folder));
  if (text === undefined) return [];
  try {
    const entries: unknown = JSON.parse(text);
    if (Array.isArray(entries) && entries.every(isEntry)) return entries;
  } catch {
    // What it says below holds for text that is no JSON as well.
  }
  throw new Error(
    `${fileIn(folder)} does not say which logs are known. Put it back from a copy, or, if events.db is the right one for certain, remove it.`,
  );
}

const isEntry = (entry: unknown): entry is Entry =>
  typeof entry === 'object' &&
  entry !== null &&
  'data' in entry &&
  typeof entry.data === 'string' &&
  'logId' in entry &&
  typeof entry.logId === 'string' &&
  'events' in entry &&
  Number.isSafeInteger(entry.events) &&
  // Releases before this one kept no hash.
  (!('hash' in entry) || typeof entry.hash === 'string');

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
