/** Where the log ends as far as this process knows: what it appended itself, and what its subscription brought. */
import { recordedAt } from '../format/metadata.js';
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
