/** One run: a seed's world, its people and its troubles, from the first request until everybody has come to an end. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEvent } from '../../src/application/event-store.js';
import type { Log } from '../../src/application/log.js';
import { Attention } from './attention.js';
import { type AwsWorld, openAwsWorld } from './aws-world.js';
import { openChance } from './chance.js';
import { type Control, controlledEndpoint, controlledEnsures, emphases } from './controls.js';
import { Crew } from './crew.js';
import { Disk } from './disk.js';
import { checks, nothingLeaked, type Remains } from './invariants.js';
import { Observer } from './observer.js';
import { customer, newCustomer, operator, type Reach } from './people.js';
import { rebuiltDiffers } from './rebuilt.js';
import { secretsIn } from './secrets.js';
import { Slots } from './slots.js';
import { drawRates, openTroubles, type Trouble } from './troubles.js';
import { live, quiet, VirtualTime } from './virtual-time.js';
import { drawScene, terms } from './world.js';

export interface RunOptions {
  readonly seed: number;
  /** At most so many strokes of trouble; without it as many as the seed has. */
  readonly strokes?: number | undefined;
  readonly providers?: number | undefined;
  readonly workers?: number | undefined;
  readonly control?: Control | undefined;
}

export interface RunResult {
  readonly seed: number;
  /** What went wrong, in words; empty for a good run. */
  readonly violations: readonly string[];
  /** Everything that happened, a line each. */
  readonly trace: readonly string[];
  readonly events: readonly RecordedEvent[];
  readonly troubles: Readonly<Record<Trouble, number>>;
  readonly strokes: number;
  readonly workers: number;
  readonly accounts: number;
  /** Requests that reached AWS. */
  readonly calls: number;
  readonly virtualMs: number;
}

/** In memory where the system has such a folder: what a power cut would do is not simulated. */
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const begin = Date.UTC(2026, 10, 24, 9);
const hourMs = 3_600_000;
const minuteMs = 60_000;
/** Whatever has not ended so long after the troubles never will. */
const longestMs = 8 * hourMs;
/** Until the last zombie is dead. */
const lingerMs = 8 * minuteMs;

/** Runs a seed; the same options give the same run, event by event. */
export async function run(options: RunOptions): Promise<RunResult> {
  const folder = mkdtempSync(join(place, 'partner-cloud-simulation-'));
  try {
    return await new Run(options, folder).toTheEnd();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

class Run {
  readonly #time = new VirtualTime(begin);
  readonly #trace: string[] = [];
  readonly #log: string[] = [];
  readonly #violations: string[] = [];
  readonly #secrets = new Set<string>();
  readonly #disk = new Disk();
  readonly #attention = new Attention(this.#time);
  readonly #scene;
  readonly #troubles;
  readonly #aws: AwsWorld;
  readonly #observer: Observer;
  readonly #slots: Slots;
  readonly #people;
  readonly #crew: Crew;
  #calls = 0;
  #calmSince = Number.POSITIVE_INFINITY;

  constructor(
    private readonly options: RunOptions,
    private readonly folder: string,
  ) {
    const { seed, control, strokes = Number.POSITIVE_INFINITY } = options;
    const chance = (stream: number) => openChance(seed * 16 + stream);
    live(this.#time, chance(0));
    this.#scene = drawScene(chance(1), options.workers);
    const rates = drawRates(chance(5), control && emphases[control]);
    this.#troubles = openTroubles(chance(2), rates, strokes, (line) => this.#tell(line));
    this.#aws = openAwsWorld(this.#time, this.#scene.latencies);
    this.#observer = new Observer(folder);
    this.#slots = new Slots(this.#scene.settings.payers, (id) => this.#managementOf(id));
    const { settings, awsSettings, workers } = this.#scene;
    this.#people = Array.from({ length: options.providers ?? 3 }, (_, n) => newCustomer(n, settings.rootEmailPattern));
    const aws = this.#aws;
    this.#crew = new Crew(workers, {
      ...{ time: this.#time, chance: chance(3), troubles: this.#troubles, aws, folder, disk: this.#disk },
      ...{ settings, awsSettings, terms, key: new Uint8Array(32).fill(7), log: this.#logs(), alone: workers === 1 },
      endpoint: controlledEndpoint(control, aws, this.#people),
      arrived: (arrival) => {
        this.#calls += 1;
        for (const secret of secretsIn(arrival)) this.#secrets.add(secret);
        this.#violations.push(...this.#slotsOf(() => this.#slots.arrived(arrival, aws)));
      },
      tell: (line) => this.#tell(line),
      adjust: (ensures, who) => this.#attention.watch(controlledEnsures(control, ensures), who),
    });
  }

  async toTheEnd(): Promise<RunResult> {
    const { seed } = this.options;
    try {
      await this.#play(openChance(seed * 16 + 4));
    } catch (error) {
      this.#violations.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    const result = this.#result();
    await this.#crew.bury();
    await this.#observer.close();
    this.#aws.close();
    return result;
  }

  async #play(chance: ReturnType<typeof openChance>): Promise<void> {
    const { foreign, failures, chaosMs } = this.#scene;
    const [first] = this.#people;
    this.#aws.failCreations(failures);
    if (foreign && first)
      await this.#until(this.#aws.foreignAccount(this.#scene.awsSettings.payers[0]?.accountId ?? '', first.rootEmail));
    const reach = this.#reach(chance);
    const stories = Promise.all(this.#people.map((one, n) => customer(reach, one, n)));
    void operator(reach, () => this.#troubles.over);
    this.#time.after(chaosMs, () => this.#calm());
    if (this.#troubles.strike('disk full', 'for some minutes')) this.#fillDisk(chance.between(0, chaosMs));
    await this.#until(stories);
    // Those who ended early must outlive the troubles too.
    if (!this.#troubles.over) await this.#until(this.#time.sleep(begin + chaosMs - this.#time.now));
    await this.#until(this.#time.sleep(lingerMs));
    await this.#judge();
  }

  #reach(chance: ReturnType<typeof openChance>): Reach {
    return {
      ...{ time: this.#time, chance, observer: this.#observer, aws: this.#aws },
      workers: () => this.#crew.up(),
      hopeless: (providerId) => this.#hopeless(providerId),
      tell: (line) => this.#tell(line),
      violated: (what) => void this.#violations.push(what),
    };
  }

  /** Another's account has the first provider's e-mail, and it halts because of that. */
  #hopeless(providerId: string): boolean {
    const provider = this.#observer.provider(providerId);
    const mine = this.#scene.foreign && providerId === this.#people[0]?.providerId;
    return mine && provider.stage === 'halted' && provider.halt.reason === 'email-taken';
  }

  #fillDisk(afterMs: number): void {
    this.#time.after(afterMs, () => this.#disk.fill());
    this.#time.after(afterMs + 5 * minuteMs, () => this.#disk.makeRoom());
  }

  #calm(): void {
    this.#tell('calm');
    this.#troubles.end();
    this.#disk.makeRoom();
    this.#calmSince = this.#time.now;
  }

  /** Lets time pass until the promise is settled, and looks at everything in between. */
  async #until<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const end = (): void => {
      settled = true;
    };
    promise.then(end, end);
    for (;;) {
      await quiet();
      await this.#look();
      if (this.#violations.length > 0) throw new Error(this.#violations.pop());
      if (settled) return promise;
      if (this.#time.now > begin + this.#scene.chaosMs + longestMs)
        throw new Error(`It does not end: ${this.#stages()}`);
      if (!this.#time.pass()) throw new Error(`Nobody waits for anything, and it is not over: ${this.#stages()}`);
    }
  }

  async #look(): Promise<void> {
    await this.#crew.tidy();
    if (this.#crew.changed) {
      this.#crew.changed = false;
      for (const { stream, event } of await this.#observer.look()) this.#tell(`${stream} ${JSON.stringify(event)}`);
      this.#violations.push(...this.#slotsOf(() => this.#slots.held(this.#observer)));
    }
    const since = Math.max(this.#calmSince, this.#crew.completeSince());
    if (since > this.#time.now) return;
    const { payers } = this.#scene.settings;
    this.#violations.push(...this.#attention.neglected(this.#observer, payers, this.#crew.up(), since));
  }

  /** Two workers may each give away the last slot; with one the limit holds. */
  #slotsOf(look: () => readonly string[]): readonly string[] {
    return this.#scene.workers === 1 ? look() : [];
  }

  async #judge(): Promise<void> {
    const remains: Remains = {
      ...{ observer: this.#observer, aws: this.#aws, customers: this.#people },
      hopeless: (providerId) => this.#hopeless(providerId),
      managementOf: (payerId) => this.#managementOf(payerId),
    };
    for (const check of checks) this.#violations.push(...check(remains));
    this.#violations.push(...(await rebuiltDiffers(this.folder, this.#crew.up(), (work) => this.#until(work))));
    this.#violations.push(...nothingLeaked(this.folder, this.#log, this.#secrets));
  }

  #managementOf(payerId: string): string | undefined {
    return this.#scene.awsSettings.payers.find(({ id }) => id === payerId)?.accountId;
  }

  #logs(): Log {
    const say = (facts: Readonly<Record<string, unknown>>, words: string): void => {
      const line = `${words} ${JSON.stringify(facts)}`;
      this.#log.push(line);
      this.#tell(`log: ${line}`);
    };
    return { info: say, warn: say, error: say };
  }

  #tell(line: string): void {
    this.#trace.push(`${new Date(this.#time.now).toISOString().slice(11)} ${line}`);
  }

  #stages(): string {
    return this.#people
      .map(({ providerId, done }) => `${this.#observer.provider(providerId).stage}${done ? '' : ' (waited for)'}`)
      .join(', ');
  }

  #result(): RunResult {
    const counts = this.#troubles.counts;
    return {
      seed: this.options.seed,
      violations: this.#violations,
      trace: this.#trace,
      events: this.#observer.events,
      troubles: counts,
      strokes: Object.values(counts).reduce((sum, count) => sum + count, 0),
      workers: this.#scene.workers,
      accounts: this.#aws.accounts().filter(({ name }) => name.startsWith('ctl-')).length,
      calls: this.#calls,
      virtualMs: this.#time.now - begin,
    };
  }
}
