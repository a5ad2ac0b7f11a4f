/** Where a live connection has its facts from: those of one provider, or all that its reader may see. */
import type { Dependencies } from '../../../application/dependencies.js';
import { type Between, pagesBetween } from '../../../application/history/change-feed.js';
import type { HistoryEntry } from '../../../application/history/history.js';
import type { Changes, Listener } from '../../../application/history/live-feed.js';
import { streamsAbout } from '../../../application/history/streams-about.js';
import type { Position } from '../../../application/ports/event-store.js';
import { type Past, pastOf } from './past.js';

export interface LiveSource {
  /** What happened so far. Throws where it cannot be read. */
  past(signal: AbortSignal): Promise<Past>;
  /** Tells the listener what happens from now on; answers with the way to stop. */
  listen(listener: Listener): () => void;
}

interface Parts extends Pick<Dependencies, 'store' | 'clock'> {
  readonly changes: Changes;
}

/** The facts of one provider after a position. */
export const ofProvider = (
  { changes, store, clock }: Parts,
  { providerId, after, seesAll }: { providerId: string; after: Position | undefined; seesAll: boolean },
): LiveSource => ({
  past: async () => pastOf(store, await streamsAbout(store, clock, providerId), after, seesAll),
  listen: (listener) => changes.listen(providerId, seesAll, listener),
});

/** Every fact after a position that the reader may see. */
export const ofAll = ({ changes, store }: Parts, { after, entryFor, turn }: Omit<Between, 'upTo'>): LiveSource => ({
  async past(signal) {
    const upTo = store.head();
    return { upTo: upTo ?? after, entries: oneByOne(pagesBetween(store, { after, upTo, entryFor, turn }, signal)) };
  },
  listen: (listener) =>
    changes.listenToAll((recorded) => {
      const entry = entryFor(recorded);
      if (entry) listener.receive(entry);
    }),
});

async function* oneByOne(pages: AsyncIterable<readonly HistoryEntry[]>): AsyncGenerator<HistoryEntry, void> {
  for await (const page of pages) yield* page;
}
