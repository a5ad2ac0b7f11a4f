/** What every durable follower promises, whatever it does with events and wherever its checkpoint lies. */
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventStore, Position } from '../../../src/application/ports/event-store.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { draft, drafts, sample } from '../../support/events.js';
import { fromLater, writeAsLater } from '../../support/poison.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { until } from '../../support/waiting.js';

/** A follower that runs. What it has taken in and its checkpoint outlive it. */
export interface Following {
  /** Resolves when it has ended: after its signal aborted, or because the log was closed. */
  readonly ended: Promise<void>;
  /** The positions of what it has taken in, in order, also by those that ran on this folder before. */
  taken(): readonly Position[];
  /** Closes its files; it has ended. */
  close(): void;
}

/** Starts a follower whose files lie in a folder: a new one at the start of the log, another at its checkpoint. */
export type StartFollowing = (log: EventStore, folder: string, signal: AbortSignal) => Following;

/**
 * Declares the tests. The follower takes in every event of provider streams once. One that needs `content` stops at what it
 * cannot read; one that needs `hashes` alone has no reason to.
 */
export function followerContract(name: string, start: StartFollowing, needs: 'content' | 'hashes' = 'content'): void {
  let folder: string;
  let file: string;
  let store: SqliteEventStore;
  let ending: (() => Promise<void>)[] = [];

  beforeEach(() => {
    folder = temporaryFolder();
    file = join(folder, 'events.db');
    store = openSqliteEventStore({ file });
    lengths.clear();
  });
  afterEach(async () => {
    for (const end of ending) await end();
    ending = [];
    await store.close();
  });

  const lengths = new Map<string, number>();
  async function append(stream: string, ...texts: readonly string[]): Promise<readonly Position[]> {
    const length = lengths.get(stream) ?? 0;
    lengths.set(stream, length + texts.length);
    const recorded = await store.append(stream, length - 1, drafts(...texts));
    return recorded.map(({ position }) => position);
  }
  const many = (stream: string, count: number) => append(stream, ...Array.from({ length: count }, (_, n) => `${n}`));

  function run(log: EventStore = store) {
    const stop = new AbortController();
    const following = start(log, folder, stop.signal);
    let isOver = false;
    const end = async (): Promise<void> => {
      if (isOver) return;
      isOver = true;
      stop.abort();
      await following.ended;
      following.close();
    };
    ending.push(end);
    return { ...following, end, stop: () => stop.abort() };
  }

  const all = (following: Following, wanted: readonly Position[]) =>
    until(
      async () => following.taken(),
      (taken) => taken.length >= wanted.length,
    ).then((taken) => expect(taken).toEqual(wanted));

  describe(`${name} as a follower`, () => {
    test('takes in everything from the start, in order, however many batches it comes in', async () => {
      const wanted = [...(await many('provider-1', 1_300)), ...(await many('provider-2', 1_300))];
      await all(run(), wanted);
    });

    test('goes on at its checkpoint after a restart, and takes nothing in twice', async () => {
      const before = await many('provider-1', 5);
      const first = run();
      await all(first, before);
      await first.end();
      const meanwhile = await many('provider-2', 5);
      await all(run(), [...before, ...meanwhile]);
    });

    test('that is stopped in the middle of the log goes on where it was', async () => {
      const wanted = await many('provider-1', 4_500);
      for (const batches of [1, 2]) {
        const stop = new AbortController();
        const following = start(
          pausedAfter(store, batches, () => stop.abort()),
          folder,
          stop.signal,
        );
        await following.ended;
        const { length } = following.taken();
        expect([length, following.taken()]).toEqual([length, wanted.slice(0, length)]);
        expect(length).toBeLessThan(wanted.length);
        following.close();
      }
      await all(run(), wanted);
    });

    test('misses no append, whenever it comes: before, while it takes in a batch, and while it sleeps', async () => {
      const wanted: Position[] = [];
      const following = run();
      for (let n = 0; n < 60; n++) {
        wanted.push(...(await append(`provider-${n}`, 'a')));
        // Each time after another number of turns, so that every moment of a batch is hit.
        for (let turn = 0; turn < n % 9; turn++) await nextTurn();
      }
      await all(following, wanted);
    });

    test('goes on by itself after the log could not be read for a moment, and takes nothing in twice', async () => {
      const wanted = await many('provider-1', 1_500);
      await all(run(failingOnce(store)), wanted);
    }, 20_000);

    const stopsBeforePoison = async () => {
      const before = await append('provider-1', 'a');
      const revision = await writeAsLater(file, 'provider-9', fromLater);
      const following = run();
      const later = await append('provider-2', 'b', 'c');
      await all(following, before);
      await following.end();
      const again = run();
      await nextTurn();
      expect(again.taken()).toEqual(before);
      const decided = sample('StreamQuarantined', { stream: 'provider-9', fromRevision: revision });
      await store.append('quarantine-streams', -1, [draft(decided)]);
      const taken = await until(
        async () => again.taken(),
        (positions) => positions.at(-1) === later.at(-1),
      );
      // Whether the place of what is set aside is kept is the follower's own affair.
      expect(taken.filter((position) => position !== `${store.logId}:2`)).toEqual([...before, ...later]);
    };

    const takesPoisonIn = async () => {
      const before = await append('provider-1', 'a');
      await writeAsLater(file, 'provider-9', fromLater);
      const later = await append('provider-2', 'b', 'c');
      await all(run(), [...before, `${store.logId}:2`, ...later]);
    };

    test.each([
      needs === 'content'
        ? ([
            'stops before an event that cannot be read, and goes on once its stream is set aside',
            stopsBeforePoison,
          ] as const)
        : (['takes in an event that cannot be read here, and is what was recorded', takesPoisonIn] as const),
    ])('%s', (_, work) => work());

    test('ends at once while it sleeps, and when the log is closed', async () => {
      const wanted = await append('provider-1', 'a');
      const first = run();
      await all(first, wanted);
      await first.end();
      const second = run();
      await all(second, wanted);
      await store.close();
      await second.ended;
    });

    test('that is told to end before it begins takes nothing in', async () => {
      await append('provider-1', 'a');
      const following = start(store, folder, AbortSignal.abort());
      await following.ended;
      expect(following.taken()).toEqual([]);
      following.close();
    });
  });
}

/** A log that says so once so many pages of events were taken, by whichever follow, and then goes on. */
function pausedAfter(log: EventStore, pages: number, reached: () => void): EventStore {
  let seen = 0;
  return {
    ...log,
    async *follow(after, signal) {
      for await (const page of log.follow(after, signal))
        try {
          yield page;
        } finally {
          if (page.events.length > 0) seen += 1;
          if (seen === pages) reached();
        }
    },
  };
}

/** A log that cannot be read once, after a first page. */
function failingOnce(log: EventStore): EventStore {
  let failed = false;
  return {
    ...log,
    async *follow(after, signal) {
      for await (const page of log.follow(after, signal)) {
        yield page;
        if (failed) continue;
        failed = true;
        throw new Error('The disk does not answer.');
      }
    },
  };
}
