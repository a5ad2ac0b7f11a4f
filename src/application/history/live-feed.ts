/** Live changes: one follower of the log serves every open connection, so that a connection costs a listener and no more. */

import { type Clock, systemClock } from '../ports/clock.js';
import type { EventStore, Page, PoisonedEvent, Position, RecordedEvent } from '../ports/event-store.js';
import { runFollower } from '../streams/follower.js';
import { entryOf, type HistoryEntry } from './history.js';
import { providerIn } from './streams-about.js';

export type Listener = (entry: HistoryEntry) => void;

export interface Changes {
  /**
   * Calls the listener for each new fact of this provider from now on, and `unreadable` at one that cannot be read:
   * what follows it must not be told as if nothing were missing. Answers with the way to stop.
   */
  listen(providerId: string, seesAll: boolean, listener: Listener, unreadable: () => void): () => void;
  /** Calls the listener for whatever comes in the log from now on, readable or not. Answers with the way to stop. */
  listenToAll(listener: (recorded: RecordedEvent | PoisonedEvent) => void): () => void;
  /** Resolves when the follower has ended, after its signal aborted. */
  readonly ended: Promise<void>;
}

interface Listening {
  readonly seesAll: boolean;
  readonly listener: Listener;
  readonly unreadable: () => void;
}

function tellOne({ seesAll, listener, unreadable }: Listening, recorded: RecordedEvent | PoisonedEvent): void {
  if ('poison' in recorded) {
    unreadable();
    return;
  }
  const entry = entryOf(recorded, seesAll);
  if (entry) listener(entry);
}

/** Who else hears of the one follower: why the log cannot be read, and every event that comes by, whoever appended it. */
export interface Hearing {
  failed(error: unknown): void;
  heard(events: Page['events']): void;
}

/**
 * Follows the log from a position and tells the listeners of each provider. When the log cannot be read, `failed` hears
 * why, and after a pause it goes on where it stood, so that no listener misses a fact.
 */
export function openChanges(
  store: EventStore,
  from: Position | undefined,
  signal: AbortSignal,
  { failed, heard }: Hearing,
  clock: Clock = systemClock,
): Changes {
  const listeners = new Map<string, Set<Listening>>();
  const everything = openBroadcast<RecordedEvent | PoisonedEvent>();

  let after = from;

  function tell({ events }: Page): void {
    heard(events);
    for (const recorded of events) {
      after = recorded.position;
      everything.tell(recorded);
      for (const listening of listeners.get(providerIn(recorded.stream) ?? '') ?? []) tellOne(listening, recorded);
    }
  }

  const ended = runFollower(
    store,
    {
      checkpoint: () => after,
      take(page) {
        tell(page);
        return 'go-on';
      },
      failed(error) {
        failed(error);
        return 'go-on';
      },
    },
    { signal, clock },
  );

  return {
    listen(providerId, seesAll, listener, unreadable) {
      const mine = { seesAll, listener, unreadable };
      const all = listeners.get(providerId) ?? new Set();
      listeners.set(providerId, all.add(mine));
      return () => {
        all.delete(mine);
        if (all.size === 0) listeners.delete(providerId);
      };
    },
    listenToAll: everything.listen,
    ended,
  };
}

/** Tells whatever comes to all who listen. */
function openBroadcast<T>() {
  const listeners = new Set<(told: T) => void>();
  return {
    tell(told: T): void {
      for (const listener of listeners) listener(told);
    },
    listen(listener: (told: T) => void): () => void {
      // Each has a place of its own, also where two listen with the same function.
      const mine = (told: T): void => listener(told);
      listeners.add(mine);
      return () => void listeners.delete(mine);
    },
  };
}
