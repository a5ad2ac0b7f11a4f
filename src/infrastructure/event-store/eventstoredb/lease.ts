/** The stream of the lease on the server, beside the log. */
import { binaryEvent, NO_STREAM } from '@eventstore/db-client';
import { LeaseMoved, type LeaseStream } from '../lease-stream.js';
import { actualRevision, failureKind } from './failures.js';
import type { PatientCalls } from './patient-calls.js';
import { streamEnd } from './server-reads.js';

export const leaseStream = (calls: PatientCalls, stream: string): LeaseStream => ({
  async last() {
    const [last] = await calls.ask((client, now) => streamEnd(client, stream, 1, now));
    return last && { revision: Number(last.revision), type: last.type };
  },
  async append(after, type, id) {
    const event = binaryEvent({ id, type, data: Buffer.from('{}') });
    const options = { expectedRevision: after < 0 ? NO_STREAM : BigInt(after), requiresLeader: true } as const;
    try {
      return Number(
        (await calls.send((client) => client.appendToStream(stream, [event], options))).nextExpectedRevision,
      );
    } catch (error) {
      throw failureKind(error) === 'conflict' ? new LeaseMoved(actualRevision(error)) : error;
    }
  },
});

/**
 * Whether the server keeps every renewal for ever, because nobody has set `$maxCount` of the stream to 1. False where that cannot be
 * learned: a user from whom the rights are taken that it must not have may not read it, and whoever took them has set it too.
 */
export async function keepsRenewals(calls: PatientCalls, stream: string): Promise<boolean> {
  try {
    const { metadata } = await calls.ask((client) => client.getStreamMetadata(stream));
    return metadata?.maxCount !== 1;
  } catch {
    return false;
  }
}
