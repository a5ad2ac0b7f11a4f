/** The one subscription of this process that stays open: what is appended now, checked once and handed to all who follow. */
import { setTimeout as pause } from 'node:timers/promises';
import { UnknownPosition } from '../../../application/ports/event-store-errors.js';
import { type AppendSignal, openAppendSignal } from '../append-signal.js';
import type { Entry } from './checked-log.js';
import type { Connection } from './connection.js';
import { type Tailing, tailOnce } from './tail-subscription.js';
import type { Found } from './wire.js';

export interface TailEntry {
  readonly commit: bigint;
  readonly entry: Entry;
}

/** `after` is where it begins. */
export interface TailParts extends Pick<Tailing, 'names' | 'after' | 'read'> {
  readonly connection: Connection;
  readonly check: (found: readonly Found[]) => Promise<readonly Entry[]>;
  /** The place of the last event of the whole log. */
  readonly logEnd: () => Promise<bigint>;
  /** The place of the last event of ours, as far as it is among the last of all. */
  readonly lastOfOurs: () => Promise<bigint>;
  /** After how long a silence the server is asked whether there is nothing to say. */
  readonly silenceMs: number;
}

/** How far a reader may be behind without reading the log for itself, at least. */
const mostKept = 2_000;
const firstPauseMs = 50;
const longestPauseMs = 2_000;

export class LogTail {
  readonly appended: AppendSignal = openAppendSignal();
  readonly #closing = new AbortController();
  readonly #kept: TailEntry[] = [];
  /** Everything that came after it is kept. */
  #floor: bigint;
  /** Everything up to it has been looked at; it never moves back. */
  #reached: bigint;
  #lost: UnknownPosition | undefined;
  #heardAt = performance.now();
  /** Since when a question about the silence has not been answered. */
  #askedAt: number | undefined;
  /** What the server holds though nobody has said so. */
  #untold = 0n;
  #missed = new AbortController();
  readonly #running: Promise<void>;

  constructor(readonly parts: TailParts) {
    this.#floor = parts.after;
    this.#reached = parts.after;
    this.#running = Promise.all([this.#run(), this.#watch()]).then(() => undefined);
  }

  /** For how many milliseconds nothing has been heard that should have been. */
  unheardMs(): number {
    return this.#askedAt === undefined ? 0 : performance.now() - this.#askedAt;
  }

  /** What came after a place; `undefined` when that is too long ago to be kept. Throws when the log is shorter than it was. */
  after(from: bigint): readonly TailEntry[] | undefined {
    if (this.#lost) throw this.#lost;
    if (from < this.#floor) return undefined;
    return this.#kept.slice(this.#kept.findLastIndex(({ commit }) => commit <= from) + 1);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.appended.give();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    for (let pauseMs = firstPauseMs; !signal.aborted; ) {
      const before = this.#reached;
      await this.#once().catch((error: unknown) => {
        if (error instanceof UnknownPosition) this.#lost = error;
        this.appended.give();
      });
      pauseMs = this.#reached > before ? firstPauseMs : Math.min(2 * pauseMs, longestPauseMs);
      await pause(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Follows until the client is replaced, the subscription fails, or it is closed. */
  async #once(): Promise<void> {
    const { connection } = this.parts;
    await this.#requireReached();
    this.#missed = new AbortController();
    const signal = AbortSignal.any([this.#closing.signal, this.#missed.signal, connection.replaced()]);
    const take = async (found: readonly Found[]): Promise<void> => this.#keep(found, await this.parts.check(found));
    const lookedUpTo = (commit: bigint): void => {
      if (commit > this.#reached) this.#reached = commit;
      this.#heard();
    };
    await tailOnce(connection.client(), { ...this.parts, after: this.#reached, take, lookedUpTo, signal });
  }

  #heard(): void {
    this.#heardAt = performance.now();
    this.#askedAt = undefined;
  }

  /** A server that hangs is silent, and so is a log to which nobody appends: after a while of silence it is asked. */
  async #watch(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const quietMs = performance.now() - this.#heardAt;
      if (quietMs >= this.parts.silenceMs) await this.#ask();
      await pause(Math.max(firstPauseMs, this.parts.silenceMs - quietMs), undefined, { signal }).catch(() => undefined);
    }
  }

  /** The question itself replaces a client that does not answer; what is there twice and was not told is read by a new subscription. */
  async #ask(): Promise<void> {
    this.#askedAt ??= performance.now();
    try {
      const last = await this.parts.lastOfOurs();
      if (last <= this.#reached) return this.#heard();
      if (last === this.#untold) this.#missed.abort();
      this.#untold = last;
    } catch {
      // Why it cannot be read now is told by the store's health.
    }
  }

  /** The server takes a place beyond the end without a word, and whatever comes up to it would be skipped. */
  async #requireReached(): Promise<void> {
    if ((await this.parts.logEnd()) < this.#reached)
      throw new UnknownPosition('the log is shorter than it was; it was restored from an older backup, or exchanged');
    this.#lost = undefined;
  }

  #keep(found: readonly Found[], entries: readonly Entry[]): void {
    this.#heard();
    // A subscription that was replaced while it checked what had come may tell it after the new one has.
    const kept = entries.map((entry, i) => ({ commit: found[i]?.commit ?? 0n, entry }));
    this.#kept.push(...kept.filter(({ commit }) => commit > this.#reached));
    const last = found.at(-1)?.commit ?? 0n;
    if (last > this.#reached) this.#reached = last;
    if (this.#kept.length > 2 * mostKept) {
      const dropped = this.#kept.splice(0, this.#kept.length - mostKept);
      this.#floor = dropped.at(-1)?.commit ?? this.#floor;
    }
    this.appended.give();
  }
}
