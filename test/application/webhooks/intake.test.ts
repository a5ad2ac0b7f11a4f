/** What is told of the log: a follower as any other, whose place is what the receiver has taken. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from '@jest/globals';
import type { OwnerOf } from '../../../src/application/history/change-feed.js';
import { systemClock } from '../../../src/application/ports/clock.js';
import type { EventStore, Position } from '../../../src/application/ports/event-store.js';
import type { Delivery } from '../../../src/application/ports/webhook-sender.js';
import { idIn } from '../../../src/application/streams/aggregates.js';
import { Intake } from '../../../src/application/webhooks/delivery/intake.js';
import { Outbox } from '../../../src/application/webhooks/delivery/outbox.js';
import { openSemaphores } from '../../../src/application/webhooks/delivery/semaphores.js';
import type { StandingWebhook } from '../../../src/domain/webhooks/webhook.js';
import { openSqliteEventStore } from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openDeliveriesFile, openPlaces } from '../../../src/projections/webhook-deliveries/webhook-deliveries.js';
import { drafts } from '../../support/events.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { until } from '../../support/waiting.js';
import { followerContract, type StartFollowing } from '../streams/follower-contract.js';

const id = 'hook';
const since = '2026-01-01T00:00:00.000Z';
const webhook: StandingWebhook = {
  ...{ stage: 'enabled', organization: undefined, url: 'https://hooks.example/in', types: [] },
  ...{ subscribedAt: since, since, generation: 1, formerUntil: undefined, starts: 1, startsAfter: { from: 'log' } },
};

interface Told {
  readonly ended: Promise<void>;
  taken(): readonly Position[];
  close(): void;
}

/** A receiver that takes whatever it is sent: each message is a row, and where deliveries stand is kept at the end. */
async function tell(log: EventStore, folder: string, signal: AbortSignal, ownerOf: OwnerOf): Promise<Told> {
  const file = openDeliveriesFile(folder);
  const taken = new DatabaseSync(join(folder, 'taken.db'));
  taken.exec('PRAGMA synchronous = OFF; CREATE TABLE IF NOT EXISTS taken (n INTEGER PRIMARY KEY, position TEXT)');
  const take = taken.prepare('INSERT INTO taken (position) VALUES (?)');
  const places = openPlaces(file);
  const known = (await places.load()).get(id);
  const outbox: Outbox = new Outbox(
    {
      async attempt(_, message, tries): Promise<Delivery> {
        take.run(message.id);
        return { at: '', messageId: message.id, type: message.type, tries, outcome: 'delivered', ms: 0 };
      },
      disable: async () => false,
      mayAct: () => true,
      random: () => 0,
      clock: systemClock,
      withinBounds: openSemaphores(),
      compare: log.compare,
      laneOf: () => 'the one lane',
      messageOf: ({ stream, position }) =>
        idIn('provider', stream) === undefined ? undefined : { id: position, type: 'Told', body: '' },
      roomAgain: () => intake.add(outbox),
    },
    { id, webhook },
    { position: known?.position },
  );
  const from = log.head();
  const intake = new Intake(
    {
      ...{ store: log, readModels: { waitFor: async () => true }, ownerOf, clock: systemClock, signal },
      ...{ changed: () => undefined, failed: () => undefined },
    },
    from,
  );
  intake.add(outbox);
  const ended = intake.ended.then(async () => {
    await outbox.stop('at-once');
    await places.save(new Map([[id, outbox.place()]]));
  });
  const all = taken.prepare('SELECT position FROM taken ORDER BY n');
  return {
    ended,
    taken: () => all.all().map(({ position }) => String(position)),
    close() {
      file.close();
      taken.close();
    },
  };
}

const toAll: OwnerOf = () => '';

const startIntake: StartFollowing = (log, folder, signal) => {
  const telling = tell(log, folder, signal, toAll);
  let told: Told | undefined;
  void telling.then((each) => {
    told = each;
  });
  return {
    ended: telling.then(({ ended }) => ended),
    taken: () => told?.taken() ?? [],
    close: () => told?.close(),
  };
};

followerContract('the intake of webhooks', startIntake, 'hashes');

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

test('what could not be told, because nobody could say whose it is, is told once that is known', async () => {
  const folder = temporaryFolder();
  const store = openSqliteEventStore({ file: join(folder, 'events.db') });
  const stop = new AbortController();
  let unknown = 0;
  const ownerOf: OwnerOf = ({ stream }) => {
    if (stream !== 'provider-2' || unknown++ > 0) return '';
    throw new Error('The read model cannot be read.');
  };
  const told = await tell(store, folder, stop.signal, ownerOf);
  ending.push(async () => {
    stop.abort();
    await told.ended;
    told.close();
    await store.close();
  });
  const append = async (stream: string) => (await store.append(stream, -1, drafts('a')))[0]?.position;
  const first = await append('provider-1');
  await until(
    async () => told.taken(),
    (taken) => taken.length === 1,
  );
  const others = [await append('provider-2'), await append('provider-3')];
  const taken = await until(
    async () => told.taken(),
    (all) => all.length === 3,
  );
  expect([taken, unknown]).toEqual([[first, ...others], 2]);
}, 20_000);
