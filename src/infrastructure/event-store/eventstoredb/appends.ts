/** Appending to a stream: in turn within the process, chained to its end, sent until it is answered, and read back where in doubt. */
import { type EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
import { LRUCache } from 'lru-cache';
import { OutcomeUnknown, RevisionConflict, TooManyAppends } from '../../../application/ports/event-store-errors.js';
import { KeyedMutex } from '../../../application/streams/keyed-mutex.js';
import { noHash } from '../format/hash.js';
import { recordedAt } from '../format/metadata.js';
import { type ChainEnd, type ChainedEvent, chainedAfter, type NewAppend, repeatOf } from '../format/new-append.js';
import type { StoredFact } from '../format/recorded.js';
import { actualRevision, failureKind } from './failures.js';
import type { PatientCalls } from './patient-calls.js';
import type { RawReads } from './stream-reads.js';
import { bytesOf, type Found, type StreamNames, type WireEvent, wireEvent } from './wire.js';

/** More than the server takes in one append; it is refused before it is sent, because a refusal there ends a call that others share. */
export class AppendTooLarge extends Error {}

/** The server takes 1,048,576 bytes; the rest is room for what it adds. */
const mostBytes = 1_000_000;
/** More than are ever written in the time that a caller waits. */
const mostWaiting = 10_000;
/** As many streams as are likely to be appended to again soon. */
const remembered = 10_000;

/** An event that lies at a place of the log. */
export type PlacedAtServer = Extract<Found, { stored: StoredFact }>;

/** The same as it was sent just now; of a repeat that is not known. */
export type Appended = PlacedAtServer & { readonly wire?: WireEvent | undefined };

const beforeFirst: ChainEnd = { revision: -1, hash: noHash, recordedAt: 0 };

interface Parts {
  readonly calls: PatientCalls;
  readonly raw: RawReads;
  readonly names: StreamNames;
  readonly ends: LRUCache<string, ChainEnd>;
}

export function openAppends(given: Omit<Parts, 'ends'>) {
  const parts: Parts = { ...given, ends: new LRUCache({ max: remembered }) };
  const mutex = new KeyedMutex();
  let waiting = 0;
  return {
    async append(append: NewAppend): Promise<readonly Appended[]> {
      if (waiting >= mostWaiting) throw new TooManyAppends(`${waiting} appends wait to be written.`);
      waiting += 1;
      try {
        return await mutex.run(append.stream, () => appended(parts, append));
      } finally {
        waiting -= 1;
      }
    },
    waiting: () => waiting,
  };
}

async function appended(parts: Parts, append: NewAppend): Promise<readonly Appended[]> {
  const { stream, expectedRevision, events } = append;
  const end = rememberedEnd(parts, append) ?? (await endOnServer(parts, append.stream));
  if (end.revision !== expectedRevision) return settled(parts, append, end.revision);
  if (events.length === 0) return [];
  const chained = chainedTo(end, append);
  try {
    const wire = chained.map(wireEvent);
    const commit = await sent(parts, append, wire);
    const last = chained.at(-1);
    if (last) parts.ends.set(stream, last);
    const commits = chained.length === 1 ? [commit] : await readBack(parts, append, chained.length);
    return chained.map((stored, i) => ({ commit: commits[i] ?? 0n, stored, wire: wire[i] }));
  } catch (error) {
    parts.ends.delete(stream);
    if (failureKind(error) !== 'conflict') throw error;
    return settled(parts, append, actualRevision(error));
  }
}

/**
 * The end of the stream as it is remembered, where that is what the append expects; a wrong memory shows as a conflict. That a
 * stream is not there yet need not be asked, unless nothing is appended.
 */
function rememberedEnd({ ends }: Parts, { stream, expectedRevision, events }: NewAppend): ChainEnd | undefined {
  const known = ends.get(stream);
  // A stream never becomes shorter, so that a memory of a later end is right in this at least.
  if (known && known.revision >= expectedRevision) return known;
  return events.length > 0 && expectedRevision === -1 ? beforeFirst : undefined;
}

async function endOnServer({ raw }: Parts, stream: string): Promise<ChainEnd> {
  const [last] = await raw.last(stream, 1);
  if (!last) return beforeFirst;
  // Nothing can be chained to what has no hash; whoever reads the stream is told why.
  if ('poison' in last) return { revision: last.revision, hash: noHash, recordedAt: 0 };
  const { revision, hash, metadata } = last.stored;
  return { revision, hash, recordedAt: recordedAt(metadata) };
}

function chainedTo(end: ChainEnd, { stream, events }: NewAppend): readonly ChainedEvent[] {
  let last = end;
  return events.map((encoded) => {
    const chained = chainedAfter(last, stream, encoded);
    last = chained;
    return chained;
  });
}

/** The same objects are sent again, so that the server knows them for the same; answers with the place of the last. */
async function sent({ calls, names }: Parts, { stream, expectedRevision }: NewAppend, events: readonly WireEvent[]) {
  const bytes = events.reduce((sum, event) => sum + bytesOf(event), 0);
  if (bytes > mostBytes)
    throw new AppendTooLarge(`${stream}: ${bytes} bytes in one append, at most ${mostBytes} are allowed`);
  const expected = expectedRevision === -1 ? NO_STREAM : BigInt(expectedRevision);
  const options = { expectedRevision: expected, requiresLeader: true } as const;
  return calls.send(async (client: EventStoreDBClient) => {
    const { position } = await client.appendToStream(names.of(stream), [...events], options);
    return position?.commit ?? 0n;
  });
}

/** The answer names the place of the last event alone; the others' are read. */
async function readBack(
  { raw }: Parts,
  { stream, expectedRevision }: NewAppend,
  count: number,
): Promise<readonly bigint[]> {
  try {
    const found = await raw.from(stream, expectedRevision + 1, count);
    return found.map(({ commit }) => commit);
  } catch (error) {
    throw new OutcomeUnknown(`${stream}: the append is stored, but its positions could not be read`, { cause: error });
  }
}

/** What an append came to that met another end than it expected: what is stored of it, or a conflict. */
async function settled({ raw }: Parts, append: NewAppend, actual: number): Promise<readonly PlacedAtServer[]> {
  const { stream, expectedRevision, events } = append;
  if (events.length === 0) throw new RevisionConflict(stream, expectedRevision, actual);
  const isThere = expectedRevision >= -1 && actual > expectedRevision;
  const found = isThere ? await raw.from(stream, expectedRevision + 1, events.length) : [];
  const byId = new Map<string, PlacedAtServer>();
  for (const one of found) if ('stored' in one) byId.set(one.stored.eventId, one);
  const known = events.map(({ eventId }) => byId.get(eventId)?.stored);
  const repeat = repeatOf(append, known, actual);
  return repeat.flatMap(({ eventId }) => byId.get(eventId) ?? []);
}
