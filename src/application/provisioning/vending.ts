/** Whether a payer may vend: its own brake and the one for all payers together, both on record. */
import { everyPayer, type Payer } from '../../domain/payer.js';
import { unusable } from '../quarantine/quarantine.js';
import { payers } from '../streams/aggregates.js';
import type { Streams } from '../streams/streams.js';

export type Pause = Extract<Payer, { vending: 'paused' }>;

/** What keeps a payer from vending now, the brake for all first; `undefined` while it vends. */
export async function pauseOf(streams: Pick<Streams, 'load'>, payerId: string): Promise<Pause | undefined> {
  const state = await vendingOf(streams, payerId);
  return state.vending === 'paused' ? state : undefined;
}

/** Whether a payer vends under both brakes; `since` is when the last of them was pulled or released. */
export async function vendingOf(streams: Pick<Streams, 'load'>, payerId: string): Promise<Payer> {
  const all = await payerOf(streams, everyPayer);
  if (all.vending === 'paused') return all;
  const own = await payerOf(streams, payerId);
  return own.vending === 'paused' || own.since > all.since ? own : all;
}

/** A payer whose history cannot be used does not vend: nobody knows whether it may. The others go on. */
async function payerOf(streams: Pick<Streams, 'load'>, id: string): Promise<Payer> {
  try {
    return (await streams.load(payers, id)).state;
  } catch (error) {
    if (!unusable(error)) throw error;
    return {
      vending: 'paused',
      since: '',
      reason: 'unreadable',
      words: 'What is recorded about this payer cannot be used.',
    };
  }
}
