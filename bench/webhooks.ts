/** How many facts a second a webhook is told, against bare posts of about the same length, as many at once, each on a connection of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../src/application/ports/clock.js';
import { providers, webhooks } from '../src/application/streams/aggregates.js';
import { sagaCause } from '../src/application/streams/causes.js';
import { openAttempts } from '../src/application/webhooks/attempts/attempt.js';
import { startDelivery } from '../src/application/webhooks/delivery/deliver.js';
import { openLog } from '../src/infrastructure/logging/pino-log.js';
import { openSender } from '../src/infrastructure/webhooks/sender.js';
import { openTargets } from '../src/infrastructure/webhooks/targets.js';
import {
  openDeliveries,
  openDeliveriesFile,
  openPlaces,
} from '../src/projections/webhook-deliveries/webhook-deliveries.js';
import { type Benchmark, perSecond } from './benchmark.js';
import { requested } from './events.js';
import { runFolder } from './folders.js';
import { inFlight } from './in-flight.js';
import { openParts, type Parts } from './parts.js';
import { providerIdOf } from './requested-log.js';
import type { ReceiverAsked, ReceiverListens } from './webhook-receiver.js';

/** What one webhook may have under way. */
const atOnce = 4;
const organization = 'acme';

export const benchmark: Benchmark = {
  name: 'webhooks',
  rounds: 5,
  figures: [{ unit: 'facts/s', better: 'higher', marks: [{ on: 'ratio', at: 0.5 }] }],
  async open(smoke) {
    const count = smoke ? 50 : 2_000;
    const parts = await openParts(runFolder());
    const receiver = fork(fileURLToPath(new URL('./webhook-receiver.ts', import.meta.url)), {
      execArgv: process.execArgv,
    });
    const [{ port }] = (await once(receiver, 'message')) as [ReceiverListens];
    await fill(parts, count, `http://127.0.0.1:${port}/in`);
    return {
      ours: async () => [await perSecond(count, () => delivered(parts, receiver, count))],
      baseline: async () => [await perSecond(count, () => posted(port, count))],
      async close() {
        receiver.kill();
        await parts.close();
      },
    };
  },
};

/** A webhook, and after it a fact of each of so many providers. */
async function fill({ dependencies, caughtUp }: Parts, count: number, url: string): Promise<void> {
  const { streams } = dependencies;
  const by = sagaCause('webhook', 'bench', 'webhook');
  await streams.change(webhooks, 'webhook', by, () => [{ type: 'WebhookSubscribed', organization, url, types: [] }]);
  await inFlight(64, count, (index) => {
    const id = providerIdOf(index);
    return streams.change(providers, id, sagaCause(id, 'bench', id), () => [requested(organization)]);
  });
  await caughtUp();
}

/** Delivers everything from where the webhook was subscribed, as after a start that knows nothing of earlier ones. */
async function delivered({ dependencies }: Parts, receiver: ChildProcess, count: number): Promise<void> {
  const db = openDeliveriesFile(runFolder());
  const deliveries = openDeliveries(db);
  const sender = openSender({ targets: openTargets(['127.0.0.0/8']) });
  const attempt = openAttempts({ ...dependencies, deliveries, sender });
  const log = openLog({ level: 'silent' });
  receiver.send(count satisfies ReceiverAsked);
  const running = startDelivery({
    ...{ ...dependencies, attempt, notices: { topics: [], attempt }, places: openPlaces(db), log, clock: systemClock },
    ...{ mayAct: () => true, random: Math.random, lastHead: () => undefined },
  });
  await once(receiver, 'message');
  await running.stop();
  db.close();
}

/** Bytes of about the length of a fact as a webhook is told it. */
const body = JSON.stringify({ type: 'ProviderRequested', text: 'x'.repeat(800) });

const posted = (port: number, count: number): Promise<void> =>
  inFlight(
    atOnce,
    count,
    () =>
      new Promise<void>((resolve, reject) => {
        const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
        const post = request({ host: '127.0.0.1', port, path: '/in', method: 'POST', agent: false, headers });
        post.on('error', reject);
        post.on('response', (answer) => answer.resume().on('close', resolve));
        post.end(body);
      }),
  );
