/** Where the log ends: as far as this process knows, by what it appended and what its subscription brought, and as the server says. */
import type { Position } from '../../../application/ports/event-store.js';
import { UnknownPosition } from '../../../application/ports/event-store-errors.js';
import { recordedAt } from '../format/metadata.js';
import type { Entry } from './checked-log.js';
import type { PatientCalls } from './patient-calls.js';
import { logEnd } from './server-reads.js';
import type { Found } from './wire.js';

export function keepEnd(last: Found | undefined) {
  let commit = last?.commit ?? 0n;
  let recordedUpTo = last && 'stored' in last ? recordedAt(last.stored.metadata) : undefined;
  return {
    saw(found: readonly Pick<Found, 'commit'>[]): void {
      for (const one of found) if (one.commit > commit) commit = one.commit;
    },
    learned(entries: readonly Entry[]): void {
      for (const entry of entries)
        if ('metadata' in entry) recordedUpTo = Math.max(recordedUpTo ?? 0, Date.parse(entry.metadata.recordedAt));
    },
    commit: () => commit,
    recordedUpTo: () => recordedUpTo,
  };
}

export type EndOfLog = ReturnType<typeof keepEnd>;

/** The place of the last event on the server, whosever it is. */
export async function endOf(calls: PatientCalls): Promise<bigint> {
  const [last] = await calls.ask((client, now) => logEnd(client, undefined, 1, now));
  return last?.position?.commit ?? 0n;
}

/** The server takes a place beyond its end without a word. Throws {@link UnknownPosition} there. */
export async function requireReached(calls: PatientCalls, place: bigint, position: Position): Promise<void> {
  if (place > 0n && (await endOf(calls)) < place)
    throw new UnknownPosition(`position ${position} does not exist; the log does not reach it`, position);
}
