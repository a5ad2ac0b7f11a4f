/** The queue and the order in it, kept until events come by that change them: both are long to read and often asked for. */
import type { ReadModels } from '../../application/ports/read-models.js';
import type { Quarantine } from '../../domain/quarantine.js';
import type { Queue } from '../../domain/queue/queue.js';
import { movesTheQueue } from '../../domain/queue/queue-events.js';
import { lineUp, type Serving } from '../../domain/queue/queue-positions.js';
import type { Projection } from '../engine/projection.js';

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
    /** The projection, with an ear for what changes the queue: it is read anew once those events are in the rows. */
    watching: (projection: Projection): Projection => ({
      ...projection,
      open(db) {
        const fold = projection.open(db);
        return (events) => {
          if (events.some(({ event }) => movesTheQueue(event))) kept = undefined;
          fold(events);
        };
      },
    }),
  };
}

/** A queue of which nothing is read later: those who wait, and what their organizations have at this moment. */
export function queueOf(waiting: Queue['waiting'], share: Queue['share']): Queue {
  const organizations = new Set(waiting.map(({ organization }) => organization));
  const shares = new Map([...organizations].map((organization) => [organization, share(organization)]));
  return { waiting, share: (organization) => shares.get(organization) ?? { creating: 0, lastTurn: 0 } };
}
