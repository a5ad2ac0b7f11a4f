/** The step that only looks whether somebody else has acted: seldom where it has been owed for long, and never all at once. */
import pLimit, { type LimitFunction } from 'p-limit';
import type { Clock } from '../ports/clock.js';
import { LookPace } from './look-pace.js';
import type { Watch } from './process.js';
import { Sleepers } from './sleepers.js';
import { sweepMs } from './sweep.js';

interface WatchParts {
  readonly clock: Clock;
  readonly random: () => number;
  readonly atOnce: number;
}

/** A task that has nothing to do for so long is forgotten, and found again by a sweep. */
const longRestMs = 2 * sweepMs;

export class Watching {
  /** Apart from those of the steps that do something, which must not wait for who only looks. */
  readonly semaphore: LimitFunction;
  readonly #sleepers = new Sleepers();
  readonly #pace: LookPace;

  constructor(
    private readonly on: WatchParts,
    private readonly watch: Watch<string> | undefined,
  ) {
    this.semaphore = pLimit(on.atOnce);
    this.#pace = new LookPace(watch?.looksPerSecond ?? 1);
  }

  isFor(step: string): boolean {
    return step === this.watch?.step;
  }

  /** Takes the next moment at which a look may begin, and answers with the milliseconds until then. */
  turnMs(): number {
    return this.#pace.take(this.on.clock.now());
  }

  /** Puts to sleep who need not be looked at for so many milliseconds, if that is long; `since` is when the step became owed. */
  sleeps(id: string, since: string, waitMs: number): boolean {
    if (waitMs < longRestMs) return false;
    this.#sleepers.put(id, since, this.on.clock.now() + waitMs);
    return true;
  }

  /** Milliseconds until the moment of a look, now taken; `undefined` for whoever may wait for the next sweep. */
  due(id: string, since: string): number | undefined {
    const now = this.on.clock.now();
    const until = this.#sleepers.until(id, since) ?? this.#fallAsleep(id, since, now);
    if (until > now + sweepMs || this.#pace.backlogMs(now) > sweepMs) return undefined;
    return this.#pace.take(now);
  }

  wake(id: string): void {
    this.#sleepers.wake(id);
  }

  /** After a start, looks begin at moments of their own, or spread over the time that may pass between two of them. */
  #fallAsleep(id: string, since: string, now: number): number {
    const age = Math.max(0, now - Date.parse(since));
    const rest = this.watch?.firstRestMs?.(id, now) ?? this.on.random() * (this.watch?.restMs(age) ?? 0);
    const until = now + rest;
    this.#sleepers.put(id, since, until);
    return until;
  }
}
