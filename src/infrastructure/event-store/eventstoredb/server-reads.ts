/** What is read of the server in one call. Each read is ended whatever happens: one that is left open keeps its place for ever. */
import {
  BACKWARDS,
  END,
  type EventStoreDBClient,
  FORWARDS,
  type RecordedEvent as ServerEvent,
} from '@eventstore/db-client';
import type { Try } from './attempt.js';
import { failureKind } from './failures.js';

/** Readings that decide are the leader's; another node may be behind. */
const decides = { requiresLeader: true } as const;

interface Reading extends AsyncIterable<{ readonly event?: ServerEvent | undefined }> {
  on(event: 'error', hear: () => void): unknown;
  destroy(): unknown;
  cancel(): Promise<void>;
}

async function all(reading: Reading, now: Try): Promise<readonly ServerEvent[]> {
  const { signal } = now;
  const end = (): void => {
    reading.destroy();
    void reading.cancel().catch(() => undefined);
  };
  // An error that comes after the end has nobody to hear it otherwise, and would end the process.
  reading.on('error', () => undefined);
  signal.addEventListener('abort', end);
  const events: ServerEvent[] = [];
  try {
    for await (const { event } of reading) {
      if (event) events.push(event);
      now.heard();
    }
    return events;
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

/** Events of a stream from a revision on; none of one that is not there. */
export async function streamFrom(
  client: EventStoreDBClient,
  stream: string,
  from: number,
  atMost: number,
  now: Try,
): Promise<readonly ServerEvent[]> {
  const options = { direction: FORWARDS, fromRevision: BigInt(from), maxCount: atMost, ...decides } as const;
  return orNone(all(client.readStream(stream, options), now));
}

/** The last events of a stream, the last first; none of one that is not there. */
export async function streamEnd(
  client: EventStoreDBClient,
  stream: string,
  atMost: number,
  now: Try,
): Promise<readonly ServerEvent[]> {
  const options = { direction: BACKWARDS, fromRevision: END, maxCount: atMost, ...decides } as const;
  return orNone(all(client.readStream(stream, options), now));
}

async function orNone(reading: Promise<readonly ServerEvent[]>): Promise<readonly ServerEvent[]> {
  try {
    return await reading;
  } catch (error) {
    if (failureKind(error) === 'missing') return [];
    throw error;
  }
}

/** The last events of the whole log before a place (its end, unless given), the last first; other programs' are among them. */
export async function logEnd(
  client: EventStoreDBClient,
  before: bigint | undefined,
  atMost: number,
  now: Try,
): Promise<readonly ServerEvent[]> {
  const fromPosition = before === undefined ? END : { commit: before, prepare: before };
  return all(client.readAll({ direction: BACKWARDS, fromPosition, maxCount: atMost, ...decides }), now);
}
