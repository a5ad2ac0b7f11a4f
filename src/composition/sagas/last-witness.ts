/** AWS as the last witness of the log: what it lists is compared with the read models before anything is created. */
import type { Dependencies } from '../../application/dependencies.js';
import { operatorInformed } from '../../application/error-text.js';
import type { Attempt } from '../../application/ports/attempts.js';
import type { StepResult } from '../../application/ports/ensures.js';
import type { Log } from '../../application/ports/log.js';
import { logs } from '../../application/streams/aggregates.js';
import { delayed, later } from '../../infrastructure/aws/calls/step-results.js';
import { openLogWitness } from '../../infrastructure/aws/creation/log-witness.js';
import type { EnsuresOptions } from '../../infrastructure/aws/ensures.js';
import type { Files } from '../storage/storage.js';
import type { FileCheck } from '../verification/file-check.js';

/** What AWS lists is compared with the log before anything is created. */
export function witnessOf(
  { access, settings }: EnsuresOptions,
  { readModels, streams }: Dependencies,
  { store, check }: Files,
  log: Log,
) {
  const { witness, health } = openLogWitness({
    access,
    log,
    payers: settings.payers.map(({ id }) => id),
    isKnown: (id) => readModels.provider(id) !== undefined || readModels.quarantined(id) !== undefined,
    async acceptedUntil() {
      const { accepted } = (await streams.load(logs, store.logId)).state;
      return Math.max(0, ...accepted.map(({ at }) => Date.parse(at)));
    },
  });

  return {
    health,
    witness: async (payerId: string, attempt: Attempt) => inDoubtBy(check.state()) ?? witness(payerId, attempt),
  };
}

const lookAgainMs = 500;
const damagedMs = 60_000;

/** Why no account is begun while the file of the log is not known to be whole. */
export function inDoubtBy(state: ReturnType<FileCheck['state']>): StepResult | undefined {
  if (state === 'whole') return undefined;
  if (state === 'unchecked') return later(lookAgainMs);
  return delayed('log-in-doubt', `What is on record is being checked. ${operatorInformed}`, damagedMs);
}
