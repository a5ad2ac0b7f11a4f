/** What the store on EventStoreDB makes of a server that drops, hangs, moves, refuses or forgets; the small server does it on demand. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from '../../../../src/application/ports/event-store.js';
import {
  OutcomeUnknown,
  PoisonError,
  StoreUnavailable,
  UnknownPosition,
} from '../../../../src/application/ports/event-store-errors.js';
import { AppendTooLarge } from '../../../../src/infrastructure/event-store/eventstoredb/appends.js';
import {
  type EventStoreDbEventStore,
  openEventStoreDb,
} from '../../../../src/infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { UnusableEventStore } from '../../../../src/infrastructure/event-store/eventstoredb/start.js';
import { drafts } from '../../../support/events.js';
import { type SmallServer, startSmallServer } from '../../../support/eventstoredb/server.js';
import { eventsOf, pagesUntil, restOf } from '../../../support/following.js';
import { until } from '../../../support/waiting.js';

const patience = { callMs: 2_000, boundMs: 8_000, startMs: 5_000 };
const prefix = 'troubles';

let server: SmallServer;
const opened: EventStoreDbEventStore[] = [];

beforeEach(async () => {
  server = await startSmallServer();
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  server.stop();
});

async function open(address = server.url, more: object = {}): Promise<EventStoreDbEventStore> {
  const store = await openEventStoreDb({ address, prefix, patience, ...more });
  opened.push(store);
  return store;
}

/** What others keep on the same server. */
const foreign = (events: number): void => {
  const none = { contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.from('{}') };
  for (let n = 0; n < events; n++) server.log.append('others', 'any', [{ id: randomUUID(), type: 'Other', ...none }]);
};

describe('an append', () => {
  test.each([
    ['before it was stored', false],
    ['after it was stored', true],
  ])('whose connection drops %s is sent again, and stored once', async (_, stored) => {
    const store = await open();
    server.faults.cutOff = { times: 2, stored };
    const recorded = await store.append('provider-1', -1, drafts('a', 'b'));
    expect(await store.read('provider-1')).toEqual(recorded);
    expect(server.log.of(`${prefix}-provider-1`)).toHaveLength(2);
  });

  test('that drops among many takes none of the others down', async () => {
    const store = await open();
    server.faults.cutOff = { times: 3, stored: true };
    const streams = Array.from({ length: 40 }, (_, n) => `provider-${n}`);
    await Promise.all(streams.map((stream) => store.append(stream, -1, drafts(stream))));
    expect(await restOf(store)).toHaveLength(40);
    for (const stream of streams) expect(server.log.of(`${prefix}-${stream}`)).toHaveLength(1);
  });

  test('among many that wait to be written when the server is killed is answered, and nothing is left unheard', async () => {
    const store = await open();
    const streams = Array.from({ length: 200 }, (_, n) => `provider-${n}`);
    const all = Promise.all(streams.map((stream) => store.append(stream, -1, drafts('x'.repeat(20_000)))));
    await until(
      async () => server.log.all.length,
      (kept) => kept > 10,
    );
    await server.restart();
    expect(await all).toHaveLength(200);
    for (const stream of streams) expect(server.log.of(`${prefix}-${stream}`)).toHaveLength(1);
  });

  test('that is not answered is sent again by a new client, and answered when the server wakes', async () => {
    const store = await open();
    server.faults.deafToAppends = true;
    const append = store.append('provider-1', -1, drafts('a'));
    await until(
      async () => store.health().waiting,
      (waiting) => waiting === 1,
    );
    setTimeout(() => {
      server.faults.deafToAppends = false;
    }, 2_500);
    expect(await append).toMatchObject([{ revision: 0 }]);
    expect(await store.read('provider-1')).toEqual(await append);
  });

  test('that is never answered is unknown, and the same sent again tells', async () => {
    const store = await open();
    const again = drafts('a');
    server.faults.deafToAppends = true;
    await expect(store.append('provider-1', -1, again)).rejects.toThrow(OutcomeUnknown);
    expect(store.health().problem).toMatch(/did not answer/);
    server.faults.deafToAppends = false;
    expect(await store.append('provider-1', -1, again)).toEqual(await store.read('provider-1'));
    expect(store.health().problem).toBeUndefined();
  });

  test('to a server that is known to be gone is not stored, and is said to be so', async () => {
    const store = await open();
    await server.restart(async () => {
      await expect(store.read('provider-1')).rejects.toThrow(StoreUnavailable);
      expect(store.health().readFailure?.words).toMatch(/cannot be read/);
      await expect(store.append('provider-1', -1, drafts('a'))).rejects.toThrow(StoreUnavailable);
    });
    expect(await store.append('provider-1', -1, drafts('b'))).toHaveLength(1);
  });

  test('of more than the server takes is refused before it is sent', async () => {
    const store = await open();
    const large = drafts(...Array.from({ length: 11 }, () => 'x'.repeat(100_000)));
    await expect(store.append('provider-1', -1, large)).rejects.toThrow(AppendTooLarge);
    expect(server.log.of(`${prefix}-provider-1`)).toEqual([]);
  });

  test('that the server refuses by our rights is not sent again', async () => {
    const store = await open();
    server.faults.appendsDenied = true;
    await expect(store.append('provider-1', -1, drafts('a'))).rejects.toThrow(/cannot be written: access-denied/);
  });

  test('goes to the leader when the server has become a follower', async () => {
    const store = await open();
    await store.append('provider-1', -1, drafts('a'));
    const leader = await startSmallServer({ log: server.log });
    server.faults.leaderAt = { address: '127.0.0.1', port: leader.port };
    await server.restart();
    await store.append('provider-1', 0, drafts('b'));
    expect(await store.read('provider-1')).toHaveLength(2);
    leader.stop();
  });
});

describe('a reader', () => {
  test('goes on after the server was killed and came back, and misses and repeats nothing', async () => {
    const store = await open();
    const seen = pagesUntil(store, undefined, (_, all) => all.length === 30);
    for (let n = 0; n < 30; n++) {
      if (n % 10 === 5) await server.restart();
      await store.append('provider-1', n - 1, drafts(`${n}`));
    }
    expect(eventsOf(await seen).map(({ revision }) => revision)).toEqual(Array.from({ length: 30 }, (_, n) => n));
  });

  test('finds its way over what others keep there, and a restart begins after it', async () => {
    const store = await open();
    await store.append('provider-1', -1, drafts('a'));
    foreign(2_000);
    const [last] = await store.append('provider-1', 0, drafts('b'));
    foreign(700);
    expect(await restOf(store)).toHaveLength(2);
    const other = await open();
    expect(other.head()).toBe(last?.position);
    expect(await restOf(other, last?.position)).toEqual([]);
  });

  test('hears what comes where the server gives its word for the end as a checkpoint, as one that was just started does', async () => {
    server.faults.checkpointAtEnd = true;
    const store = await open();
    const leaving = new AbortController();
    const reader = store.follow(undefined, leaving.signal)[Symbol.asyncIterator]();
    expect(await reader.next()).toMatchObject({ value: { events: [], caughtUp: true } });
    const appended = await store.append('provider-1', -1, drafts('a'));
    expect(await reader.next()).toMatchObject({ value: { events: appended } });
    leaving.abort();
  }, 20_000);

  test('is told of what another process appends', async () => {
    const [one, other] = [await open(), await open()];
    expect(one.logId).toBe(other.logId);
    const seen = pagesUntil(one, undefined, (_, all) => all.length === 3);
    const recorded = await other.append('provider-1', -1, drafts('a', 'b', 'c'));
    expect(eventsOf(await seen)).toEqual(recorded);
    await until(
      async () => one.head(),
      (head) => head === recorded.at(-1)?.position,
    );
  });

  test('from a place between two events is refused', async () => {
    const store = await open();
    const [, last] = await store.append('provider-1', -1, drafts('a', 'b'));
    const commit = BigInt(last?.position.split(':')[1] ?? 0) - 1n;
    await expect(restOf(store, `${store.logId}:${commit}`)).rejects.toThrow(UnknownPosition);
  });

  test('stops where an event is not what was recorded, and another stream is read on', async () => {
    let flaws = 0;
    const store = await open(server.url, { flawed: () => flaws++ });
    await store.append('provider-1', -1, drafts('a'));
    await store.append('provider-2', -1, drafts('b'));
    const [kept] = server.log.of(`${prefix}-provider-1`);
    if (!kept) throw new Error('nothing was kept');
    server.log.append(`${prefix}-provider-1`, 0, [
      { ...kept, id: randomUUID(), data: Buffer.from('{"name":"forged"}') },
    ]);
    await expect(store.read('provider-1')).rejects.toThrow(PoisonError);
    expect(await store.read('provider-2')).toHaveLength(1);
    const followed = await restOf(store);
    expect(followed.filter((one) => 'poison' in one)).toMatchObject([{ stream: 'provider-1', revision: 1 }]);
    expect(flaws).toBeGreaterThan(0);
  });

  test('of a log that has become shorter than it was is refused instead of skipping what comes', async () => {
    const store = await open();
    const [, last] = await store.append('provider-1', -1, drafts('a', 'b'));
    await store.close();
    server.log.all.splice(-1);
    const restored = await open();
    await expect(restOf(restored, last?.position)).rejects.toThrow(UnknownPosition);
  });

  test('is answered by a new client where the server hung when it asked', async () => {
    const store = await open(server.url, { patience: { ...patience, callMs: 300 } });
    const recorded = await store.append('provider-1', -1, drafts('a'));
    server.faults.frozen = true;
    const read = store.read('provider-1');
    setTimeout(() => {
      server.faults.frozen = false;
    }, 700);
    expect(await read).toEqual(recorded);
  });

  test('of a server that hangs hears again by a new client what it could not be told, and the store says meanwhile that it is deaf', async () => {
    const store = await open(server.url, { patience: { ...patience, callMs: 300 } });
    await store.append('provider-1', -1, drafts('a'));
    const seen = pagesUntil(store, undefined, (_, all) => all.length === 2);
    server.faults.frozen = true;
    await until(
      async () => store.health().unheardMs ?? 0,
      (ms) => ms > 0,
    );
    server.faults.frozen = false;
    const other = await open();
    await other.append('provider-1', 0, drafts('b'));
    expect(eventsOf(await seen)).toHaveLength(2);
    await until(
      async () => store.health().unheardMs,
      (ms) => ms === 0,
    );
  });

  test('whose subscription has gone dead without a word is told by a new one', async () => {
    const store = await open(server.url, { patience: { ...patience, callMs: 200 } });
    await store.append('provider-1', -1, drafts('a'));
    const seen = pagesUntil(store, undefined, (_, all) => all.length === 2);
    await until(
      async () => server.log.listening(),
      (listening) => listening > 0,
    );
    server.log.deafen();
    const other = await open();
    await other.append('provider-1', 0, drafts('b'));
    expect(eventsOf(await seen)).toHaveLength(2);
  });

  test('is not kept from what is appended by sixty others who have stopped reading', async () => {
    const store = await open();
    await store.append('provider-1', -1, drafts('a'));
    const stop = new AbortController();
    const stalled = Array.from({ length: 60 }, () => store.follow(undefined, stop.signal)[Symbol.asyncIterator]());
    await Promise.all(stalled.map((pages) => pages.next()));
    await store.append('provider-1', 0, drafts('b'));
    expect(await restOf(store)).toHaveLength(2);
    stop.abort();
    const ended: IteratorResult<Page>[] = await Promise.all(stalled.map((pages) => pages.next()));
    expect(ended.every(({ done }) => done)).toBe(true);
  });
});

describe('the start says in one sentence what is missing', () => {
  test.each([
    ['a server that does not say what it is', { version: undefined }, /does not say which version it is/],
    ['the right to read the whole log', { readAllDenied: true }, /does not let this user read \$all/],
    ['a user, or its password', { userUnknown: true }, /does not know this user, or not by this password/],
    ['the right to append, or a leader', { appendsDenied: true }, /does not take an append/],
  ])('%s', async (_, faults, words) => {
    Object.assign(server.faults, faults);
    const start = open();
    await expect(start).rejects.toThrow(UnusableEventStore);
    await expect(start).rejects.toThrow(words);
  });

  test('an address where nobody answers, without the user and password in it', async () => {
    const start = open('esdb://somebody:secret@127.0.0.1:1?tls=false');
    await expect(start).rejects.toThrow(/The event store at 127\.0\.0\.1:1 does not answer/);
  });

  test('and two that start a new log at once agree on its id', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    expect(one.logId).toBe(other.logId);
  });
});
