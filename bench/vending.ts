/** The real saga against the real simulator in one process, on a clock that jumps: what is measured is waiting, not computing. */
import { join } from 'node:path';
import type { RecordedEvent } from '../src/application/ports/event-store.js';
import type { ReadModels } from '../src/application/ports/read-models.js';
import { PresentDelays } from '../src/application/processes/present-delays.js';
import { type Provisioning, startProvisioning } from '../src/application/provisioning/provisioning.js';
import { organizations, providers } from '../src/application/streams/aggregates.js';
import { sagaCause } from '../src/application/streams/causes.js';
import { openStreams, type Streams } from '../src/application/streams/streams.js';
import { openAwsAccess } from '../src/infrastructure/aws/calls/clients.js';
import { openEnsures } from '../src/infrastructure/aws/ensures.js';
import { openSqliteEventStore } from '../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openSqliteVault } from '../src/infrastructure/vault/sqlite-vault.js';
import { openReadModelFiles } from '../src/projections/read-model-table.js';
import { startReadModels } from '../src/projections/read-models.js';
import type { RecordedCall } from '../src/simulator/engine/calls.js';
import { instantLatencies } from '../src/simulator/engine/latencies.js';
import { inProcess } from '../src/simulator/engine/request-handler.js';
import { openSimulator } from '../src/simulator/simulator.js';
import { world } from '../src/simulator/world/world.js';
import { guardedWorld } from '../test/support/guarded-world.js';
import { facts, requested } from './events.js';
import { runFolder } from './folders.js';
import { providerIdOf } from './requested-log.js';
import { aws, settings, terms } from './settings.js';
import { openVirtualClock } from './virtual-clock.js';

/** How long the simulated AWS takes. */
export const stated = { createAccountMs: 30_000, servicesReadyMs: 60_000, callMs: 80 } as const;

/** As many attempts at once as the service allows itself. */
const atOnce = 32;

export type History = readonly RecordedEvent[];

/** What came of a run: every event, and every call to AWS with the moment at which it arrived there, in order. */
export interface Vended {
  readonly history: History;
  readonly calls: readonly RecordedCall[];
}

/** Looks at what the read models say, from time to time on the way. */
export interface Looking {
  readonly everyMs: number;
  look(readModels: ReadModels, now: number): void;
}

/** Requests so many providers, accepts their terms at one moment, and lets time pass until `done` says so of the history. */
export async function vend(count: number, done: (history: History) => boolean, looking?: Looking): Promise<Vended> {
  const folder = runFolder();
  const clock = openVirtualClock(Date.now());
  const stopping = new AbortController();
  const store = openSqliteEventStore({ file: join(folder, 'events.db') });
  const db = openReadModelFiles(join(folder, 'read-models'));
  const readModels = startReadModels(store, db, stopping.signal);
  const vault = openSqliteVault({ file: join(folder, 'vault.db'), key: new Uint8Array(32).fill(7) });
  const virtual = openVirtualAws(clock);
  const history: RecordedEvent[] = [];
  let provisioning: Provisioning | undefined;
  const finished = Promise.withResolvers<void>();
  const streams = openStreams(store, clock, (events) => {
    history.push(...events);
    provisioning?.appended(events);
    if (done(history)) finished.resolve();
  });
  await accept(streams, count);
  const ensures = openEnsures({ access: virtual.access, vault, settings: aws });
  provisioning = startProvisioning({
    ...{ store, streams, readModels, settings, terms, clock, ensures, atOnce },
    presentDelays: new PresentDelays(),
    mayAct: () => true,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    random: () => 0.5,
  });
  provisioning.appended(history);
  if (looking) void lookNow(looking, readModels, clock, stopping.signal);
  await clock.until(finished.promise);
  await clock.until(provisioning.stop());
  stopping.abort();
  await readModels.ended;
  await store.close();
  const calls = virtual.calls();
  for (const opened of [vault, db, virtual]) opened.close();
  return { history, calls };
}

async function lookNow(
  { everyMs, look }: Looking,
  readModels: ReadModels,
  clock: ReturnType<typeof openVirtualClock>,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    await clock.wait(everyMs, stop);
    if (!stop.aborted) look(readModels, clock.now());
  }
}

/** Requested and accepted providers of one organization each, as the commands record them. */
async function accept(streams: Streams, count: number): Promise<void> {
  const documents = terms.current('US').map(({ text, ...document }) => document);
  const by = (id: string) => sagaCause(id, 'bench', 'accepted');
  await streams.change(organizations, 'acme', by('acme'), () => [{ type: 'OrganizationRegistered', facts }]);
  for (let index = 0; index < count; index++) {
    const id = providerIdOf(index);
    const own = { rootEmail: `aws+${index}@vend.example`, accountName: `ctl-${index}` };
    await streams.change(providers, id, by(id), () => [{ ...requested('acme'), ...own }]);
    await streams.change(providers, id, by(id), () => [{ type: 'TermsAccepted', documents, organizationRevision: 0 }]);
  }
}

function openVirtualAws(clock: ReturnType<typeof openVirtualClock>) {
  const simulator = openSimulator({
    world: guardedWorld,
    file: ':memory:',
    latencies: { ...instantLatencies, ...stated },
  });
  const never = new AbortController().signal;
  const requestHandler = inProcess(simulator, clock.now, (ms) => clock.wait(ms, never));
  const access = openAwsAccess({ ...aws, requestHandler, credentials: world.key });
  return {
    access,
    calls(): readonly RecordedCall[] {
      const request = { method: 'GET', path: '/_simulator/calls', query: {}, headers: {}, body: Buffer.alloc(0) };
      return JSON.parse(simulator.handle(request, clock.now()).response.body);
    },
    close() {
      access.close();
      simulator.close();
    },
  };
}

/** When an event was recorded, in milliseconds since the epoch. */
export const recordedAt = ({ metadata }: RecordedEvent): number => Date.parse(metadata.recordedAt);
