/** The keys that were read last, and how reading them goes: one read at a time, and after a failure later and later. */
import { createLocalJWKSet, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '../../application/ports/clock.js';
import type { Log } from '../../application/ports/log.js';
import type { KeySource } from './key-sources.js';

export interface KnownKeysParts {
  readonly source: KeySource;
  /** How long keys are used after they were last seen as published, while they cannot be read. */
  readonly lastKnownForMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

interface Known {
  readonly find: JWTVerifyGetKey;
  readonly readAt: number;
}

interface Trouble {
  readonly since: number;
  readonly failures: number;
  readonly nextAt: number;
  readonly cause: unknown;
}

export class KnownKeys {
  private known: Known | undefined;
  /** Why the last read failed; `undefined` when it did not. */
  trouble: Trouble | undefined;
  private reading: Promise<void> | undefined;

  constructor(private readonly parts: KnownKeysParts) {}

  /** The keys, unless they are too old to go on with. */
  usable(): Known | undefined {
    const { clock, lastKnownForMs } = this.parts;
    const tooOld = this.trouble && this.known && clock.now() - this.known.readAt >= lastKnownForMs;
    return tooOld ? undefined : this.known;
  }

  /** Reads the keys again where they may have changed. */
  async keepFresh(): Promise<void> {
    const { source, clock } = this.parts;
    const { known, trouble } = this;
    if (known && !trouble && (await source.stillGood(known.readAt, clock.now()))) return;
    await this.refresh();
  }

  /** Reads the keys again, unless it is too early for that. Waits where there is hope of an answer, or nothing to go on with. */
  async refresh(): Promise<void> {
    const { trouble } = this;
    if (trouble && this.parts.clock.now() < trouble.nextAt) return;
    const hopeful = !trouble || this.parts.source.restMs(trouble.failures) === 0;
    const done = this.read();
    if (hopeful || !this.usable()) await done;
  }

  /** Why the keys in use may be old, in words for an operator; `undefined` when they are as published. */
  degraded(): string | undefined {
    const { known, trouble } = this;
    if (!trouble) return undefined;
    const words = `${this.parts.source.words} since ${iso(trouble.since)}.`;
    if (!known) return `${words} No token can be checked.`;
    return `${words} Keys of ${iso(known.readAt)} are used until ${iso(known.readAt + this.parts.lastKnownForMs)}.`;
  }

  private read(): Promise<void> {
    this.reading ??= this.parts.source
      .read()
      .then((keys) => this.succeeded(createLocalJWKSet(keys)))
      .catch((cause: unknown) => this.failed(cause))
      .finally(() => {
        this.reading = undefined;
      });
    return this.reading;
  }

  private succeeded(find: JWTVerifyGetKey): void {
    this.known = { find, readAt: this.parts.clock.now() };
    if (this.trouble) this.parts.log.info({}, 'The keys of the identity provider can be read again.');
    this.trouble = undefined;
  }

  private failed(cause: unknown): void {
    const { source, clock, log } = this.parts;
    const now = clock.now();
    const failures = (this.trouble?.failures ?? 0) + 1;
    this.trouble = { since: this.trouble?.since ?? now, failures, nextAt: now + source.restMs(failures), cause };
    const facts = { cause: causeOf(cause), failures, keysReadAt: this.known && iso(this.known.readAt) };
    if (failures === 1) log.warn(facts, `${source.words}; those that were read last are used meanwhile.`);
    else log.info(facts, `${source.words} still.`);
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** Node's fetch says only that it failed; its cause says why. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message ? cause.message : error.message;
}
