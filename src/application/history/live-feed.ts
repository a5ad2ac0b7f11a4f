/** Live changes: one follower of the log serves every open connection, so that a connection costs a listener and no more. */

import { type Clock, systemClock } from '../ports/clock.js';
import type { EventStore, Page, PoisonedEvent, Position, RecordedEvent } from '../ports/event-store.js';
import { runFollower } from '../streams/follower.js';
import { entryOf, type HistoryEntry } from './history.js';
import { providerIn } from './streams-about.js';

/** Who hears of what happens. */
export interface Listener {
  receive(entry: HistoryEntry): void;
  /** Something came that cannot be read: what follows it must not be told as if nothing were missing. */
  unreadable(): void;
}

export interface Changes {
  /** Tells the listener of each new fact of this provider from now on. Answers with the way to stop. */
  listen(providerId: string, seesAll: boolean, listener: Listener): () => void;
  /** Calls the listener for whatever comes in the log from now on, readable or not. Answers with the way to stop. */
  listenToAll(listener: (recorded: RecordedEvent | PoisonedEvent) => void): () => void;
  /** Resolves when the follower has ended, after its signal aborted. */
  readonly ended: Promise<void>;
}

/** Those who listen to one provider: who sees all of it, and who sees what is not redacted. */
interface Listening {
  readonly all: Set<Listener>;
  readonly redacted: Set<Listener>;
}

/** An entry is made once for all who see the same of it. */
function tellAll(listeners: ReadonlySet<Listener>, recorded: RecordedEvent | PoisonedEvent, seesAll: boolean): void {
  if (listeners.size === 0) return;
  if ('poison' in recorded) {
    for (const listener of listeners) listener.unreadable();
    return;
  }
  const entry = entryOf(recorded, seesAll);
  if (entry) for (const listener of listeners) listener.receive(entry);
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
  const ofProviders = openListeners();
  const everything = openBroadcast<RecordedEvent | PoisonedEvent>();

  let after = from;

  function tell({ events }: Page): void {
    heard(events);
    for (const recorded of events) {
      after = recorded.position;
      everything.tell(recorded);
      ofProviders.tell(recorded);
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
    listen: ofProviders.listen,
    listenToAll: everything.listen,
    ended,
  };
}

/** Tells what comes to those who listen to the provider that it is about. */
function openListeners() {
  const listeners = new Map<string, Listening>();
  const listen: Changes['listen'] = (providerId, seesAll, listener) => {
    const listening = listeners.get(providerId) ?? { all: new Set(), redacted: new Set() };
    listeners.set(providerId, listening);
    const mine = seesAll ? listening.all : listening.redacted;
    mine.add(listener);
    return () => {
      if (!mine.delete(listener)) return;
      if (listening.all.size + listening.redacted.size === 0) listeners.delete(providerId);
    };
  };
  return {
    listen,
    tell(recorded: RecordedEvent | PoisonedEvent): void {
      const listening = listeners.get(providerIn(recorded.stream) ?? '');
      if (listening === undefined) return;
      tellAll(listening.all, recorded, true);
      tellAll(listening.redacted, recorded, false);
    },
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
