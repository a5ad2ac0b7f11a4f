/** Where there is room for another account now, and why a provider that gets none of it waits. */
import { isFor, type PayerRoom, type Waiting, type WaitReason, waitReason } from '../../domain/queue.js';
import type { Settings } from '../dependencies.js';
import type { Load, ReadModels } from '../read-models.js';
import type { Streams } from '../streams.js';
import { type Pause, pauseOf } from '../vending.js';

/** The payers that vend, each with its room, and those that do not. */
export interface Rooms {
  readonly open: readonly PayerRoom[];
  readonly paused: readonly (Pause & Pick<PayerRoom, 'payerId' | 'territories'>)[];
}

export type WhyWaiting = WaitReason | 'vending-paused';

export const waitWords: Readonly<Record<WhyWaiting, string>> = {
  'slot-awaited': 'Waiting for a free slot at AWS, which makes only a few accounts at once.',
  'payer-full':
    'No payer that may take this account has room for another. The operator has been told; you need do nothing.',
  'vending-paused': 'The making of accounts is paused at the moment. The operator knows; you need do nothing.',
};

/** Of a payer that nobody was assigned to yet. */
export const noLoad: Load = { creating: 0, accounts: 0, kept: 0 };

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
        ...(loads[id] ?? noLoad),
      })),
    paused: payers.flatMap(({ id: payerId, territories }, index) => {
      const pause = pauses[index];
      return pause ? [{ ...pause, payerId, territories }] : [];
    }),
  };
}

/** A payer that AWS calls full is no less full for being paused because of it. */
export function whyWaiting(waiting: Waiting, { open, paused }: Rooms): WhyWaiting {
  const braked = paused.some((payer) => isFor(waiting, payer) && payer.reason !== 'account-limit-exceeded');
  return braked && !open.some((payer) => isFor(waiting, payer)) ? 'vending-paused' : waitReason(waiting, open);
}
