/** One worker: the service's own parts put together as in `src/service.ts`, but for HTTP, behind a border that may end it. */
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../src/application/clock.js';
import { ChangePayerHandler } from '../../src/application/commands/change-payer.js';
import { ChangeProviderHandler } from '../../src/application/commands/change-provider.js';
import { ReportOrganizationHandler } from '../../src/application/commands/report-organization.js';
import { RequestProviderHandler } from '../../src/application/commands/request-provider.js';
import { RevealCredentialsHandler } from '../../src/application/commands/use-credentials.js';
import { ConsoleUnavailable } from '../../src/application/console-sessions.js';
import type { Dependencies, Settings } from '../../src/application/dependencies.js';
import type { RecordedEvent } from '../../src/application/event-store.js';
import type { Log } from '../../src/application/log.js';
import { type Sagas, startSagas } from '../../src/application/sagas/runner.js';
import type { Ensures } from '../../src/application/steps.js';
import { openStreams } from '../../src/application/streams.js';
import type { Terms } from '../../src/application/terms.js';
import { openAwsAccess } from '../../src/infrastructure/aws/clients.js';
import { openEnsures } from '../../src/infrastructure/aws/ensures.js';
import type { AwsSettings } from '../../src/infrastructure/aws/settings.js';
import { openSqliteEventStore } from '../../src/infrastructure/event-store/sqlite-event-store.js';
import { openSqliteVault } from '../../src/infrastructure/vault/sqlite-vault.js';
import { openReadModelFile } from '../../src/projections/database.js';
import { startReadModels } from '../../src/projections/read-models.js';
import { type Mortal, storeBehind, vaultBehind } from './border.js';
import type { Disk } from './disk.js';
import { type NetworkParts, wireOf } from './network.js';
import { within } from './virtual-time.js';

export interface WorkerParts extends NetworkParts {
  readonly folder: string;
  readonly key: Uint8Array;
  readonly disk: Disk;
  readonly settings: Settings;
  readonly awsSettings: AwsSettings;
  readonly terms: Terms;
  readonly log: Log;
  /** Whether no other worker acts beside this one. */
  readonly alone: boolean;
  /** Hears that the log has grown, whether or not the worker will ever know. */
  readonly grown: () => void;
  /** Hears of what this worker knows to have appended. */
  readonly appended: (by: Worker, events: readonly RecordedEvent[]) => void;
  /** Resolves when somebody else has appended. */
  readonly news: (who: Worker) => Promise<void>;
  /** What else becomes of the steps: watched, or wrong on purpose. */
  readonly adjust: (ensures: Ensures, who: Worker) => Ensures;
}

const atOnce = 32;
const stopWithinMs = 60_000;

/** The commands that people and services send. */
export interface Commands {
  readonly report: ReportOrganizationHandler;
  readonly request: RequestProviderHandler;
  readonly change: ChangeProviderHandler;
  readonly payer: ChangePayerHandler;
  readonly reveal: RevealCredentialsHandler;
}

type Files = ReturnType<typeof openFiles>;

export class Worker implements Mortal {
  over = false;
  /** When it began its work; milliseconds. */
  readonly startedAt: number;
  readonly #files: Files;
  readonly #ending = new AbortController();
  readonly #appendedElsewhere: (events: readonly RecordedEvent[]) => void;
  readonly #commands: Commands;
  #sagas: Sagas | undefined;

  /** Starts working; throws when the files cannot be opened. */
  constructor(
    readonly name: string,
    private readonly on: WorkerParts,
  ) {
    this.startedAt = on.time.now;
    this.#files = openFiles(on, this);
    const dependencies = within(this, () => this.#open());
    this.#appendedElsewhere = (events) => within(this, () => this.#sagas?.appended(events));
    this.#commands = commandsOn(dependencies);
  }

  /** The rows that its queries read. */
  get readModels(): DatabaseSync {
    return this.#files.db;
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
      await this.#sagas?.stop();
      this.#ending.abort();
    });
    await Promise.race([stopped, time.sleep(stopWithinMs)]);
    this.die();
  }

  /** Closes what the operating system would close. */
  async bury(): Promise<void> {
    const { store, vault, db, access } = this.#files;
    await store.close();
    for (const opened of [vault, db, access]) opened.close();
  }

  #open(): Dependencies {
    const { on } = this;
    const { store, vault, db, access, aws } = this.#files;
    const port = storeBehind(on, this, store, () => on.news(this));
    const guarded = vaultBehind(on, this, vault);
    const readModels = startReadModels(port, db, this.#ending.signal, on.log);
    const heard = (events: readonly RecordedEvent[]): void => {
      if (!on.troubles.strike('doorbell dropped', this.name)) this.#sagas?.appended(events);
      on.appended(this, events);
    };
    const streams = openStreams(port, systemClock, heard);
    const { settings, terms } = on;
    const nudge = (providerId: string): void => this.#sagas?.nudge(providerId);
    const dependencies = { streams, store: port, readModels, vault: guarded, terms, settings, nudge, ...fixed };
    const alone = on.alone ? { aloneSince: on.time.now } : {};
    const ensures = on.adjust(openEnsures({ access, settings: aws, vault: guarded, ...alone }), this);
    const from = store.head();
    const parts = { ...dependencies, ensures, log: on.log, from, random: () => Math.random(), atOnce };
    const begin = async (): Promise<void> => {
      while (from !== undefined && !(await readModels.waitFor(from, 250)));
      this.#sagas = startSagas(parts);
    };
    void begin();
    return dependencies;
  }
}

const fixed = {
  clock: systemClock,
  consoleSessions: {
    open: async () => {
      throw new ConsoleUnavailable('Nobody opens the console in a simulation.');
    },
  },
};

function openFiles(on: WorkerParts, who: Worker) {
  const { folder, key, disk } = on;
  const commit = (db: DatabaseSync): void => commitOf(on, who, db);
  const store = openSqliteEventStore({ file: join(folder, 'events.db'), commit });
  const vault = openSqliteVault({ file: join(folder, 'vault.db'), key, opened: (db) => disk.holds(db) });
  const db = openReadModelFile(join(folder, `read-models-${who.name}.db`));
  disk.holds(db);
  const aws = { ...on.awsSettings, requestHandler: wireOf(on, who) as AwsSettings['requestHandler'] };
  return { store, vault, db, access: openAwsAccess(aws), aws };
}

/** Ends a transaction, or seems not to. A worker that is dead commits nothing more. */
function commitOf({ disk, troubles, grown }: WorkerParts, who: Worker, db: DatabaseSync): void {
  disk.holds(db);
  if (who.over) throw new Error('This worker is dead.');
  if (troubles.strike('commit failed', who.name)) throw new Error('disk I/O error');
  db.exec('COMMIT');
  grown();
  if (troubles.strike('commit lost', who.name)) throw new Error('disk I/O error after all was written');
}

const commandsOn = (on: Dependencies): Commands => ({
  report: new ReportOrganizationHandler(on),
  request: new RequestProviderHandler(on),
  change: new ChangeProviderHandler(on),
  payer: new ChangePayerHandler(on),
  reveal: new RevealCredentialsHandler(on),
});
