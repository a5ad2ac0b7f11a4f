/** The queue and its order, kept while they hold: of what has changed only the providers concerned are read again. */
import type { ReadModels } from '../application/ports/read-models.js';
import { idIn } from '../application/streams/aggregates.js';
import type { Quarantine } from '../domain/quarantine.js';
import type { Queue, Waiting } from '../domain/queue/queue.js';
import { movesTheQueue } from '../domain/queue/queue-events.js';
import { lineUp, type Serving } from '../domain/queue/queue-positions.js';
import type { Compare, LogEntry } from './engine/projection.js';
import type { StoredShare } from './payer-load/load-reads.js';
import type { Arrived, StoredPlace } from './provider-status/due-reads.js';
import { openShares, type Shares } from './shares.js';

/** What the queue is read from; those who are set aside are left out. */
export interface QueueReads {
  waiting(): readonly Arrived[];
  /** One provider, whether it waits or not. */
  place(providerId: string): StoredPlace | undefined;
  share(organization: string): StoredShare;
}

interface Kept {
  readonly queue: Queue & { readonly waiting: readonly Arrived[] };
  readonly shares: Shares;
  /** The decisions about streams that it rests on, which no fold sees. */
  readonly under: Quarantine;
}

/** So many providers are read again one by one at most. */
const readOneByOne = 1_000;

/** Keeps what is read. A queue that was given out stays as it is. */
export function keepQueue(reads: QueueReads, decisions: () => Quarantine, compare: Compare) {
  let kept: Kept | undefined;
  const moved = new Set<string>();
  let line: { readonly of: Queue; readonly at: readonly Serving[]; readonly is: ReturnType<typeof lineUp> } | undefined;

  function queue(): Kept['queue'] {
    if (kept?.under !== decisions()) kept = readAll(reads, decisions(), compare);
    else if (moved.size > 0) kept = { ...kept, queue: movedOn(kept, reads, moved, compare) };
    moved.clear();
    return kept.queue;
  }

  return {
    queue,
    queueWith(waits: Waiting): Queue {
      const { waiting } = queue();
      const shares = kept?.shares ?? openShares(reads.share, compare);
      shares.read(new Set([waits.organization]));
      return { waiting: [...waiting, waits], share: shares.now() };
    },
    line(payers: readonly Serving[]) {
      const of = queue();
      if (line?.of !== of || line.at !== payers) line = { of, at: payers, is: lineUp(of, payers) };
      return line.is;
    },
    /** Hears what was taken into the rows that the queue is read from, or `undefined` where they were changed otherwise. */
    changed(entries: readonly LogEntry[] | undefined): void {
      if (entries && kept) for (const id of movedIn(entries)) moved.add(id);
      // Nobody has asked for long; then all is read at once.
      if (!entries || moved.size > readOneByOne) kept = undefined;
      if (!kept) moved.clear();
    },
  } satisfies Pick<ReadModels, 'queue' | 'queueWith' | 'line'> & Record<'changed', unknown>;
}

const movedIn = (entries: readonly LogEntry[]): readonly string[] =>
  entries.flatMap((entry) =>
    'event' in entry && movesTheQueue(entry.event) ? (idIn('provider', entry.stream) ?? []) : [],
  );

function readAll(reads: QueueReads, under: Quarantine, compare: Compare): Kept {
  const waiting = reads.waiting().toSorted((a, b) => byArrival(a, b, compare));
  const shares = openShares(reads.share, compare);
  shares.read(new Set(waiting.map(({ organization }) => organization)));
  return { queue: { waiting, share: shares.now() }, shares, under };
}

/** The queue after these providers have moved. */
function movedOn(
  { queue, shares }: Kept,
  reads: QueueReads,
  moved: ReadonlySet<string>,
  compare: Compare,
): Kept['queue'] {
  const places = [...moved].flatMap((id) => reads.place(id) ?? []);
  shares.read(new Set(places.map(({ organization }) => organization)));
  const waiting = queue.waiting.filter(({ providerId }) => !moved.has(providerId));
  for (const { waits } of places) if (waits) waiting.splice(indexFor(waiting, waits, compare), 0, waits);
  shares.keepOnly(new Set(waiting.map(({ organization }) => organization)));
  return { waiting, share: shares.now() };
}

/** Where somebody belongs in the order of arrival. */
function indexFor(waiting: readonly Arrived[], one: Arrived, compare: Compare): number {
  let [low, high] = [0, waiting.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = waiting[middle];
    if (other && byArrival(other, one, compare) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The order of the log, since clocks of several writers differ. Rows of a former version do not know where they came in; they
 * came before all that do, in the order of their times.
 */
function byArrival(a: Arrived, b: Arrived, compare: Compare): number {
  const [first, second] = [a.arrivedAt ?? undefined, b.arrivedAt ?? undefined];
  if (first !== undefined && second !== undefined) return compare(first, second);
  if (first !== undefined || second !== undefined) return first === undefined ? -1 : 1;
  const [ofA, ofB] = [`${a.since} ${a.providerId}`, `${b.since} ${b.providerId}`];
  return ofA < ofB ? -1 : ofA > ofB ? 1 : 0;
}
