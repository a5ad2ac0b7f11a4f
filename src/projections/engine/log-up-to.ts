/** A log as it was at a position: what came later is not in it, and nothing more will come. */
import { once } from 'node:events';
import type { Position } from '../../application/ports/event-store.js';
import type { ReadableLog } from './read-model.js';

/** `progress` hears how many events have been followed. Throws UnknownPosition, from its first use on, for a position that is none. */
export function logUpTo(log: ReadableLog, upTo: Position, progress: (events: number) => void): ReadableLog {
  const isBy = ({ position }: { readonly position: Position }): boolean => log.compare(position, upTo) <= 0;
  return {
    ...log,
    read: async (...asked) => (await log.read(...asked)).filter(isBy),
    async *follow(after, signal) {
      let seen = 0;
      if (after === undefined || log.compare(after, upTo) < 0)
        for await (const page of log.follow(after, signal)) {
          const events = page.events.filter(isBy);
          seen += events.length;
          progress(seen);
          const isEnd = page.caughtUp || events.at(-1)?.position === upTo || events.length < page.events.length;
          yield { events, caughtUp: isEnd };
          if (isEnd) break;
        }
      else yield { events: [], caughtUp: true };
      if (!signal.aborted) await once(signal, 'abort');
    },
  };
}
