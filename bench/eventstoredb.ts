/**
 * The store on EventStoreDB against the bare client in the same run: single appends and commands with 64 under way, and a filtered
 * catch-up. On a real server where EVENTSTOREDB_URL names one; otherwise on our small one in a process of its own, which its unit says.
 */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { EventStore } from '../src/application/ports/event-store.js';
import { openEventStoreDb } from '../src/infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { type BareClient, openBareClient } from './bare-eventstoredb.js';
import { type Benchmark, perSecond } from './benchmark.js';
import { openRenames } from './commands-64.js';
import { draft, fill, requested } from './events.js';
import { inFlight } from './in-flight.js';

const real = process.env.EVENTSTOREDB_URL;
const on = real ? '' : ' (small server)';
const atOnce = 64;
const least = (at: number) => ({ better: 'higher', marks: [{ on: 'ratio', at }] }) as const;

export const benchmark: Benchmark = {
  name: 'eventstoredb',
  rounds: 5,
  figures: [
    { unit: `appends/s, 64 at once${on}`, ...least(0.8) },
    { unit: `events/s, filtered catch-up${on}`, ...least(0.8) },
    { unit: `commands/s against appends/s${on}`, ...least(0.7) },
  ],
  async open(smoke) {
    const sizes = smoke ? { streams: 100, appends: 200 } : { streams: 1_000, appends: 20_000 };
    const server = real === undefined ? await startServer() : undefined;
    const address = real ?? server?.url ?? '';
    const prefix = `b${randomBytes(6).toString('hex')}`;
    const store = await openEventStoreDb({ address, prefix });
    const appends = await openOurs(store, sizes.streams);
    const bare = await openBare(address, store);
    const append = openBareAppends(bare, `bare${prefix}`, sizes.streams);
    const rename = await openRenames(store, (index) => `renamed-${index % sizes.streams}`);
    const rate = (work: () => Promise<unknown>) =>
      perSecond(sizes.appends, () => inFlight(atOnce, sizes.appends, work));
    const log = { store, bare, prefix: `${prefix}-` };
    return {
      ours: async () => [await rate(appends), await catchUp(log), await rate(rename)],
      async baseline() {
        const rateOfAppends = await rate(append);
        return [rateOfAppends, await bareCatchUp(log), rateOfAppends];
      },
      async close() {
        await bare.close();
        await store.close();
        server?.stop();
      },
    };
  },
};

async function startServer() {
  const child = fork(fileURLToPath(new URL('./small-server.ts', import.meta.url)));
  const [url] = (await once(child, 'message')) as [string];
  return { url, stop: () => void child.send('stop') };
}

/** Streams that are there already; the answer appends to them in turn. */
async function openOurs(store: EventStore, streams: number): Promise<() => Promise<unknown>> {
  const event = requested('acme');
  for (const kind of ['appended', 'renamed'])
    await fill(store, streams, (index) => ({ stream: `provider-${kind}-${index}`, event, at: Date.now() }));
  let appended = 0;
  return () => {
    const index = appended++;
    const stream = `provider-appended-${index % streams}`;
    return store.append(stream, Math.floor(index / streams), [draft(event, stream, Date.now())]);
  };
}

/** It writes the same bytes as we do for one event, in the same form, with an id of its own as the client makes it. */
async function openBare(address: string, store: EventStore): Promise<BareClient> {
  const [recorded] = await store.read('provider-appended-0');
  if (!recorded) throw new Error('The store has lost an event.');
  const { type: _, ...data } = recorded.event;
  const { correlationId, causationId } = recorded.metadata;
  const metadata = { ...recorded.metadata, $correlationId: correlationId, $causationId: causationId };
  // The client takes plain arrays of bytes for metadata as they are, and writes everything else anew.
  return openBareClient(address, Buffer.from(JSON.stringify(data)), new TextEncoder().encode(JSON.stringify(metadata)));
}

function openBareAppends(bare: BareClient, prefix: string, streams: number): () => Promise<unknown> {
  let appended = 0;
  return () => {
    const index = appended++;
    return bare.append(`${prefix}-${index % streams}`, Math.floor(index / streams) - 1);
  };
}

interface Log {
  readonly store: EventStore;
  readonly bare: BareClient;
  readonly prefix: string;
}

/** The log grows by what the others have appended, so that each is held to what is there. */
async function catchUp({ store }: Log): Promise<number> {
  const begun = performance.now();
  let seen = 0;
  for await (const { events, caughtUp } of store.follow(undefined, new AbortController().signal)) {
    seen += events.length;
    if (caughtUp) break;
  }
  return (seen * 1_000) / (performance.now() - begun);
}

async function bareCatchUp({ bare, prefix }: Log): Promise<number> {
  const begun = performance.now();
  const seen = await bare.follow(prefix);
  return (seen * 1_000) / (performance.now() - begun);
}
