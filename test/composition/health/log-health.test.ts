/** What readiness tells of the log, on a real log. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { logHealth } from '../../../src/composition/health/log-health.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { draft, named } from '../../support/events.js';
import { FakeClock } from '../../support/fake-clock.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const now = Date.parse('2026-11-24T08:00:00.000Z');
let file: string;
let store: SqliteEventStore;
let told: unknown[];
const log = {
  info: () => undefined,
  warn: (_: unknown, words: string) => void told.push(words),
  error: () => undefined,
};

beforeEach(() => {
  told = [];
  file = join(temporaryFolder(), 'events.db');
  store = openSqliteEventStore({ file });
});
afterEach(() => store.close());

const clockOf = () => logHealth(store, new FakeClock(now), log).find(({ name }) => name === 'clock');

test('a log up to a minute ahead of the clock is nothing to tell', async () => {
  await store.append('provider-1', -1, [draft(named('a'), { at: now + 60_000 })]);
  expect(clockOf()?.degraded()).toBeUndefined();
  expect(told).toEqual([]);
});

test('one that is further ahead is told of, once in the log, also after a restart', async () => {
  const part = clockOf();
  expect(part?.degraded()).toBeUndefined();
  await store.append('provider-1', -1, [draft(named('a'), { at: now + 20 * 86_400_000 })]);
  const words = "The last facts of the log were recorded 1728000 s ahead of this machine's clock.";
  expect([part?.degraded(), part?.degraded()]).toEqual([words, words]);
  expect(told).toEqual([words]);
  await store.close();
  store = openSqliteEventStore({ file });
  expect(clockOf()?.degraded()).toBe(words);
});
