/** Where there is room for another account now, and why a provider that gets none of it waits. */
import { type PayerRoom, type WaitReason, waitReason } from '../../domain/queue.js';
import type { Settings } from '../dependencies.js';
import type { ReadModels } from '../read-models.js';
import type { Streams } from '../streams.js';
import { type Pause, pauseOf } from '../vending.js';

/** The payers that vend, each with its room, and those that do not, each with its territories. */
export interface Rooms {
  readonly open: readonly PayerRoom[];
  readonly paused: readonly (Pause & { readonly territories: readonly string[] })[];
}

export type WhyWaiting = WaitReason | 'vending-paused';

export const waitWords: Readonly<Record<WhyWaiting, string>> = {
  'slot-awaited': 'Waiting for a free slot at AWS, which makes only a few accounts at once.',
  'payer-full':
    'No payer for this territory has room for another account. The operator has been told; you need do nothing.',
  'vending-paused': 'The making of accounts is paused at the moment. The operator knows; you need do nothing.',
};

/** Reads the brakes and limits as they are now. */
export async function roomsOf(on: {
  readonly streams: Pick<Streams, 'load'>;
  readonly readModels: Pick<ReadModels, 'loads'>;
  readonly settings: Pick<Settings, 'payers'>;
}): Promise<Rooms> {
  const { payers } = on.settings;
  const pauses = await Promise.all(payers.map(({ id }) => pauseOf(on.streams, id)));
  const loads = on.readModels.loads();
  return {
    open: payers
      .filter((_, index) => !pauses[index])
      .map(({ id, territories, creationsAtOnce, accountsAllowed }) => ({
        payerId: id,
        territories,
        creationsAtOnce,
        accountsAllowed,
        creating: loads[id]?.creating ?? 0,
        accounts: loads[id]?.accounts ?? 0,
      })),
    paused: payers.flatMap(({ territories }, index) => {
      const pause = pauses[index];
      return pause ? [{ ...pause, territories }] : [];
    }),
  };
}

/** A payer that AWS calls full is no less full for being paused because of it. */
export function whyWaiting(territory: string, { open, paused }: Rooms): WhyWaiting {
  const serves = ({ territories }: { readonly territories: readonly string[] }): boolean =>
    territories.includes(territory);
  const braked = paused.some((payer) => serves(payer) && payer.reason !== 'account-limit-exceeded');
  return braked && !open.some(serves) ? 'vending-paused' : waitReason(territory, open);
}
