/** What followers at the end of one file are told of the appends of this process, and of those of another in between. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from '../../../../src/application/ports/event-store.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { drafts } from '../../../support/events.js';
import { eventsOf, type Followed, pagesUntil, restOf } from '../../../support/following.js';
import { temporaryFile } from '../../../support/temporary-file.js';

let log: { file: string; remove(): Promise<void> };
let store: SqliteEventStore;
let other: SqliteEventStore;

/** Follows from the start of the log; resolves with that follow once it waits at the end. */
async function waiting(upTo: number): Promise<{ readonly pages: Promise<readonly Page[]> }> {
  let waits: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    waits = resolve;
  });
  const pages = pagesUntil(store, undefined, (_, all) => {
    waits();
    return all.length >= upTo;
  });
  await begun;
  return { pages };
}

const placesOf = (entries: readonly Followed[]): readonly string[] =>
  entries.map(({ position, stream, revision }) => `${position.replace(/^.*:/, '')} ${stream}@${revision}`);

export function followers(): void {
  describe('followers that wait at the end', () => {
    beforeEach(async () => {
      log = await temporaryFile();
      store = openSqliteEventStore({ file: log.file });
      other = openSqliteEventStore({ file: log.file });
    });
    afterEach(async () => {
      await Promise.all([store.close(), other.close()]);
      await log.remove();
    });

    test('share what was appended here, which is what the file holds', async () => {
      const [first, second] = [await waiting(2), await waiting(2)];
      const appended = await store.append('provider-1', -1, drafts('a', 'b'));
      const [one, two] = [eventsOf(await first.pages), eventsOf(await second.pages)];
      for (const [n, event] of appended.entries()) {
        expect(one[n]).toBe(event);
        expect(two[n]).toBe(event);
      }
      expect(await restOf(other)).toEqual(appended);
    });

    test('are told what another process appended, before and between the appends of this one', async () => {
      const { pages } = await waiting(5);
      await other.append('provider-2', -1, drafts('x'));
      await store.append('provider-1', -1, drafts('a'));
      await other.append('provider-2', 0, drafts('y', 'z'));
      await store.append('provider-1', 0, drafts('b'));
      const told = eventsOf(await pages);
      expect(placesOf(told)).toEqual([
        '1 provider-2@0',
        '2 provider-1@0',
        '3 provider-2@1',
        '4 provider-2@2',
        '5 provider-1@1',
      ]);
      expect(told).toEqual(await restOf(store));
    });

    test('are told nothing twice when an append is repeated', async () => {
      const { pages } = await waiting(3);
      const news = drafts('a');
      await store.append('provider-1', -1, news);
      await store.append('provider-1', 0, drafts('b'));
      await store.append('provider-1', -1, news);
      await store.append('provider-1', 1, drafts('c'));
      expect(placesOf(eventsOf(await pages))).toEqual(['1 provider-1@0', '2 provider-1@1', '3 provider-1@2']);
    });

    test('find in the file what was appended while they were busy for long', async () => {
      const stop = new AbortController();
      const told: Followed[] = [];
      for await (const { events } of store.follow(undefined, stop.signal)) {
        told.push(...events);
        if (told.length === 0)
          for (let n = 0; n < 2_500; n += 50)
            await store.append('provider-1', n - 1, drafts(...Array.from({ length: 50 }, (_, i) => `${n + i}`)));
        if (told.length === 2_500) stop.abort();
      }
      expect(told.map(({ revision }) => revision)).toEqual(Array.from({ length: 2_500 }, (_, n) => n));
    });
  });
}
