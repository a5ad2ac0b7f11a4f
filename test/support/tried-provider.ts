/** One provider on the real steps and log, tried at times that the test chooses. */

import type { Clock } from '../../src/application/ports/clock.js';
import type { Ensures } from '../../src/application/ports/ensures.js';
import type { EventStore } from '../../src/application/ports/event-store.js';
import { attemptStep } from '../../src/application/processes/attempt.js';
import { PresentDelays } from '../../src/application/processes/present-delays.js';
import { providerProcess } from '../../src/application/provisioning/provider-process.js';
import { payers, providers, quarantines } from '../../src/application/streams/aggregates.js';
import { sagaCause } from '../../src/application/streams/causes.js';
import { decisionsId } from '../../src/application/streams/quarantined.js';
import { openStreams } from '../../src/application/streams/streams.js';
import type { PayerEvent } from '../../src/domain/payer.js';
import type { ProviderEvent } from '../../src/domain/provider/events.js';
import { openLog } from '../../src/infrastructure/logging/pino-log.js';

export interface TriedOn {
  readonly store: EventStore;
  readonly ensures: Ensures;
  /** The test's clock, in milliseconds. */
  readonly now: () => number;
}

const setAside = {
  type: 'StreamQuarantined',
  stream: 'payer-payer-1',
  fromRevision: 0,
  cause: 'It cannot be read.',
  reason: 'Nobody knows why.',
} as const;

/** Records what has happened to a provider so far, and opens a way to try the first step that it is owed. */
export async function triedProvider(
  { store, ensures, now }: TriedOn,
  providerId: string,
  before: readonly ProviderEvent[],
) {
  const clock: Clock = { now, wait: async () => undefined };
  const streams = openStreams(store, clock, () => undefined);
  let logged = '';
  const keep = (line: string): void => {
    logged += line;
  };
  const log = openLog({ level: 'info', destination: { write: keep } });
  for (const event of before)
    await streams.change(providers, providerId, sagaCause(providerId, 'test', event.type), () => [event]);
  let mayAct = true;
  const presentDelays = new PresentDelays();
  const parts = { streams, clock, log, random: () => 1, mayAct: () => mayAct, presentDelays };
  const process = providerProcess({ streams, ensures, log, readModels: { due: () => [] } });
  return {
    presentDelays,
    /** Says whether this process is the one that acts. */
    act(may: boolean): void {
      mayAct = may;
    },
    logged: () => logged,
    async attempt(tries = 0): Promise<number> {
      const { state } = await streams.load(providers, providerId);
      const [due] = process.owed(state);
      if (!due) throw new Error('Nothing is owed.');
      const attempt = { now: now(), signal: new AbortController().signal, tries };
      return attemptStep(parts, process, { id: providerId, state, owed: due }, attempt);
    },
    brake: (event: PayerEvent) =>
      streams.change(payers, 'payer-1', sagaCause('payer-1', 'test', event.type), () => [event]),
    setPayerAside: () =>
      streams.change(quarantines, decisionsId, sagaCause('payer-1', 'test', setAside.type), () => [setAside]),
    state: async () => (await streams.load(providers, providerId)).state,
    payer: async () => (await streams.load(payers, 'payer-1')).state,
    /** What has happened since. */
    facts: async () => (await store.read(`provider-${providerId}`)).slice(before.length).map(({ event }) => event),
  };
}
