/** Marks beside a log that it is being moved here, so that nobody takes half of it for the whole. */
import { binaryEvent, NO_STREAM } from '@eventstore/db-client';
import type { PatientCalls } from './patient-calls.js';
import { streamEnd } from './server-reads.js';

export const moveBegan = 'MoveBegan';
const moveEnded = 'MoveEnded';

/** Once it has ended it does not begin again. Throws what the server refuses. */
export function openMarks(calls: PatientCalls, stream: string) {
  async function mark(type: string): Promise<void> {
    const [last] = await calls.ask((client, now) => streamEnd(client, stream, 1, now));
    if (last?.type === type || last?.type === moveEnded) return;
    const event = binaryEvent({ type, data: Buffer.from('{}') });
    const options = { expectedRevision: last ? last.revision : NO_STREAM, requiresLeader: true } as const;
    await calls.send((client) => client.appendToStream(stream, [event], options));
  }
  return { begins: () => mark(moveBegan), ends: () => mark(moveEnded) };
}
