/** What the file refuses to whoever opens it with SQLite, without any of our code in between. */
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { drafts, named } from '../../../support/events.js';
import { restOf } from '../../../support/following.js';
import { temporaryFile } from '../../../support/temporary-file.js';
import { hashOf } from '../contract/chain.js';

const columns = 'stream, revision, event_id, type, data, metadata, previous_hash, hash';
const copy = (position: string, { stream = 'stream', revision = 'revision', id = 'randomblob(16)' } = {}): string =>
  `SELECT ${position}, ${stream}, ${revision}, ${id}, type, x'7b7d', metadata, previous_hash, hash FROM events WHERE position = 2`;

const forgeries: readonly (readonly [string, string])[] = [
  ['UPDATE', "UPDATE events SET data = x'7b7d' WHERE position = 2"],
  ['UPDATE OR REPLACE', 'UPDATE OR REPLACE events SET position = 1 WHERE position = 2'],
  ['UPDATE OR IGNORE', "UPDATE OR IGNORE events SET type = 'Other'"],
  ['DELETE', 'DELETE FROM events WHERE position = 3'],
  ['DELETE of all', 'DELETE FROM events'],
  ['INSERT OR REPLACE at a position', `INSERT OR REPLACE INTO events ${copy('2')}`],
  ['REPLACE of a revision', `REPLACE INTO events ${copy('4')}`],
  ['REPLACE of an event id', `REPLACE INTO events ${copy('4', { revision: '2', id: 'event_id' })}`],
  [
    'INSERT ... ON CONFLICT DO UPDATE',
    `INSERT INTO events ${copy('2')} AND true ON CONFLICT DO UPDATE SET data = x'7b7d'`,
  ],
  ['INSERT OR IGNORE', `INSERT OR IGNORE INTO events ${copy('2')}`],
  ['INSERT that leaves a gap in the log', `INSERT INTO events ${copy('5', { revision: '2' })}`],
  ['INSERT before the first', `INSERT INTO events ${copy('0', { revision: '2' })}`],
  ['INSERT that leaves a gap in its stream', `INSERT INTO events ${copy('4', { revision: '3' })}`],
  [
    'INSERT without a position at a taken revision',
    `INSERT INTO events (${columns}) ${copy('stream').replace('stream, ', '')}`,
  ],
  ['renaming a stream', "UPDATE streams SET name = 'provider-9'"],
  ['deleting a stream', 'DELETE FROM streams'],
  ['REPLACE of a stream', "REPLACE INTO streams VALUES (1, 'provider-9')"],
  ['REPLACE of a name', "REPLACE INTO streams VALUES (3, 'provider-1')"],
  ['changing the id of the log', "UPDATE log SET id = 'other'"],
  ['deleting the id of the log', 'DELETE FROM log'],
  ['REPLACE of the id of the log', "REPLACE INTO log VALUES (1, 'other')"],
];

export function tampering(): void {
  describe('a raw connection to the log', () => {
    let log: { file: string; remove(): Promise<void> };
    let store: SqliteEventStore;
    let raw: DatabaseSync;

    beforeEach(async () => {
      log = await temporaryFile();
      store = openSqliteEventStore({ file: log.file });
      await store.append('provider-1', -1, drafts('a', 'b'));
      await store.append('provider-2', -1, drafts('c'));
      raw = new DatabaseSync(log.file, { enableForeignKeyConstraints: false });
    });

    afterEach(async () => {
      raw.close();
      await store.close();
      await log.remove();
    });

    test.each(forgeries)('is refused %s', async (_, sql) => {
      const before = await restOf(store);
      expect(() => raw.exec(sql)).toThrow(/is never changed|is never deleted|only ever added/);
      expect(await restOf(store)).toEqual(before);
    });

    test('may read', () => {
      expect(raw.prepare('SELECT count(*) AS events FROM events').get()).toEqual({ events: 3 });
    });

    test('that has undone the guards leaves a hash that does not fit', async () => {
      const [before] = await store.read('provider-1');
      raw.exec('DROP TRIGGER events_never_change');
      raw.exec(`UPDATE events SET data = CAST('{"name":"x"}' AS BLOB) WHERE position = 1`);
      const [after] = await store.read('provider-1');
      expect(after?.event).toEqual(named('x'));
      expect(before && hashOf(before)).toBe(before?.metadata.hash);
      expect(after && hashOf(after)).not.toBe(after?.metadata.hash);
    });
  });
}
