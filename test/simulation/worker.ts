import { ChangePayerHandler } from '../../src/application/commands/change-payer.js';
import { ChangeProviderHandler } from '../../src/application/commands/change-provider.js';
import { ReportOrganizationHandler } from '../../src/application/commands/report-organization.js';
import { RequestProviderHandler } from '../../src/application/commands/request-provider.js';
import { RevealCredentialsHandler } from '../../src/application/commands/reveal-credentials.js';
import type { Dependencies } from '../../src/application/dependencies.js';
import { systemClock } from '../../src/application/ports/clock.js';
import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import type { ReadModels } from '../../src/application/ports/read-models.js';
import { PresentDelays } from '../../src/application/processes/present-delays.js';
import { type Provisioning, startProvisioning } from '../../src/application/provisioning/provisioning.js';
import { DecideQuarantineHandler } from '../../src/application/quarantine/quarantine-commands.js';
import { openStreams, type Streams } from '../../src/application/streams/streams.js';
import { openEnsures } from '../../src/infrastructure/aws/ensures.js';
import type { Lease } from '../../src/infrastructure/event-store/lease.js';
import { openMetrics } from '../../src/infrastructure/metrics/registry.js';
import type { ReadModelFiles } from '../../src/projections/read-model-table.js';
import { startReadModels } from '../../src/projections/read-models.js';
import { noSessions } from '../support/no-sessions.js';
import { type Elsewhere, type Mortal, storeBehind, vaultBehind } from './border.js';
import { leaseOf } from './lease.js';
import { throughOlderEyes } from './unreadable.js';
import { within } from './virtual-time.js';
import { openFiles, type WorkerParts } from './worker-parts.js';

const atOnce = 32;
const stopWithinMs = 60_000;
/** How far a clock may be from the true time, ahead or behind. */
export const clockApartMs = 120_000;

/** The commands that people and services send. */
export interface Commands {
  readonly report: ReportOrganizationHandler;
  readonly request: RequestProviderHandler;
  readonly change: ChangeProviderHandler;
  readonly payer: ChangePayerHandler;
  readonly reveal: RevealCredentialsHandler;
  readonly quarantine: DecideQuarantineHandler;
}

export class Worker implements Mortal {
  over = false;
  /** When it began its work; milliseconds. */
  readonly startedAt: number;
  readonly clockAheadMs: number;
  readonly #files: ReturnType<typeof openFiles>;
  readonly #dependencies: Dependencies;
  readonly #ending = new AbortController();
  readonly #appendedElsewhere: (events: readonly RecordedEvent[]) => void;
  readonly #commands: Commands;
  #provisioning: Provisioning | undefined;
  #lease: Lease | undefined;

  /** Starts working; throws when the files cannot be opened. */
  constructor(
    readonly name: string,
    private readonly on: WorkerParts,
  ) {
    this.startedAt = on.time.now;
    this.clockAheadMs = on.troubles.strike('clock apart', name) ? on.chance.between(-clockApartMs, clockApartMs) : 0;
    this.#files = openFiles(on, this);
    this.#dependencies = within(this, () => this.#open());
    this.#appendedElsewhere = (events) => within(this, () => this.#provisioning?.appended(events));
    this.#commands = commandsOn(this.#dependencies);
  }

  /** What its queries read. */
  get reads(): ReadModels {
    return this.#dependencies.readModels;
  }

  /** The rows of that. */
  get readModels(): ReadModelFiles {
    return this.#files.readModels;
  }

  die(): void {
    this.over = true;
  }

  /** What a subscription would tell it. */
  hear(events: readonly RecordedEvent[]): void {
    if (!this.over) this.#appendedElsewhere(events);
  }

  /** Has it carry out a command; never answers if it dies over it. */
  ask<T>(work: (commands: Commands) => Promise<T>): Promise<T> {
    return within(this, () => work(this.#commands));
  }

  /** Asks it to stop, as SIGTERM does, and kills it when that takes too long. */
  async stop(): Promise<void> {
    const { time } = this.on;
    const stopped = within(this, async () => {
      await this.#provisioning?.stop();
      await this.#lease?.close();
      this.#ending.abort();
    });
    await Promise.race([stopped, time.sleep(stopWithinMs)]);
    this.die();
  }

  /** Closes what the operating system would close. */
  async bury(): Promise<void> {
    const { store, vault, readModels, access } = this.#files;
    await store.close();
    for (const opened of [vault, readModels, access]) opened.close();
  }

  #open(): Dependencies {
    const { on } = this;
    const { store, vault, readModels: files, access, aws } = this.#files;
    let streams: Streams | undefined;
    const heard: Elsewhere['heard'] = (events) => streams?.heard(events);
    const port = storeBehind(on, this, throughOlderEyes(store, on.unreadable), { news: () => on.news(this), heard });
    const guarded = vaultBehind(on, this, vault);
    const readModels = startReadModels(port, files, this.#ending.signal, { log: on.log });
    const appended = (events: readonly RecordedEvent[]): void => {
      if (!on.troubles.strike('wake signal dropped', this.name)) this.#provisioning?.appended(events);
      on.appended(this, events);
    };
    streams = openStreams(port, systemClock, appended);
    const { settings, terms } = on;
    const presentDelays = new PresentDelays();
    const nudge = (providerId: string): void => this.#provisioning?.nudge(providerId);
    const dependencies = {
      streams,
      store: port,
      readModels,
      vault: guarded,
      terms,
      settings,
      nudge,
      ...fixed,
      presentDelays,
    };
    const alone = on.alone ? { aloneSince: on.time.now + this.clockAheadMs } : {};
    const ensures = on.adjust(openEnsures({ access, settings: aws, vault: guarded, ...alone }), this);
    const from = store.head();
    const parts = {
      ...dependencies,
      ensures,
      log: on.log,
      from,
      random: () => Math.random(),
      atOnce,
      mayAct: on.leaseLog ? () => this.#lease?.mayAct() ?? false : () => true,
    };
    const begin = async (): Promise<void> => {
      if (on.leaseLog) this.#lease = await leaseOf({ ...on, leaseLog: on.leaseLog }, this);
      while (from !== undefined && !(await readModels.waitFor(from, 250)));
      this.#provisioning = startProvisioning(parts);
    };
    void begin();
    return dependencies;
  }
}

/** One registry for all workers of all runs: what Node says of its process is watched for as long as the process lives. */
const fixed = {
  metrics: openMetrics(),
  formerLogs: new Set<string>(),
  clock: systemClock,
  accountStates: { look: async () => undefined },
  accountSessions: noSessions,
};

const commandsOn = (on: Dependencies): Commands => ({
  report: new ReportOrganizationHandler(on),
  request: new RequestProviderHandler(on),
  change: new ChangeProviderHandler(on),
  payer: new ChangePayerHandler(on),
  reveal: new RevealCredentialsHandler(on),
  quarantine: new DecideQuarantineHandler(on),
});
