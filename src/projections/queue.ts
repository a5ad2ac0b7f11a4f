/** The queue and its order, kept until something changes them: both are long to read and often asked for. */
import type { ReadModels } from '../application/ports/read-models.js';
import type { Quarantine } from '../domain/quarantine.js';
import type { Queue, Share, Waiting } from '../domain/queue/queue.js';
import { movesTheQueue } from '../domain/queue/queue-events.js';
import { lineUp, type Serving } from '../domain/queue/queue-positions.js';
import type { Compare, LogEntry } from './engine/projection.js';
import type { StoredShare } from './payer-load/load-reads.js';

/** Keeps what `read` answers. It rests on the decisions about streams too, which no fold sees. */
export function keepQueue(read: () => Queue, decisions: () => Quarantine) {
  let kept: { readonly queue: Queue; readonly under: Quarantine } | undefined;
  let line: { readonly of: Queue; readonly at: readonly Serving[]; readonly is: ReturnType<typeof lineUp> } | undefined;
  const reads: Pick<ReadModels, 'queue' | 'line'> = {
    queue() {
      if (kept?.under !== decisions()) kept = { queue: read(), under: decisions() };
      return kept.queue;
    },
    line(payers) {
      const queue = reads.queue();
      if (line?.of !== queue || line.at !== payers) line = { of: queue, at: payers, is: lineUp(queue, payers) };
      return line.is;
    },
  };
  return {
    ...reads,
    /** Hears what was taken into the rows that the queue is read from, or `undefined` where they were changed otherwise. */
    changed(entries: readonly LogEntry[] | undefined): void {
      if (!entries || entries.some((entry) => 'event' in entry && movesTheQueue(entry.event))) kept = undefined;
    },
  };
}

/** A queue of which nothing is read later: those who wait, and what their organizations have at this moment. */
export function queueOf(waiting: readonly Waiting[], share: (of: string) => StoredShare, compare: Compare): Queue {
  const organizations = [...new Set(waiting.map(({ organization }) => organization))];
  const stored = organizations.map((organization) => ({ organization, ...share(organization) }));
  const turns = stored.flatMap(({ lastTurn }) => lastTurn ?? []).sort(compare);
  const rankOf = new Map(turns.map((turn, n) => [turn, n + 1]));
  const shares = new Map<string, Share>(
    stored.map(({ organization, creating, lastTurn }) => [
      organization,
      { creating, lastTurn: lastTurn === null ? 0 : (rankOf.get(lastTurn) ?? 0) },
    ]),
  );
  return { waiting, share: (organization) => shares.get(organization) ?? { creating: 0, lastTurn: 0 } };
}
