/** The part of the contract about many at once, and about readers that leave, stall and begin again. */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { EventStore, Position } from '../../../../src/application/ports/event-store.js';
import { RevisionConflict } from '../../../../src/application/ports/event-store-errors.js';
import { drafts } from '../../../support/events.js';
import { eventsOf, pagesUntil, restOf } from '../../../support/following.js';
import { bytesHeldSince } from '../../../support/memory.js';
import type { OpenNew } from '../contract.js';

/** As many as wished; a million where there is time. */
const followed = Number(process.env.FOLLOWED_EVENTS ?? 20_000);
/** Whatever the number of events. */
const mostBytes = 64 * 1_048_576;
const longestMs = 3_600_000;

/** Appends one event, however often others come first. */
async function appendedAtLast(store: EventStore, stream: string, name: string): Promise<void> {
  for (let expected = -1; ; ) {
    try {
      await store.append(stream, expected, drafts(name));
      return;
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
      expected = error.actualRevision;
    }
  }
}

const fill = (store: EventStore, streams: number, each: number) =>
  Promise.all(
    Array.from({ length: streams }, (_, n) =>
      store.append(`provider-${n}`, -1, drafts(...Array.from({ length: each }, (__, i) => `${i}`))),
    ),
  );

export function loadContract(open: OpenNew): void {
  describe('many at once', () => {
    test('two hundred appends are all answered, the first that a store is asked', async () => {
      const { store } = await open();
      const all = await fill(store, 200, 1);
      expect(new Set(all.flat().map(({ position }) => position)).size).toBe(200);
      expect(await restOf(store)).toHaveLength(200);
    });

    test('fifty writers of one stream each get their turn', async () => {
      const { store } = await open();
      const names = Array.from({ length: 50 }, (_, i) => `writer ${i}`);
      await Promise.all(names.map((name) => appendedAtLast(store, 'provider-1', name)));
      const stored = await store.read('provider-1');
      expect(stored.map(({ event }) => (event as { name: string }).name).sort()).toEqual([...names].sort());
    });

    test('sixty readers that follow at once all see what comes', async () => {
      const { store } = await open();
      await fill(store, 5, 4);
      const readers = Array.from({ length: 60 }, () => pagesUntil(store, undefined, (_, all) => all.length === 21));
      await store.append('access-1', -1, drafts('live'));
      for (const pages of await Promise.all(readers))
        expect(eventsOf(pages).at(-1)).toMatchObject({ stream: 'access-1' });
    });
  });
  readers(open);
}

function readers(open: OpenNew): void {
  describe('a reader', () => {
    test('that comes and leaves takes nothing with it, a hundred and twenty times', async () => {
      const { store } = await open();
      await fill(store, 3, 2);
      for (let n = 0; n < 120; n++) {
        for await (const { events } of store.follow(undefined, new AbortController().signal)) {
          expect(events).toHaveLength(6);
          break;
        }
      }
      await store.append('access-1', -1, drafts('still here'));
      expect(await store.read('access-1')).toHaveLength(1);
      expect(await restOf(store)).toHaveLength(7);
    });

    test(
      `of ${followed} events holds few of them at once`,
      async () => {
        const { store } = await open();
        const [each, atOnce] = [500, 5];
        const names = Array.from({ length: each }, (_, i) => `${i}`);
        for (let n = 0; n < followed; n += each * atOnce)
          await Promise.all(
            Array.from({ length: atOnce }, (_, i) => store.append(`provider-${n}-${i}`, -1, drafts(...names))),
          );
        const held = bytesHeldSince();
        const stop = new AbortController();
        let [seen, most] = [0, 0];
        for await (const { events } of store.follow(undefined, stop.signal)) {
          const before = seen;
          seen += events.length;
          if (Math.floor((10 * seen) / followed) > Math.floor((10 * before) / followed)) most = Math.max(most, held());
          if (seen === followed) stop.abort();
        }
        expect(seen).toBe(followed);
        expect(most).toBeLessThan(mostBytes);
      },
      followed > 100_000 ? longestMs : undefined,
    );

    test('that stalls loses nothing, and keeps nobody from anything', async () => {
      const { store } = await open();
      await fill(store, 4, 300);
      const stop = new AbortController();
      const seen: Position[] = [];
      for await (const { events } of store.follow(undefined, stop.signal)) {
        if (seen.length === 0) {
          await Promise.all(Array.from({ length: 40 }, (_, n) => store.append(`access-${n}`, -1, drafts('a', 'b'))));
          expect(await restOf(store)).toHaveLength(1_280);
          await pause(50);
        }
        seen.push(...events.map(({ position }) => position));
        if (seen.length === 1_280) stop.abort();
      }
      expect(seen).toEqual((await restOf(store)).map(({ position }) => position));
    });

    test('that goes on after a restart in the middle sees the rest once', async () => {
      const { store, reopen } = await open();
      await fill(store, 25, 100);
      const [first] = await pagesUntil(store, undefined, () => true);
      const reopened = await reopen();
      const rest = await restOf(reopened, first?.events.at(-1)?.position);
      const all = [...(first?.events ?? []), ...rest].map(({ stream, revision }) => `${stream}@${revision}`);
      expect([all.length, new Set(all).size]).toEqual([2_500, 2_500]);
    });
  });
}
