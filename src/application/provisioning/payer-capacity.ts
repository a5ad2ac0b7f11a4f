/** Where there is room for another account now, and why a provider that gets none of it waits. */

import {
  isFor,
  type PayerCapacity,
  type Waiting,
  type WaitReason,
  waitReason,
  wish,
} from '../../domain/queue/queue.js';
import type { Settings } from '../dependencies.js';
import { operatorInformed } from '../error-text.js';
import type { Load, ReadModels } from '../ports/read-models.js';
import type { Streams } from '../streams/streams.js';
import { type Pause, pauseOf } from './vending.js';

/** The payers that vend, each with what it can take, and those that do not. */
export interface Capacity {
  readonly open: readonly PayerCapacity[];
  readonly paused: readonly (Pause & Pick<PayerCapacity, 'payerId' | 'territories'>)[];
}

export type WhyWaiting = WaitReason | 'vending-paused';

export const waitWords: Readonly<Record<WhyWaiting, string>> = {
  'slot-awaited': 'Waiting for a free slot at AWS, which makes only a few accounts at once.',
  'payer-full': `No payer that may take this account has room for another. ${operatorInformed}`,
  'vending-paused': 'The making of accounts is paused at the moment. The operator knows; you need do nothing.',
};

/** Of a payer that nobody was assigned to yet. */
export const noLoad: Load = { creating: 0, accounts: 0, kept: 0 };

/** What a payer with this load can take: accounts that can still be begun, and how many of them at once now. */
export function roomOf(
  { accountsAllowed, creationsAtOnce }: Pick<Settings['payers'][number], 'accountsAllowed' | 'creationsAtOnce'>,
  { accounts, creating, kept }: Load,
): { readonly roomLeft: number; readonly freeSlots: number } {
  const roomLeft = Math.max(0, accountsAllowed - accounts - creating - kept);
  return { roomLeft, freeSlots: Math.max(0, Math.min(creationsAtOnce - creating, roomLeft)) };
}

/** What keeps a payer from vending, by payer; a payer that vends has none. */
export type Brakes = ReadonlyMap<string, Pause | undefined>;

type On = {
  readonly streams: Pick<Streams, 'load'>;
  readonly readModels: Pick<ReadModels, 'loads'>;
  readonly settings: Pick<Settings, 'payers'>;
};

/** Reads the brakes as they are now. */
export async function brakesOf({ streams, settings }: Pick<On, 'streams' | 'settings'>): Promise<Brakes> {
  return new Map(await Promise.all(settings.payers.map(async ({ id }) => [id, await pauseOf(streams, id)] as const)));
}

/** The capacity under these brakes, by the limits and the read models of this very moment: nothing is awaited here. */
export function capacityOf({ readModels, settings }: Omit<On, 'streams'>, brakes: Brakes): Capacity {
  const loads = readModels.loads();
  return {
    open: settings.payers
      .filter(({ id }) => !brakes.get(id))
      .map(({ id, territories, creationsAtOnce, accountsAllowed }) => ({
        payerId: id,
        territories,
        creationsAtOnce,
        accountsAllowed,
        ...(loads[id] ?? noLoad),
      })),
    paused: settings.payers.flatMap(({ id: payerId, territories }) => {
      const pause = brakes.get(payerId);
      return pause ? [{ ...pause, payerId, territories }] : [];
    }),
  };
}

/** Answers why each waits, once for all who wait for the same. */
export function reasons(capacity: Capacity): (waiting: Waiting) => WhyWaiting {
  const known = new Map<string, WhyWaiting>();
  return (waiting) => {
    const wished = wish(waiting);
    const reason = known.get(wished) ?? whyWaiting(waiting, capacity);
    known.set(wished, reason);
    return reason;
  };
}

/** A payer that AWS calls full is no less full for being paused because of it. */
function whyWaiting(waiting: Waiting, { open, paused }: Capacity): WhyWaiting {
  const braked = paused.some((payer) => isFor(waiting, payer) && payer.reason !== 'account-limit-exceeded');
  return braked && !open.some((payer) => isFor(waiting, payer)) ? 'vending-paused' : waitReason(waiting, open);
}
