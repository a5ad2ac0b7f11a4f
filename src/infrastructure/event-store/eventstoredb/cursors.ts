/**
 * How far deliveries have come, on the server, so that whichever instance acts next goes on there: in a stream a day that is
 * no part of the log. The first events of a day say it of all webhooks, the others what has changed since.
 */
import { ANY, binaryEvent, type EventStoreDBClient } from '@eventstore/db-client';
import type { DeliveryPlace, DeliveryPlaces } from '../../../application/ports/delivery-places.js';
import type { PatientCalls } from './patient-calls.js';
import { streamFrom } from './server-reads.js';
import type { StreamNames } from './wire.js';

interface Parts {
  readonly calls: PatientCalls;
  readonly names: StreamNames;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

type Places = ReadonlyMap<string, DeliveryPlace | undefined>;

/** After more days without a word everything is repeated from its beginning. */
const daysLookedBack = 31;
const dayMs = 86_400_000;
const pageSize = 500;
/** So many fit well into one event. */
const placesAnEvent = 2_000;
const type = 'CursorsMoved';

/** The places on the server; only whoever acts saves any, and one that came late only repeats. */
export function openCursors(parts: Parts): DeliveryPlaces {
  let known = new Map<string, DeliveryPlace>();
  /** The day of which the stream begins with all of them. */
  let begun = '';
  const day = (before = 0): string => new Date(parts.now() - before * dayMs).toISOString().slice(0, 10);
  return {
    async load() {
      known = new Map();
      begun = '';
      for (let before = 0; before <= daysLookedBack && begun === ''; before++) {
        const moves = await movesOn(parts, day(before));
        if (moves.length > 0) begun = day(before);
        for (const move of moves) apply(known, new Map(Object.entries(move)));
      }
      return new Map(known);
    },
    async save(changed) {
      apply(known, changed);
      const today = day();
      await append(parts, today, today === begun ? changed : known);
      begun = today;
    },
  };
}

function apply(
  known: Map<string, DeliveryPlace>,
  changed: ReadonlyMap<string, DeliveryPlace | null | undefined>,
): void {
  for (const [id, place] of changed)
    if (place) known.set(id, place);
    else known.delete(id);
}

type Move = Readonly<Record<string, DeliveryPlace | null>>;

async function movesOn({ calls, names }: Parts, day: string): Promise<readonly Move[]> {
  const moves: Move[] = [];
  for (let from = 0; ; from += pageSize) {
    const at = from;
    const page = await calls.ask((client, now) => streamFrom(client, names.cursor(day), at, pageSize, now));
    for (const { data } of page)
      if (data instanceof Uint8Array) moves.push(JSON.parse(Buffer.from(data).toString()) as Move);
    if (page.length < pageSize) return moves;
  }
}

async function append({ calls, names }: Parts, day: string, places: Places): Promise<void> {
  const entries = [...places].map(([id, place]) => [id, place ?? null] as const);
  const events: ReturnType<typeof binaryEvent>[] = [];
  for (let from = 0; from < entries.length; from += placesAnEvent) {
    const move = Object.fromEntries(entries.slice(from, from + placesAnEvent));
    events.push(binaryEvent({ type, data: Buffer.from(JSON.stringify(move)) }));
  }
  if (events.length === 0) return;
  const options = { expectedRevision: ANY, requiresLeader: true } as const;
  await calls.send((client: EventStoreDBClient) => client.appendToStream(names.cursor(day), events, options));
}
