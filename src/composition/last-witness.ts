/** AWS as the last witness of the log: what it lists is compared with the read models before anything is created. */
import type { Dependencies } from '../application/dependencies.js';
import type { Log } from '../application/ports/log.js';
import { logs } from '../application/streams/aggregates.js';
import { openLogWitness } from '../infrastructure/aws/creation/log-witness.js';
import type { EnsuresOptions } from '../infrastructure/aws/ensures.js';
import type { Files } from './storage.js';

/** What AWS lists is compared with the log before anything is created. */
export function witnessOf(
  { access, settings }: EnsuresOptions,
  { readModels, streams }: Dependencies,
  { store }: Files,
  log: Log,
) {
  return openLogWitness({
    access,
    log,
    payers: settings.payers.map(({ id }) => id),
    isKnown: (id) => readModels.provider(id) !== undefined || readModels.quarantined(id) !== undefined,
    async acceptedUntil() {
      const { accepted } = (await streams.load(logs, store.logId)).state;
      return Math.max(0, ...accepted.map(({ at }) => Date.parse(at)));
    },
  });
}
