/** The log read beside the process that owns it: all of it is there, and nothing is changed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@jest/globals';
import { openLogReader } from '../../../../src/infrastructure/event-store/sqlite/log-reader.js';
import { openSqliteEventStore } from '../../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { drafts } from '../../../support/events.js';
import { eventsOf, pagesUntil } from '../../../support/following.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const fileIn = (name: string) => join(temporaryFolder(), name);

test('it holds what the store holds, also what is appended later', async () => {
  const file = fileIn('events.db');
  const store = openSqliteEventStore({ file });
  await store.append('provider-1', -1, drafts('a', 'b'));
  const reader = openLogReader(file);
  const whole = async () => eventsOf(await pagesUntil(reader, undefined, ({ caughtUp }) => caughtUp));
  expect(await whole()).toEqual(await store.read('provider-1'));
  const [last] = await store.append('provider-1', 1, drafts('c'));
  expect(await whole()).toEqual(await store.read('provider-1'));
  expect([reader.owns(last?.position ?? ''), reader.owns('another:1')]).toEqual([true, false]);
  reader.close();
  await store.close();
});

test('what is not as it should be is left as it is', async () => {
  const file = fileIn('events.db');
  const store = openSqliteEventStore({ file });
  await store.append('provider-1', -1, drafts('a'));
  await store.close();
  const triggers = () => {
    using db = new DatabaseSync(file);
    return db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name").all();
  };
  {
    using db = new DatabaseSync(file);
    const [{ name } = { name: '' }] = triggers() as { name: string }[];
    db.exec(`DROP TRIGGER ${name}`);
  }
  const before = triggers();
  const reader = openLogReader(file);
  expect(await reader.read('provider-1')).toHaveLength(1);
  reader.close();
  expect(triggers()).toEqual(before);
});

test('no log is made where there is none', () => {
  expect(() => openLogReader(fileIn('nothing.db'))).toThrow(/unable to open/);
  const empty = fileIn('empty.db');
  writeFileSync(empty, '');
  expect(() => openLogReader(empty)).toThrow(/there is no event log in it/);
});
