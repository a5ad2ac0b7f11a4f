/** Reading one stream: each event is held to the hash of the one before it, so one more than asked for is read. */
import type { EventStore, RecordedEvent } from '../../../application/ports/event-store.js';
import { PoisonError } from '../../../application/ports/event-store-errors.js';
import { type CheckParts, entryOf } from './checked-log.js';
import type { PatientCalls } from './patient-calls.js';
import { streamEnd, streamFrom } from './server-reads.js';
import { type Found, foundIn, type StreamNames } from './wire.js';

const everything = Number.MAX_SAFE_INTEGER;

/** What is there, as it lies there; nothing is checked. */
export function openRawReads(calls: PatientCalls, names: StreamNames) {
  const from = async (stream: string, revision: number, atMost: number): Promise<readonly Found[]> => {
    const read = await calls.ask((client, now) => streamFrom(client, names.of(stream), revision, atMost, now));
    return read.map((event) => foundIn(names, event));
  };
  return {
    from,
    /** The hash of one event. */
    async hashAt(stream: string, revision: number): Promise<string | undefined> {
      const [found] = await from(stream, revision, 1);
      return found && 'stored' in found ? found.stored.hash : undefined;
    },
    /** The last events, in order. */
    async last(stream: string, atMost: number): Promise<readonly Found[]> {
      const read = await calls.ask((client, now) => streamEnd(client, names.of(stream), atMost, now));
      return read.map((event) => foundIn(names, event)).reverse();
    },
  };
}

export type RawReads = ReturnType<typeof openRawReads>;

export function openStreamReads(raw: RawReads, check: CheckParts): Pick<EventStore, 'read' | 'readLast'> {
  return {
    async read(stream, from = 0, atMost = everything) {
      if (from === 0) return checked(check, await raw.from(stream, 0, atMost), 0);
      const [before, ...found] = await raw.from(stream, from - 1, Math.min(atMost, everything - 1) + 1);
      return before ? checked(check, found, from, before) : [];
    },
    async readLast(stream, atMost) {
      const found = await raw.last(stream, atMost + 1);
      if (found.length <= atMost) return checked(check, found, 0);
      const [before, ...rest] = found;
      return checked(check, rest, revisionOf(before) + 1, before);
    },
  };
}

const revisionOf = (found: Found | undefined): number =>
  found === undefined ? -1 : 'poison' in found ? found.revision : found.stored.revision;

/** Throws {@link PoisonError} at the first that cannot be decoded or trusted. */
function checked(
  check: CheckParts,
  found: readonly Found[],
  from: number,
  before?: Found | undefined,
): readonly RecordedEvent[] {
  const events: RecordedEvent[] = [];
  let last: Found | undefined = before;
  for (const [i, one] of found.entries()) {
    if (revisionOf(one) !== from + i) throw missing(one, from + i, events);
    const entry = 'poison' in one ? one : entryOf(check, one, last && 'stored' in last ? last.stored.hash : undefined);
    if ('poison' in entry) throw new PoisonError(entry.stream, entry.revision, entry.poison, events);
    events.push(entry);
    last = one;
  }
  return events;
}

function missing(found: Found, revision: number, readable: readonly RecordedEvent[]): PoisonError {
  const { stream } = 'poison' in found ? found : found.stored;
  return new PoisonError(stream, revision, `revision ${revision} is missing`, readable);
}
