/** Logs with one requested provider for each stream, their read models and their audit's tree: large ones are made once and kept. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { idOf } from '../src/application/streams/causes.js';
import { openSqliteEventStore } from '../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { fill, requested } from './events.js';
import { keptFolder } from './folders.js';
import { fillTree } from './kept-tree.js';
import { openParts } from './parts.js';

/** Raised whenever what is written here changes, so that an older folder is not taken for it. */
const version = 2;

const requestsPerOrganization = 1_000;
const firstAt = Date.parse('2026-01-01T00:00:00.000Z');
const apartMs = 20;

/** The id of the n-th provider: spread as those of real requests are. */
export const providerIdOf = (index: number): string => idOf('bench', String(index));

/** The organization of the n-th of so many providers: each has about a thousand, and those of one lie far apart. */
export const organizationOf = (index: number, count: number): string =>
  `organization-${index % Math.ceil(count / requestsPerOrganization)}`;

async function writeRequests(folder: string, count: number): Promise<void> {
  const store = openSqliteEventStore({ file: join(folder, 'events.db') });
  await fill(store, count, (index) => ({
    stream: `provider-${providerIdOf(index)}`,
    event: requested(organizationOf(index, count), `Account ${index}`),
    at: firstAt + index * apartMs,
  }));
  await store.close();
}

/** The folder of a log of so many requests, made if it is not there; its read models and its tree are current afterwards. */
export async function keptRequests(count: number): Promise<string> {
  const folder = join(keptFolder, `requests-${count}-${version}`);
  if (!existsSync(folder)) {
    const draft = `${folder}.new`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true });
    await writeRequests(draft, count);
    renameSync(draft, folder);
  }
  const parts = await openParts(folder);
  await fillTree(folder, parts.store);
  await parts.close();
  return folder;
}
