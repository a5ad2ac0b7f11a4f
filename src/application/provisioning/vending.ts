/** Whether a payer may vend: its own brake and the one for all payers together, both on record. */
import { everyPayer, type Payer } from '../../domain/payer.js';
import { payers } from '../streams/aggregates.js';
import { unusable } from '../streams/quarantined.js';
import type { Streams } from '../streams/streams.js';

/** A brake whose history cannot be used: it is pulled, nobody knows since when. */
interface Unreadable {
  readonly vending: 'paused';
  readonly since: undefined;
  readonly reason: 'unreadable';
  readonly words: string;
}

export type Brake = Payer | Unreadable;
export type Pause = Extract<Brake, { vending: 'paused' }>;

/** What keeps a payer from vending now, the brake for all first; `undefined` while it vends. */
export async function pauseOf(streams: Pick<Streams, 'load'>, payerId: string): Promise<Pause | undefined> {
  return (await brakesOf(streams, payerId)).find((brake) => brake.vending === 'paused');
}

/** Both brakes of a payer, the one for all first. */
export const brakesOf = (streams: Pick<Streams, 'load'>, payerId: string): Promise<readonly Brake[]> =>
  Promise.all([everyPayer, payerId].map((id) => payerOf(streams, id)));

/** A payer whose history cannot be used does not vend: nobody knows whether it may. The others go on. */
async function payerOf(streams: Pick<Streams, 'load'>, id: string): Promise<Brake> {
  try {
    return (await streams.load(payers, id)).state;
  } catch (error) {
    if (!unusable(error)) throw error;
    return {
      vending: 'paused',
      since: undefined,
      reason: 'unreadable',
      words: 'What is recorded about this payer cannot be used.',
    };
  }
}
