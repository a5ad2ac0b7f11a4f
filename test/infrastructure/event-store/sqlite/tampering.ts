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

    const undone = ['change', 'delete'].map((what) => `DROP TRIGGER events_never_${what};`).join('');
    const other = 'what is stored is not what was recorded; its hash says so';
    const actor = `UPDATE events SET metadata = CAST(replace(CAST(metadata AS TEXT), 'subject-1', 'subject-2') AS BLOB)`;

    test.each([
      ['data', `UPDATE events SET data = CAST('{"name":"x"}' AS BLOB) WHERE position = 1`, 0, other],
      ['an actor', `${actor} WHERE position = 1`, 0, other],
      [
        'a type',
        `UPDATE events SET type = 'ProviderWithdrawn', data = CAST('{}' AS BLOB) WHERE position = 2`,
        1,
        other,
      ],
      ['a hash', `UPDATE events SET hash = zeroblob(32) WHERE position = 2`, 1, other],
      [
        'an event by deleting it',
        'DELETE FROM events WHERE position = 1',
        1,
        'revision 0, which was recorded before it, is missing',
      ],
    ])(
      'that has undone the guards and changed %s is noticed when the stream is read',
      async (_, sql, revision, cause) => {
        raw.exec(`${undone} ${sql}`);
        await expect(store.read('provider-1')).rejects.toMatchObject({ revision, cause });
        await expect(store.readLast('provider-1', 2)).rejects.toMatchObject({ revision, cause });
        expect(await store.read('provider-2')).toMatchObject([{ event: named('c') }]);
      },
    );

    test('and has forged an event with a hash of its own is noticed at the next one', async () => {
      const [first] = await restOf(store);
      if (!first || 'poison' in first) throw new Error('the first event is wanted');
      const forged = { ...first, event: named('x') };
      raw.exec(undone);
      raw
        .prepare(`UPDATE events SET data = CAST('{"name":"x"}' AS BLOB), hash = unhex(?) WHERE position = 1`)
        .run(hashOf(forged));
      const cause = 'what is stored before it is not what was recorded before it';
      await expect(store.read('provider-1', 1)).rejects.toMatchObject({ revision: 1, cause });
      expect(await restOf(store)).toMatchObject([
        { event: named('x') },
        { revision: 1, poison: cause },
        { revision: 0 },
      ]);
    });

    test('and has deleted an event in the middle is noticed by who follows the log, and when it is opened next', async () => {
      raw.exec(`${undone} DELETE FROM events WHERE position = 2`);
      expect(await restOf(store)).toMatchObject([
        { event: named('a') },
        { stream: 'provider-2', poison: '1 events of the log are missing before it' },
      ]);
      const reopened = openSqliteEventStore({ file: log.file });
      expect(reopened.health().findings).toEqual([
        'Events were deleted: the log holds 2, and its last is number 3.',
        'The trigger events_never_change was missing or changed; it was made again.',
        'The trigger events_never_delete was missing or changed; it was made again.',
      ]);
      await reopened.close();
      expect(() => raw.exec('DELETE FROM events')).toThrow(/is never deleted/);
      const whole = openSqliteEventStore({ file: log.file });
      expect(whole.health().findings).toHaveLength(1);
      await whole.close();
    });

    test('that leaves all as it is finds nothing', async () => {
      expect(store.health().findings).toEqual([]);
    });
  });
}
