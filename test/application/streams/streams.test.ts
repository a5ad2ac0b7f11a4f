/** Streams keep what they have folded; what they keep is never older than what they knew. */
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { systemClock } from '../../../src/application/ports/clock.js';
import { type Aggregate, organizations, payers, providers } from '../../../src/application/streams/aggregates.js';
import type { Cause, EventStore } from '../../../src/application/streams/event-store.js';
import { openStreams } from '../../../src/application/streams/streams.js';
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
  const streams = openStreams(store, systemClock, () => undefined);
  const register = () =>
    streams.change(organizations, 'acme', cause('register'), () => [
      { type: 'OrganizationRegistered', facts: eligible },
    ]);
  const let2ndGo = holdNext();
  const second = register();
  await register();
  const facts = { ...eligible, billable: false };
  await streams.change(organizations, 'acme', cause('update'), () => [{ type: 'OrganizationUpdated', facts }]);
  let2ndGo();

  expect((await second).recorded).toMatchObject([{ revision: 0 }]);
  expect(await streams.load(organizations, 'acme')).toMatchObject({ revision: 1, state: { facts } });
  await sqlite.close();
});

test('a stream that somebody else has added to is read anew once that is heard of, and not before', async () => {
  const file = join(temporaryFolder(), 'events.db');
  const stores = [openSqliteEventStore({ file }), openSqliteEventStore({ file })];
  const [ours, theirs] = stores.map((store) => openStreams(store, systemClock, () => undefined));
  if (!ours || !theirs) throw new Error('There are two.');
  const register = () => [{ type: 'OrganizationRegistered' as const, facts: eligible }];
  const { recorded } = await ours.change(organizations, 'acme', cause('register'), register);
  const facts = { ...eligible, billable: false };
  const changed = await theirs.change(organizations, 'acme', cause('update'), () => [
    { type: 'OrganizationUpdated', facts },
  ]);
  ours.heard(recorded);
  expect(await ours.load(organizations, 'acme')).toMatchObject({ revision: 0 });
  ours.heard(changed.recorded);
  expect(await ours.load(organizations, 'acme')).toMatchObject({ revision: 1, state: { facts } });
  for (const store of stores) await store.close();
});

/** What the streams of an aggregate hold, as `change` lets it through. */
type Holds<A> = A extends Aggregate<infer _, infer E> ? E : never;

test("an event is appended to its own kind of stream only, which is the compiler's to see", async () => {
  const sqlite = openSqliteEventStore({ file: join(temporaryFolder(), 'events.db') });
  const streams = openStreams(sqlite, systemClock, () => undefined);
  const paused: PayerEvent = { type: 'VendingPaused', reason: 'operator', words: 'A person paused it.' };
  // @ts-expect-error A payer's event is none of a provider's.
  const misplaced = streams.change(providers, 'p1', cause('pause'), () => [paused]);
  await expect(misplaced).rejects.toThrow('VendingPaused cannot follow in stage unknown');
  const aPayers: PayerEvent extends Holds<typeof payers> ? true : false = true;
  const aProviders: PayerEvent extends Holds<typeof providers> ? true : false = false;
  expect([aPayers, aProviders]).toEqual([true, false]);
  await sqlite.close();
});
