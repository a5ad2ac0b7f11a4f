/** What a status needs beside its row, read once for all statuses of one answer. */
import type { Dependencies } from '../dependencies.js';
import type { Caller } from '../identity.js';
import type { ProviderRow } from '../read-models.js';
import { seesAll } from '../visible.js';
import type { Surroundings } from './status-view.js';

type Parts = Pick<Dependencies, 'readModels' | 'clock' | 'settings'>;

/** Answers with the surroundings of a row as this caller may see them. The queue is asked only about those who wait. */
export function surroundings(
  { readModels, clock, settings }: Parts,
  caller: Caller,
): (row: ProviderRow) => Surroundings {
  const shared = { now: clock.now(), pace: readModels.pace(), seesAll: seesAll(caller) };
  return ({ providerId, provider }) => ({
    ...shared,
    quarantine: readModels.quarantined(providerId),
    queue: provider.stage === 'accepted' ? placeOf(providerId, provider.territory) : undefined,
  });

  function placeOf(providerId: string, territory: string) {
    const ahead = readModels.line().ahead(providerId);
    if (ahead === undefined) return undefined;
    const serving = settings.payers.filter(({ territories }) => territories.includes(territory));
    return { position: ahead + 1, ahead, slots: serving.reduce((sum, payer) => sum + payer.creationsAtOnce, 0) };
  }
}
