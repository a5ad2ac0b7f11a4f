/** The stream of the lease on the server, beside the log. */
import { binaryEvent, NO_STREAM } from '@eventstore/db-client';
import { LeaseMoved, type LeaseStream } from '../lease.js';
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
      return Number((await calls.send((client) => client.appendToStream(stream, [event], options))).nextExpectedRevision);
    } catch (error) {
      throw failureKind(error) === 'conflict' ? new LeaseMoved(actualRevision(error)) : error;
    }
  },
});
