/** The part of the contract about following the log. */
import { describe, expect, test } from '@jest/globals';
import type { EventStore, Page } from '../../../../src/application/ports/event-store.js';
import { drafts } from '../../../support/events.js';
import { eventsOf, pagesUntil, restOf } from '../../../support/following.js';
import type { OpenNew } from '../contract.js';

/** Fills a log with this many events over five streams, a hundred at a time. */
async function fill(store: EventStore, events: number): Promise<void> {
  for (let from = 0; from < events; from += 100) {
    const next = Array.from({ length: Math.min(100, events - from) }, (_, i) => from + i);
    await Promise.all(next.map((n) => store.append(`provider-${n % 5}`, Math.floor(n / 5) - 1, drafts(`${n}`))));
  }
}

const orderOf = (pages: readonly Page[]) => eventsOf(pages).map(({ stream, revision }) => `${stream}@${revision}`);

/** The next page of a follow that has not ended. */
async function next(pages: AsyncIterator<Page>): Promise<Page> {
  const { value, done } = await pages.next();
  if (done) throw new Error('the follow has ended');
  return value;
}

export function followContract(open: OpenNew): void {
  describe('follow', () => {
    test('of an empty log begins with an empty page that is caught up', async () => {
      const { store } = await open();
      expect(await pagesUntil(store, undefined, () => true)).toEqual([{ events: [], caughtUp: true }]);
    });

    test('gives everything in the order of its positions, in pages of at most 1,000, caught up at the end only', async () => {
      const { store } = await open();
      await fill(store, 2_300);
      const pages = await pagesUntil(store, undefined, ({ caughtUp }) => caughtUp);
      expect(pages.map(({ events, caughtUp }) => [events.length, caughtUp])).toEqual([
        [1_000, false],
        [1_000, false],
        [300, true],
      ]);
      const positions = eventsOf(pages).map(({ position }) => position);
      for (const [i, position] of positions.entries())
        if (i > 0) expect(store.compare(positions[i - 1] ?? '', position)).toBeLessThan(0);
    });

    test('gives pages as small as a reader asks for, each after the first when its turn has come', async () => {
      const { store } = await open();
      await fill(store, 250);
      const stop = new AbortController();
      const told: unknown[] = [];
      const turn = async (): Promise<void> => void told.push('turn');
      for await (const { events, caughtUp } of store.follow(undefined, stop.signal, { pageSize: 100, turn })) {
        told.push([events.length, caughtUp]);
        if (caughtUp) stop.abort();
      }
      expect(told).toEqual([[100, false], 'turn', [100, false], 'turn', [50, true]]);
    });

    test('is caught up at the end of a page that is just full', async () => {
      const { store } = await open();
      await fill(store, 1_000);
      const pages = await pagesUntil(store, undefined, ({ caughtUp }) => caughtUp);
      expect(eventsOf(pages)).toHaveLength(1_000);
      expect(pages.at(-1)?.caughtUp).toBe(true);
    });

    test('wakes at an append', async () => {
      const { store } = await open();
      const stop = new AbortController();
      const pages = store.follow(undefined, stop.signal)[Symbol.asyncIterator]();
      expect((await next(pages)).events).toEqual([]);
      for (let revision = -1; revision < 5; revision++) {
        const page = next(pages);
        const recorded = await store.append('provider-1', revision, drafts(`${revision}`));
        expect(await page).toEqual({ events: recorded, caughtUp: true });
      }
      stop.abort();
      expect(await pages.next()).toEqual({ value: undefined, done: true });
    });

    test('misses no append that comes while the reader is busy with its first, empty page', async () => {
      const { store } = await open();
      const stop = new AbortController();
      const seen: unknown[] = [];
      let appended: Promise<readonly unknown[]> | undefined;
      for await (const { events } of store.follow(undefined, stop.signal)) {
        seen.push(...events);
        appended ??= store.append('provider-1', -1, drafts('a'));
        const recorded = await appended;
        if (seen.length === recorded.length) stop.abort();
      }
      expect(seen).toEqual(await store.read('provider-1'));
    });

    test('misses and repeats nothing of what is appended while it catches up', async () => {
      const { store } = await open();
      await fill(store, 1_500);
      const writers = Array.from({ length: 4 }, async (_, w) => {
        for (let i = 0; i < 150; i++) await store.append(`access-${w}`, i - 1, drafts(`${i}`));
      });
      const [pages] = await Promise.all([pagesUntil(store, undefined, (_, all) => all.length === 2_100), ...writers]);
      expect(orderOf(pages)).toEqual((await restOf(store)).map(({ stream, revision }) => `${stream}@${revision}`));
      expect(new Set(orderOf(pages)).size).toBe(2_100);
    });
  });
  ends(open);
  resumes(open);
}

function ends(open: OpenNew): void {
  describe('a follow that is aborted just ends', () => {
    test('before it began', async () => {
      const { store } = await open();
      const pages = store.follow(undefined, AbortSignal.abort())[Symbol.asyncIterator]();
      expect(await pages.next()).toEqual({ value: undefined, done: true });
    });

    test('while it waits', async () => {
      const { store } = await open();
      const stop = new AbortController();
      const pages = store.follow(undefined, stop.signal)[Symbol.asyncIterator]();
      await next(pages);
      const waiting = pages.next();
      stop.abort();
      expect(await waiting).toEqual({ value: undefined, done: true });
    });

    test('between two pages', async () => {
      const { store } = await open();
      await fill(store, 1_200);
      expect(eventsOf(await pagesUntil(store, undefined, () => true))).toHaveLength(1_000);
    });
  });
}

function resumes(open: OpenNew): void {
  test('a follow resumes after any position, also after a restart', async () => {
    const { store, reopen } = await open();
    await fill(store, 25);
    const all = await restOf(store);
    for (const [i, { position }] of all.entries()) expect(await restOf(store, position)).toEqual(all.slice(i + 1));
    const reopened = await reopen();
    for (const [i, { position }] of all.entries()) expect(await restOf(reopened, position)).toEqual(all.slice(i + 1));
    const [added] = await reopened.append('provider-0', 4, drafts('later'));
    expect(await restOf(reopened, all.at(-1)?.position)).toEqual([added]);
  });
}
