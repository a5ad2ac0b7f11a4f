/** A payer is a management account of the reseller; its own stream says whether it may vend. */

export type VendingPaused = { readonly type: 'VendingPaused'; readonly reason: string; readonly words: string };
export type VendingResumed = { readonly type: 'VendingResumed' };
export type PayerEvent = VendingPaused | VendingResumed;

export type Payer =
  | { readonly vending: 'open' }
  | { readonly vending: 'paused'; readonly reason: string; readonly words: string };

export const vendingPayer: Payer = { vending: 'open' };

/** The payer after an event. */
export function evolvePayer(_payer: Payer, event: PayerEvent): Payer {
  return event.type === 'VendingResumed'
    ? vendingPayer
    : { vending: 'paused', reason: event.reason, words: event.words };
}
