/**
 * Which of several processes acts: whoever appended last to one stream, as long as it goes on appending. It narrows, and does not
 * fence: no condition spans this stream and another, so revisions and ensures protect, and this saves calls. No clock of one
 * machine is compared with another's.
 */
import { randomUUID } from 'node:crypto';
import { binaryEvent, NO_STREAM } from '@eventstore/db-client';
import { actualRevision, failureKind } from './failures.js';
import type { PatientCalls } from './patient-calls.js';
import { streamEnd } from './server-reads.js';

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

type LeaseEvent = 'LeaseTaken' | 'LeaseRenewed' | 'LeaseGivenUp';

interface LeaseParts {
  readonly calls: PatientCalls;
  readonly stream: string;
  readonly times: LeaseTimes;
  /** Hears when this process has begun or ceased to be the holder. */
  readonly changed: (held: boolean) => void;
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
  readonly event: ReturnType<typeof binaryEvent>;
  /** Whether this process holds the lease once it is stored. */
  readonly held: boolean;
  readonly sentAt: number;
}

class StreamLease implements Lease {
  readonly #closing = new AbortController();
  #revision = -1;
  #held = false;
  #pending: Pending | undefined;
  /** When the last renewal that was answered was sent, and when the stream was last seen to have moved. */
  #sentAt = Number.NEGATIVE_INFINITY;
  #movedAt = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #stepping: Promise<void> = Promise.resolve();

  constructor(readonly parts: LeaseParts) {}

  mayAct(): boolean {
    return this.#held && performance.now() - this.#sentAt < this.parts.times.actMs;
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
      if (failureKind(error) === 'conflict') this.#lost(actualRevision(error));
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
    const { calls, stream, times } = this.parts;
    const [last] = await calls.ask((client, now) => streamEnd(client, stream, 1, now));
    const revision = last ? Number(last.revision) : -1;
    if (revision !== this.#revision) this.#movedAt = performance.now();
    this.#revision = revision;
    if (!last || last.type === 'LeaseGivenUp') return true;
    return performance.now() - this.#movedAt > times.takeAfterMs;
  }

  #append(type: LeaseEvent): Promise<void> {
    const event = binaryEvent({ id: randomUUID(), type, data: Buffer.from('{}') });
    return this.#send({ event, held: type !== 'LeaseGivenUp', sentAt: performance.now() });
  }

  /** The same event is sent until it is answered, so that one that was stored is not taken for another's. */
  async #send(pending: Pending): Promise<void> {
    const { calls, stream } = this.parts;
    this.#pending = pending;
    const expectedRevision = this.#revision < 0 ? NO_STREAM : BigInt(this.#revision);
    const options = { expectedRevision, requiresLeader: true } as const;
    const append = calls.send((client) => client.appendToStream(stream, [pending.event], options));
    this.#revision = Number((await append).nextExpectedRevision);
    this.#pending = undefined;
    // A rival counts from when it was stored, which may have been at the first try.
    this.#sentAt = pending.sentAt;
    this.#hold(pending.held);
  }

  #lost(revision: number): void {
    this.#pending = undefined;
    this.#revision = revision;
    this.#movedAt = performance.now();
    this.#hold(false);
  }

  #hold(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    this.parts.changed(held);
  }
}
