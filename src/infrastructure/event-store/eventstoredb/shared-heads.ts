/** Signed heads in a stream beside the log, where every instance finds what one of them has signed. They are no facts of the log. */
import { binaryEvent, NO_STREAM } from '@eventstore/db-client';
import type { SharedHeads } from '../../../application/ports/signed-heads.js';
import { failureKind } from './failures.js';
import type { PatientCalls } from './patient-calls.js';
import { streamEnd, streamFrom } from './server-reads.js';

const pageSize = 500;

export function openSharedHeads(calls: PatientCalls, stream: string): SharedHeads {
  return {
    async publish(note) {
      const [last] = await calls.ask((client, now) => streamEnd(client, stream, 1, now));
      const event = binaryEvent({ type: 'HeadSigned', data: Buffer.from(note) });
      const options = { expectedRevision: last ? last.revision : NO_STREAM, requiresLeader: true } as const;
      try {
        await calls.send((client) => client.appendToStream(stream, [event], options));
      } catch (error) {
        // Another instance came first; what it has signed is read before this is tried again.
        if (failureKind(error) !== 'conflict') throw error;
      }
    },
    async after(count) {
      const events = await calls.ask((client, now) => streamFrom(client, stream, count, pageSize, now));
      return events.map(({ data }) => (data instanceof Uint8Array ? Buffer.from(data).toString() : ''));
    },
  };
}
