/**
 * A durable follower of the log: it begins at its own checkpoint, takes in batch after batch, and after whatever goes wrong
 * begins at its checkpoint again. Where the checkpoint is kept is the follower's own affair.
 */
import { type Clock, systemClock } from '../ports/clock.js';
import type { EventStore, Page, PoisonedEvent, Position, RecordedEvent } from '../ports/event-store.js';

/** What becomes of a follower after a batch: it goes on, begins again at its checkpoint, or ends. */
export type Next = 'go-on' | 'begin-again' | 'end';

export interface Follower {
  /**
   * Answers where to begin (`undefined`: at the start of the log). It is asked again after each failure and each
   * `begin-again`. `beginAgain` may be called at any time, also while the follower waits for news.
   */
  checkpoint(beginAgain: () => void): Position | undefined | Promise<Position | undefined>;
  /**
   * Takes in one batch. Once this resolves, the checkpoint must hold the position of the batch's last event, or the
   * follower must not mind seeing the batch again.
   */
  take(page: Page): Next | Promise<Next>;
  /** Hears what was thrown; unless it answers `end`, the follower begins again after a pause. */
  failed(error: unknown): Exclude<Next, 'begin-again'>;
}

export interface FollowerOptions {
  /** Ends the follower, at once when it waits and after the batch that it is taking in. */
  readonly signal: AbortSignal;
  readonly clock?: Clock;
}

const pauseMs = 1_000;

/** Runs until the signal aborts, the log is closed or the follower ends itself. No append is missed, however long a batch takes. */
export async function runFollower(
  log: Pick<EventStore, 'follow'>,
  follower: Follower,
  { signal, clock = systemClock }: FollowerOptions,
): Promise<void> {
  while (!signal.aborted) {
    try {
      if ((await followOnce(log, follower, signal)) === 'end') return;
    } catch (error) {
      if (follower.failed(error) === 'end') return;
      await clock.wait(pauseMs, signal);
    }
  }
}

/** Follows from the checkpoint until something ends it. */
async function followOnce(log: Pick<EventStore, 'follow'>, follower: Follower, signal: AbortSignal): Promise<Next> {
  const again = new AbortController();
  const from = await follower.checkpoint(() => again.abort());
  for await (const page of log.follow(from, AbortSignal.any([signal, again.signal]))) {
    const next = await follower.take(page);
    if (next !== 'go-on') return next;
    if (again.signal.aborted) return 'begin-again';
  }
  return again.signal.aborted ? 'begin-again' : 'end';
}

type Entry = RecordedEvent | PoisonedEvent;

/** A batch up to the first event that stops it. */
export interface UpToPoison {
  readonly before: readonly Entry[];
  readonly poison: PoisonedEvent | undefined;
}

/** Cuts a batch at the first event that cannot be read and is one that matters; those that do not matter stay as they are. */
export function upToPoison(entries: readonly Entry[], matters: (poisoned: PoisonedEvent) => boolean): UpToPoison {
  const at = entries.findIndex((entry) => 'poison' in entry && matters(entry));
  if (at < 0) return { before: entries, poison: undefined };
  return { before: entries.slice(0, at), poison: entries[at] as PoisonedEvent };
}
