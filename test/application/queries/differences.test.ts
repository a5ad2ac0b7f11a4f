/** The history of a long life is read page by page, and each page reads only what is new to it. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { rowAsOf } from '../../../src/application/history/as-of.js';
import { differencesOf, openLives } from '../../../src/application/queries/differences.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { draft } from '../../support/events.js';
import { active } from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const renames = 600;
const pageLength = 50;

let store: SqliteEventStore;
let read: number;
let counting: Pick<SqliteEventStore, 'read' | 'compare' | 'owns'>;

beforeEach(async () => {
  store = openSqliteEventStore({ file: join(temporaryFolder(), 'events.db') });
  const named = Array.from({ length: renames }, (_, n) => ({ type: 'ProviderRenamed', name: `Name ${n}` }) as const);
  // One in ten was commanded; the saga did the others, which came from it.
  const lived = [...active, ...named].map((event, n) => draft(event, n % 10 === 0 ? {} : { role: 'saga' }));
  await store.append('provider-1', -1, lived);
  read = 0;
  counting = {
    ...store,
    async read(...asked) {
      const events = await store.read(...asked);
      read += events.length;
      return events;
    },
  };
});
afterEach(() => store.close());

const pages = async () => {
  const all = await store.read('provider-1');
  const rows = all.map(({ position, stream, revision }) => ({ position, stream, revision }));
  return Array.from({ length: Math.ceil(rows.length / pageLength) }, (_, n) =>
    rows.slice(n * pageLength, (n + 1) * pageLength),
  );
};

test('reading it from end to end reads each fact once, and tells what reading each page by itself tells', async () => {
  const lives = openLives();
  for (const rows of await pages()) {
    const told = await differencesOf(counting, { providerId: '1', rows, lives }, true);
    expect(told).toEqual(await differencesOf(store, { providerId: '1', rows, lives: openLives() }, true));
    expect(told.size).toBe(rows.length);
  }
  expect(read).toBe(active.length + renames);
});

test('a page before the one that was read last is told as well', async () => {
  const lives = openLives();
  const [first = [], second = []] = await pages();
  const before = await differencesOf(store, { providerId: '1', rows: first, lives }, true);
  await differencesOf(store, { providerId: '1', rows: second, lives }, true);
  expect(await differencesOf(store, { providerId: '1', rows: first, lives }, true)).toEqual(before);
});

test('a state of long ago is told without reading all that came after it', async () => {
  const [[, second] = []] = await pages();
  const row = await rowAsOf(counting, '1', { position: second?.position ?? '' });
  expect(row).toMatchObject({ position: second?.position, provider: { stage: 'accepted' } });
  expect(read).toBeLessThan(renames / 2);
  const last = (await store.read('provider-1')).at(-1);
  const now = await rowAsOf(store, '1', { position: last?.position ?? '' });
  expect(now).toMatchObject({ provider: { stage: 'active', name: `Name ${renames - 1}` } });
});
