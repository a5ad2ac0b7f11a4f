/** Streams keep what they have folded; what they keep is never older than what they knew. */
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { systemClock } from '../../../src/application/ports/clock.js';
import type { Cause, EventStore } from '../../../src/application/ports/event-store.js';
import { type Aggregate, organizations, payers, providers } from '../../../src/application/streams/aggregates.js';
import { openStreams, type Streams } from '../../../src/application/streams/streams.js';
import type { PayerEvent } from '../../../src/domain/payer.js';
import { openSqliteEventStore } from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { eligible } from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const cause = (commandId: string): Cause => ({
  commandId,
  commandDigest: commandId,
  correlationId: 'acme',
  actor: 'crm',
  role: 'service',
});

/** A store whose next append, when it is asked to, waits before it begins. */
function heldBack(store: EventStore) {
  let held: Promise<void> | undefined;
  return {
    store: {
      ...store,
      async append(...args: Parameters<EventStore['append']>) {
        const wait = held;
        held = undefined;
        await wait;
        return store.append(...args);
      },
    },
    holdNext(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
  };
}

test('a command sent twice, whose second append comes after later events, does not hide those', async () => {
  const sqlite = openSqliteEventStore({ file: join(temporaryFolder(), 'events.db') });
  const { store, holdNext } = heldBack(sqlite);
  const [streams, others] = [store, sqlite].map((over) => openStreams(over, systemClock, () => undefined));
  if (!streams || !others) throw new Error('two processes are wanted');
  const register = (by: Streams) =>
    by.change(organizations, 'acme', cause('register'), () => [{ type: 'OrganizationRegistered', facts: eligible }]);
  const let2ndGo = holdNext();
  const second = register(streams);
  await register(others);
  const facts = { ...eligible, billable: false };
  await others.change(organizations, 'acme', cause('update'), () => [{ type: 'OrganizationUpdated', facts }]);
  streams.heard(await sqlite.read('organization-acme'));
  let2ndGo();

  expect((await second).recorded).toMatchObject([{ revision: 0 }]);
  expect(await streams.load(organizations, 'acme')).toMatchObject({ revision: 1, state: { facts } });
  await sqlite.close();
});

/** A store that counts what is read and appended. */
function counting(store: EventStore) {
  const read: [string, number | undefined][] = [];
  let appends = 0;
  return {
    read,
    appends: () => appends,
    store: {
      ...store,
      async read(stream: string, from?: number) {
        if (!stream.startsWith('quarantine-')) read.push([stream, from]);
        return store.read(stream, from);
      },
      async append(...args: Parameters<EventStore['append']>) {
        appends++;
        return store.append(...args);
      },
    },
  };
}

const update = (by: Streams, n: number) =>
  by.change(organizations, 'acme', cause(`update ${n}`), () => [
    { type: 'OrganizationUpdated', facts: { ...eligible, officeTerritories: [`${n}`] } },
  ]);

test('many changes of one stream at once wait in line: each is appended once, and the stream is read once', async () => {
  const sqlite = openSqliteEventStore({ file: join(temporaryFolder(), 'events.db') });
  const counted = counting(sqlite);
  const streams = openStreams(counted.store, systemClock, () => undefined);
  await streams.change(organizations, 'acme', cause('register'), () => [
    { type: 'OrganizationRegistered', facts: eligible },
  ]);
  await Promise.all(Array.from({ length: 100 }, (_, n) => update(streams, n)));
  expect(counted.appends()).toBe(101);
  expect(counted.read).toEqual([['organization-acme', 0]]);
  expect(await sqlite.read('organization-acme')).toHaveLength(101);
  await sqlite.close();
});

test('after a conflict, or once others are heard of, only what is new is read', async () => {
  const sqlite = openSqliteEventStore({ file: join(temporaryFolder(), 'events.db') });
  const counted = counting(sqlite);
  const streams = openStreams(counted.store, systemClock, () => undefined);
  const others = openStreams(sqlite, systemClock, () => undefined);
  await streams.change(organizations, 'acme', cause('register'), () => [
    { type: 'OrganizationRegistered', facts: eligible },
  ]);
  await update(others, 1);
  expect((await update(streams, 2)).recorded).toMatchObject([{ revision: 2 }]);
  await update(others, 3);
  streams.heard(await sqlite.read('organization-acme'));
  expect(await streams.load(organizations, 'acme')).toMatchObject({ revision: 3 });
  await streams.load(organizations, 'acme');
  expect(counted.read).toEqual([
    ['organization-acme', 0],
    ['organization-acme', 1],
    ['organization-acme', 3],
  ]);
  await sqlite.close();
});

test('a change of nothing in a stream that holds nothing has no position', async () => {
  const sqlite = openSqliteEventStore({ file: join(temporaryFolder(), 'events.db') });
  const streams = openStreams(sqlite, systemClock, () => undefined);
  const { position, recorded } = await streams.change(payers, 'payer-1', cause('resume'), () => []);
  expect([position, recorded]).toEqual([undefined, []]);
  await sqlite.close();
});

/** What the streams of an aggregate hold, as `change` lets it through. */
type Holds<A> = A extends Aggregate<infer _, infer E> ? E : never;

test("an event is appended to its own kind of stream only, which is the compiler's to see", async () => {
  const sqlite = openSqliteEventStore({ file: join(temporaryFolder(), 'events.db') });
  const streams = openStreams(sqlite, systemClock, () => undefined);
  const paused: PayerEvent = { type: 'VendingPaused', reason: 'operator', words: 'A person paused it.' };
  // @ts-expect-error A payer's event is none of a provider's.
  const misplaced = streams.change(providers, 'p1', cause('pause'), () => [paused]);
  await expect(misplaced).rejects.toThrow('VendingPaused: this version knows no such event in this stream');
  const aPayers: PayerEvent extends Holds<typeof payers> ? true : false = true;
  const aProviders: PayerEvent extends Holds<typeof providers> ? true : false = false;
  expect([aPayers, aProviders]).toEqual([true, false]);
  await sqlite.close();
});
