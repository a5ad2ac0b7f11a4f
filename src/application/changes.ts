/** Live changes: one follower of the log serves every open connection, so that a connection costs a listener and no more. */

import { idIn } from './aggregates.js';
import type { EventStore, Position } from './event-store.js';
import { entryOf, type HistoryEntry } from './history.js';

export type Listener = (entry: HistoryEntry) => void;

export interface Changes {
  /** Calls the listener for each new fact of this provider from now on; answers with the way to stop. */
  listen(providerId: string, seesAll: boolean, listener: Listener): () => void;
  /** Resolves when the follower has ended, after its signal aborted. */
  readonly ended: Promise<void>;
}

const streamKinds = ['provider', 'access', 'hardening'] as const;

/** The provider a stream is about, if it is about one. */
export function providerIn(stream: string): string | undefined {
  for (const kind of streamKinds) {
    const id = idIn(kind, stream);
    if (id !== undefined) return id;
  }
  return undefined;
}

/** Follows the log from a position and tells the listeners of each provider; `failed` hears why it ended early. */
export function openChanges(
  store: EventStore,
  from: Position | undefined,
  signal: AbortSignal,
  failed: (error: unknown) => void,
): Changes {
  const listeners = new Map<string, Set<{ seesAll: boolean; listener: Listener }>>();

  async function run(): Promise<void> {
    for await (const { events } of store.follow(from, signal)) {
      for (const recorded of events) {
        const providerId = providerIn(recorded.stream);
        if ('poison' in recorded || providerId === undefined) continue;
        for (const { seesAll, listener } of listeners.get(providerId) ?? []) {
          const entry = entryOf(recorded, seesAll);
          if (entry) listener(entry);
        }
      }
    }
  }

  return {
    listen(providerId, seesAll, listener) {
      const mine = { seesAll, listener };
      const all = listeners.get(providerId) ?? new Set();
      listeners.set(providerId, all.add(mine));
      return () => {
        all.delete(mine);
        if (all.size === 0) listeners.delete(providerId);
      };
    },
    ended: run().catch(failed),
  };
}
