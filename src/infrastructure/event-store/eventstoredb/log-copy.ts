/** A log on a server that takes over the facts of another one as they are: same streams, same bytes, same hashes, same order. */
import { NO_STREAM } from '@eventstore/db-client';
import type { StoredFact } from '../format/recorded.js';
import { hostsOf, openConnection } from './connection.js';
import { PatientCalls, usualPatience } from './patient-calls.js';
import { start } from './start.js';
import { bytesOf, streamNames, wireEvent } from './wire.js';

export interface LogCopy {
  /** The id of the log on the server, a new one where there was none. */
  readonly logId: string;
  /** The last fact that is there; `undefined` in an empty log. */
  readonly last: Pick<StoredFact, 'stream' | 'revision' | 'hash'> | undefined;
  /** Adds facts that follow each other in one stream. What was added before is taken for what it is. Throws what the server refuses. */
  add(facts: readonly StoredFact[]): Promise<void>;
  close(): Promise<void>;
}

/** What is there was not written by this program. */
class ForeignLog extends Error {}

/** Opens the log of this prefix, or makes it. Throws `UnusableEventStore` with one sentence on what is missing. */
export async function openLogCopy({ address, prefix }: { address: string; prefix: string }): Promise<LogCopy> {
  const connection = openConnection(address);
  const names = streamNames(prefix);
  try {
    const { callMs, startMs } = usualPatience;
    const starting = new PatientCalls(connection, { callMs, boundMs: startMs });
    const { logId, head } = await start({ calls: starting, names, where: hostsOf(address) });
    if (head && !('stored' in head))
      throw new ForeignLog(`The log at ${hostsOf(address)} ends with ${head.stream}: ${head.poison}.`);
    const calls = new PatientCalls(connection, usualPatience);
    return {
      logId,
      last: head?.stored,
      async add(facts) {
        const [first] = facts;
        if (!first) return;
        const expectedRevision = first.revision === 0 ? NO_STREAM : BigInt(first.revision - 1);
        const events = facts.map((fact) => wireEvent({ ...fact, recordedAt: 0 }));
        const options = { expectedRevision, requiresLeader: true } as const;
        await calls.send((client) => client.appendToStream(names.of(first.stream), events, options));
      },
      async close() {
        calls.close();
        await connection.close();
      },
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** The server takes 1,048,576 bytes in one append; the rest is room for what it adds. */
const mostBytes = 900_000;
const mostAtOnce = 500;

/** Neighbours of one stream together, as many as one append takes; the order stays as it is. */
export function* inAppends(facts: Iterable<StoredFact>): Generator<readonly StoredFact[]> {
  let [batch, bytes]: [StoredFact[], number] = [[], 0];
  for (const fact of facts) {
    const size = bytesOf(wireEvent({ ...fact, recordedAt: 0 }));
    const fits = batch[0]?.stream === fact.stream && bytes + size <= mostBytes && batch.length < mostAtOnce;
    if (batch.length > 0 && !fits) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(fact);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
