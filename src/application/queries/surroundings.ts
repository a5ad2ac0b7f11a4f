/** What a status needs beside its row, read once for all statuses of one answer. */
import { isQueued, type Queued, underneath } from '../../domain/provider/stages.js';
import { isFor } from '../../domain/queue/queue.js';
import { type AuthorizedCaller, seesAll } from '../authorization/authorization.js';
import type { Dependencies } from '../dependencies.js';
import { type ProviderRow, ReadModelsUnavailable } from '../ports/read-models.js';
import { servedOf, standstillOf } from '../quarantine/standstill.js';
import type { Surroundings } from './step-view.js';

type Parts = Pick<Dependencies, 'readModels' | 'clock' | 'settings' | 'presentDelays' | 'lastCheckedAt'>;

/** Answers with the surroundings of a row as this caller may see them. The queue is asked only about those who wait. */
export function surroundings(
  { readModels, clock, settings, presentDelays, lastCheckedAt }: Parts,
  caller: AuthorizedCaller,
): (row: ProviderRow) => Surroundings {
  const standstill = standstillOf(readModels, seesAll(caller));
  const shared = {
    now: clock.now(),
    pace: readModels.pace(),
    paceRange: readModels.paceRange(),
    seesAll: seesAll(caller),
    standstill,
  };
  return ({ providerId, provider }) => ({
    ...shared,
    quarantine: readModels.quarantined(providerId),
    delayOf: (step) => presentDelays.of(providerId, step),
    triesOf: (step) => presentDelays.tries(providerId, step),
    queue: isQueued(provider) ? placeOf(providerId, provider) : undefined,
    checkedAt: underneath(provider).stage === 'active' ? lastCheckedAt?.(providerId) : undefined,
  });

  function placeOf(providerId: string, provider: Queued) {
    const ahead = aheadOf(providerId);
    if (ahead === undefined) return undefined;
    const returnsTo = provider.stage === 'resumed' ? provider.payerId : null;
    const waiting = { territory: provider.territory, returnsTo };
    const serving = settings.payers.filter(({ id: payerId, territories }) => isFor(waiting, { payerId, territories }));
    return { position: ahead + 1, ahead, slots: serving.reduce((sum, payer) => sum + payer.creationsAtOnce, 0) };
  }

  /** The order rests on who was served when, which only a whole `payer-load` knows; a status does not fail for want of it. */
  function aheadOf(providerId: string): number | undefined {
    if (servedOf(readModels, ['payer-load']).some(({ filling }) => filling)) return undefined;
    try {
      return readModels.line(settings.payers).ahead(providerId);
    } catch (error) {
      if (error instanceof ReadModelsUnavailable) return undefined;
      throw error;
    }
  }
}
