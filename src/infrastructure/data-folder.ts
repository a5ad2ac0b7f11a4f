/** One process owns the data folder: a lock that the operating system takes back however the process ends. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ownFolder } from './own-file.js';
import { isLocked } from './sqlite-failures.js';

/** Another process works with this folder; two of them would write the same log. */
export class DataFolderInUse extends Error {
  constructor(folder: string) {
    super(
      `The data folder ${folder} is in use by another partner-cloud process. Stop that one, or give this one a folder of ` +
        'its own with PARTNER_CLOUD_DATA.',
    );
    this.name = 'DataFolderInUse';
  }
}

/** There can be no data folder at this place. */
export class UnusableDataFolder extends Error {}

export interface ClaimedFolder {
  release(): void;
}

/**
 * Makes the folder (mode 0700) if need be and takes it for this process; throws {@link DataFolderInUse} when it is taken.
 * The lock is SQLite's on an empty file. Nobody else in this process may open and close that file: POSIX would then
 * drop the lock.
 */
export function claimDataFolder(folder: string): ClaimedFolder {
  makeFolder(folder);
  const db = openLock(folder);
  try {
    db.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw isLocked(error) ? new DataFolderInUse(folder) : unusable(folder, error);
  }
  return {
    release() {
      if (db.isOpen) db.close();
    },
  };
}

function makeFolder(folder: string): void {
  try {
    ownFolder(folder);
  } catch (error) {
    throw unusable(folder, error);
  }
}

function openLock(folder: string): DatabaseSync {
  try {
    return new DatabaseSync(join(folder, 'lock.db'));
  } catch (error) {
    throw unusable(folder, error);
  }
}

function unusable(folder: string, cause: unknown): UnusableDataFolder {
  const { code, message } = cause as NodeJS.ErrnoException;
  const why = code === 'ERR_SQLITE_ERROR' ? message : code;
  const advice = 'Give a folder that can be made and written with PARTNER_CLOUD_DATA.';
  return new UnusableDataFolder(`The data folder ${folder} cannot be used (${why}). ${advice}`, { cause });
}
