/** A payer is a management account of the reseller; its own stream says whether it may vend. */

import type { FailedCall } from './failed-call.js';
import { foreignEvent } from './foreign-event.js';

export type VendingPaused = {
  readonly type: 'VendingPaused';
  /** A stable code: why AWS refuses this payer, or `operator` when a person paused it. */
  readonly reason: string;
  readonly words: string;
  /** The refused call, where AWS was the reason. */
  readonly call?: FailedCall;
};
export type VendingResumed = { readonly type: 'VendingResumed' };
export type PayerEvent = VendingPaused | VendingResumed;

/** `since` is the ISO time of the last pause or resume, where there was one. */
export type Payer =
  | { readonly vending: 'open'; readonly since: string | undefined }
  | { readonly vending: 'paused'; readonly since: string; readonly reason: string; readonly words: string };

export const vendingPayer: Payer = { vending: 'open', since: undefined };

/** The id under which the vending of all payers together is paused and resumed; no payer may bear it. */
export const everyPayer = 'all';

export type PayerCommand =
  | { readonly type: 'PauseVending'; readonly words?: string }
  | { readonly type: 'ResumeVending' }
  /**
   * AWS refused an account, or showed of one, something that concerns the payer. `refusedAt` is by AWS's clock or ours (ISO);
   * `assignedUnder` is this payer's `since` as it was seen when what was refused was assigned to it, where there was one.
   */
  | {
      readonly type: 'NoteRefusal';
      readonly reason: string;
      readonly words: string;
      readonly call?: FailedCall;
      readonly refusedAt: string;
      readonly assignedUnder: string | undefined;
    };

const pausedByHand = 'An operator has paused the making of accounts here.';

/** What a command means for a payer: the events to record, or none if it already took effect. */
export function decidePayer(command: PayerCommand, payer: Payer): PayerEvent[] {
  switch (command.type) {
    case 'PauseVending': {
      const paused = { reason: 'operator', words: command.words ?? pausedByHand };
      const same = payer.vending === 'paused' && payer.reason === paused.reason && payer.words === paused.words;
      return same ? [] : [{ type: 'VendingPaused', ...paused }];
    }
    case 'ResumeVending':
      return payer.vending === 'paused' ? [{ type: 'VendingResumed' }] : [];
    case 'NoteRefusal': {
      const { reason, words, call, refusedAt, assignedUnder } = command;
      // A refusal from before the resume says nothing about what a person has mended since. Clocks may be apart, so what
      // was assigned under the present resume was refused after it, whatever they say.
      const beforeResume = payer.since !== undefined && assignedUnder !== payer.since && refusedAt < payer.since;
      if (payer.vending === 'paused' || beforeResume) return [];
      return [{ type: 'VendingPaused', reason, words, ...(call ? { call } : {}) }];
    }
    default:
      return command satisfies never;
  }
}

/** The payer after an event, recorded at an ISO time. */
export function evolvePayer(_payer: Payer, event: PayerEvent, at: string): Payer {
  switch (event.type) {
    case 'VendingResumed':
      return { vending: 'open', since: at };
    case 'VendingPaused':
      return { vending: 'paused', since: at, reason: event.reason, words: event.words };
    default:
      return foreignEvent(event);
  }
}
