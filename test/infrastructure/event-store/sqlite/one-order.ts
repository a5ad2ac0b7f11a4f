/** What only a store with one writer and one file promises: one order over all streams, and positions without gaps. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { UnknownPosition } from '../../../../src/application/ports/event-store-errors.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { drafts } from '../../../support/events.js';
import { restOf } from '../../../support/following.js';
import { temporaryFile } from '../../../support/temporary-file.js';

let log: { file: string; remove(): Promise<void> };
let store: SqliteEventStore;

export function oneOrder(): void {
  describe('one file', () => {
    beforeEach(async () => {
      log = await temporaryFile();
      store = openSqliteEventStore({ file: log.file });
    });
    afterEach(async () => {
      await store.close();
      await log.remove();
    });

    test('holds what is sent at once in the order of sending, over all streams', async () => {
      const streams = Array.from({ length: 30 }, (_, i) => `provider-${i}`);
      await Promise.all(streams.map((s) => store.append(s, -1, drafts(`${s} a`, `${s} b`))));
      const expected = streams.flatMap((s) => [`${s}@0`, `${s}@1`]);
      expect((await restOf(store)).map(({ stream, revision }) => `${stream}@${revision}`)).toEqual(expected);
    });

    test('counts its positions without gaps, and knows at once which it has not reached', async () => {
      const [first, second] = await store.append('provider-1', -1, drafts('a', 'b'));
      expect([first?.position, second?.position]).toEqual([`${store.logId}:1`, `${store.logId}:2`]);
      const beyond = `${store.logId}:3`;
      expect(() => store.compare(first?.position ?? '', beyond)).toThrow(UnknownPosition);
      expect([store.owns(beyond), store.owns(`${store.logId}:0`)]).toEqual([false, false]);
    });
  });
}
