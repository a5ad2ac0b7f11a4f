/** The log on a server as it is stored, for whoever verifies or exports it: nothing is appended, and nothing is refused for what is wrong with it. */
import type { PagedLog } from '../../../application/audit/verify-log.js';
import type { ScannedEvent } from '../../../application/audit/verify-pass.js';
import { scannedEvent } from '../format/scanned.js';
import { stretchAfter } from './catch-up.js';
import { hostsOf, openConnection } from './connection.js';
import { requireReached } from './ends-of-log.js';
import { PatientCalls, usualPatience } from './patient-calls.js';
import { positionOf } from './positions.js';
import { requireLog } from './start.js';
import { openRawReads, type RawReads } from './stream-reads.js';
import { type Found, streamNames } from './wire.js';

export interface LogOnServer {
  readonly address: string;
  readonly prefix: string;
}

export interface LogScan {
  readonly logId: string;
  /**
   * What lies after a place, up to the end that the log has when it is reached; so many events at once at most. Throws
   * `UnknownPosition` for a place that is no event's.
   */
  pages(after: bigint): AsyncGenerator<readonly Found[], void>;
  /** Events of one stream from a revision on. */
  readonly from: RawReads['from'];
  close(): Promise<void>;
}

const pageSize = 1_000;

/** Opens a connection of its own. Throws `UnusableEventStore` with one sentence on what is missing, such as a log. */
export async function openLogScan({ address, prefix }: LogOnServer): Promise<LogScan> {
  const connection = openConnection(address);
  const names = streamNames(prefix);
  const closing = new AbortController();
  const calls = new PatientCalls(connection, usualPatience);
  const close = async (): Promise<void> => {
    closing.abort();
    calls.close();
    await connection.close();
  };
  try {
    const logId = await requireLog({ calls, names, where: hostsOf(address) });
    const asked = { names, signal: closing.signal, silenceMs: usualPatience.callMs };
    return {
      logId,
      async *pages(after) {
        await requireReached(calls, after, positionOf(logId, after));
        for (let [place, caughtUp] = [after, false]; !caughtUp && !closing.signal.aborted; ) {
          const read = await calls.askAtLength((client) => stretchAfter(client, { ...asked, after: place }));
          for (let i = 0; i < read.found.length; i += pageSize) yield read.found.slice(i, i + pageSize);
          place = read.upTo;
          caughtUp = read.caughtUp;
        }
      },
      from: openRawReads(calls, names).from,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The same for a verification. */
export const pagedLog = ({ logId, pages }: LogScan): PagedLog => ({
  logId,
  dense: false,
  async *pages() {
    for await (const page of pages(0n)) yield page.map((found) => scannedIn(logId, found));
  },
});

/** What this program did not write so has no hash that could be right. */
function scannedIn(logId: string, found: Found): ScannedEvent {
  const place = Number(found.commit);
  if ('stored' in found) return scannedEvent(logId, place, found.stored);
  const { stream, revision, poison } = found;
  const entry = { position: `${logId}:${place}`, stream, revision, poison };
  return { place, stream, revision, previousHash: '', hash: '', hashNow: undefined, entry };
}
