/** Events are read as text; what text alone cannot tell is told by the bytes. */
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { drafts, named } from '../../../support/events.js';
import { restOf } from '../../../support/following.js';
import { temporaryFile } from '../../../support/temporary-file.js';

let log: { file: string; remove(): Promise<void> };
let store: SqliteEventStore;

beforeEach(async () => {
  log = await temporaryFile();
  store = openSqliteEventStore({ file: log.file });
});

afterEach(async () => {
  await store.close();
  await log.remove();
});

/** Exchanges the bytes of the first event, as a failing disk might. */
function exchange(column: 'data' | 'metadata', hex: string): void {
  const raw = new DatabaseSync(log.file);
  raw.exec(`DROP TRIGGER events_never_change; UPDATE events SET ${column} = x'${hex}' WHERE position = 1`);
  raw.close();
}

test.each(['�', 'a�b', '\0', '\ufeff', '日本', '😀'])('the name %j comes back as it was stored', async (name) => {
  const draft = drafts(name);
  const appended = await store.append('provider-1', -1, draft);
  expect(await store.append('provider-1', -1, draft)).toEqual(appended);
  expect(await store.read('provider-1')).toMatchObject([{ event: named(name) }]);
  expect(await restOf(store)).toMatchObject([{ event: named(name) }]);
});

test.each([
  ['a byte that no character has', '7b226e616d65223a22ff227d'],
  ['half a character', '7b226e616d65223a22e697227d'],
  ['a surrogate', '7b226e616d65223a22eda080227d'],
  ['a zero byte and more after the object', '7b226e616d65223a2261227d0041'],
  ['a byte order mark', 'efbbbf7b226e616d65223a2261227d'],
])('%s in stored data is poison', async (_, hex) => {
  await store.append('provider-1', -1, drafts('a', 'b'));
  exchange('data', hex);
  const poison = 'ProviderRenamed: the stored bytes are not JSON in UTF-8';
  await expect(store.read('provider-1')).rejects.toMatchObject({ revision: 0, cause: poison });
  expect(await restOf(store)).toMatchObject([{ revision: 0, poison }, { event: named('b') }]);
});

test('so is a byte that no character has in stored metadata', async () => {
  await store.append('provider-1', -1, drafts('a'));
  exchange('metadata', '7bff7d');
  expect(await restOf(store)).toMatchObject([{ poison: 'metadata: the stored bytes are not JSON in UTF-8' }]);
});
