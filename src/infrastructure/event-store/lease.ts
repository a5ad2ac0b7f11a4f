/**
 * Which of several processes acts: whoever appended last to one stream, as long as it goes on appending. It narrows, and does not
 * fence: no condition spans this stream and another, so revisions and ensures protect, and this saves calls. No clock of one
 * machine is compared with another's.
 */
import { randomUUID } from 'node:crypto';
import { type LeaseEvent, LeaseMoved, type LeaseStream } from './lease-stream.js';

export interface LeaseTimes {
  readonly renewMs: number;
  /** A rival takes it over when it has seen nothing new for so long, on its own clock. */
  readonly takeAfterMs: number;
  /** Its holder stops acting so long after it sent the last renewal that was answered. */
  readonly actMs: number;
}

/**
 * The times of a lease that is taken over after so many seconds. Thirty are usual: a leader that is killed is replaced within six seconds
 * and one that hangs within eighteen, and neither shall change the holder.
 */
export const leaseTimes = (seconds: number): LeaseTimes => ({
  renewMs: (seconds * 1_000) / 6,
  takeAfterMs: seconds * 1_000,
  actMs: (seconds * 2_000) / 3,
});

export interface Lease {
  /** Whether this process may act now; to be asked before and after each call. */
  mayAct(): boolean;
  /** Gives it up, so that another may take it at once. */
  close(): Promise<void>;
}

export interface LeaseParts {
  readonly stream: LeaseStream;
  readonly times: LeaseTimes;
  /** Hears when this process has begun or ceased to be the holder. */
  readonly changed: (held: boolean) => void;
  /** Milliseconds of a clock that nobody sets. */
  readonly now?: () => number;
}

/** Resolves once it is known who holds it. */
export async function openLease(parts: LeaseParts): Promise<Lease> {
  const lease = new StreamLease(parts);
  await lease.step();
  lease.run();
  return lease;
}

/** What was sent and is not answered yet. */
interface Pending {
  readonly id: string;
  readonly type: LeaseEvent;
  readonly sentAt: number;
}

class StreamLease implements Lease {
  readonly #closing = new AbortController();
  readonly #now: () => number;
  #revision = -1;
  #held = false;
  #pending: Pending | undefined;
  /** When the last renewal that was answered was sent, and when the stream was last seen to have moved. */
  #sentAt = Number.NEGATIVE_INFINITY;
  #movedAt: number;
  #timer: NodeJS.Timeout | undefined;
  #stepping: Promise<void> = Promise.resolve();

  constructor(readonly parts: LeaseParts) {
    this.#now = parts.now ?? (() => performance.now());
    this.#movedAt = this.#now();
  }

  mayAct(): boolean {
    return this.#held && this.#now() - this.#sentAt < this.parts.times.actMs;
  }

  run(): void {
    this.#timer = setInterval(() => {
      this.#stepping = this.#stepping.then(() => this.step());
    }, this.parts.times.renewMs).unref();
  }

  /** Renews what is held, or looks whether it can be taken. What fails is tried again at the next step. */
  async step(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    try {
      if (this.#pending) await this.#send(this.#pending);
      else if (this.#held) await this.#append('LeaseRenewed');
      else if (await this.#isFree()) await this.#append('LeaseTaken');
    } catch (error) {
      if (error instanceof LeaseMoved) this.#lost(error.revision);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#stepping;
    this.#closing.abort();
    if (this.mayAct()) await this.#append('LeaseGivenUp').catch(() => undefined);
    this.#hold(false);
  }

  async #isFree(): Promise<boolean> {
    const last = await this.parts.stream.last();
    const revision = last?.revision ?? -1;
    if (revision !== this.#revision) this.#movedAt = this.#now();
    this.#revision = revision;
    if (!last || last.type === 'LeaseGivenUp') return true;
    return this.#now() - this.#movedAt > this.parts.times.takeAfterMs;
  }

  #append(type: LeaseEvent): Promise<void> {
    return this.#send({ id: randomUUID(), type, sentAt: this.#now() });
  }

  /** The same event is sent until it is answered, so that one that was stored is not taken for another's. */
  async #send(pending: Pending): Promise<void> {
    this.#pending = pending;
    this.#revision = await this.parts.stream.append(this.#revision, pending.type, pending.id);
    this.#pending = undefined;
    // A rival counts from when it was stored, which may have been at the first try.
    this.#sentAt = pending.sentAt;
    this.#hold(pending.type !== 'LeaseGivenUp');
  }

  #lost(revision: number): void {
    this.#pending = undefined;
    this.#revision = revision;
    this.#movedAt = this.#now();
    this.#hold(false);
  }

  #hold(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    this.parts.changed(held);
  }
}
