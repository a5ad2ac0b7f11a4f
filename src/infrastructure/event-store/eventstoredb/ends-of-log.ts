/** Where the log ends: as far as this process knows, by what it appended and what its subscription brought, and as the server says. */
import type { Position } from '../../../application/ports/event-store.js';
import { UnknownPosition } from '../../../application/ports/event-store-errors.js';
import { recordedAt } from '../format/metadata.js';
import type { PatientCalls } from './patient-calls.js';
import { logEnd } from './server-reads.js';
import type { Found } from './wire.js';

export function keepEnd(last: Found | undefined) {
  let commit = 0n;
  let recordedUpTo: number | undefined;
  const saw = (found: readonly Found[]): void => {
    for (const one of found) {
      if (one.commit > commit) commit = one.commit;
      if ('stored' in one) recordedUpTo = Math.max(recordedUpTo ?? 0, recordedAt(one.stored.metadata));
    }
  };
  saw(last ? [last] : []);
  return { saw, commit: () => commit, recordedUpTo: () => recordedUpTo };
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
