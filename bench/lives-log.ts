/** A log of whole lives, from request to credentials, as they happen side by side; made once and kept. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DomainEvent } from '../src/domain/events.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { active } from '../test/support/story.js';
import { draft } from './events.js';
import { keptFolder } from './folders.js';
import { providerIdOf } from './requested-log.js';

/** Raised whenever what is written here changes, so that an older folder is not taken for it. */
const version = 1;

/** So many lives take each step together: far more than two payers make at once, so that batches are no easy ones. */
const sideBySide = 200;
const firstAt = Date.parse('2026-01-01T00:00:00.000Z');

/** The file of a log of at least so many events, made if it is not there. */
export async function keptLives(events: number): Promise<string> {
  const folder = join(keptFolder, `lives-${events}-${version}`);
  if (!existsSync(folder)) {
    const made = `${folder}.new`;
    rmSync(made, { recursive: true, force: true });
    mkdirSync(made, { recursive: true });
    await writeLives(join(made, 'events.db'), events);
    renameSync(made, folder);
  }
  return join(folder, 'events.db');
}

async function writeLives(file: string, events: number): Promise<void> {
  const store = openSqliteEventStore({ file });
  for (let first = 0; first * active.length < events; first += sideBySide)
    for (const [revision, event] of active.entries()) await writeStep(store, first, revision, event);
  await store.close();
}

async function writeStep(store: SqliteEventStore, first: number, revision: number, event: DomainEvent): Promise<void> {
  const streams = Array.from({ length: sideBySide }, (_, i) => `provider-${providerIdOf(first + i)}`);
  const at = firstAt + first * 1_000 + revision * 10_000;
  await Promise.all(streams.map((stream) => store.append(stream, revision - 1, [draft(event, stream, at)])));
}
