/** AWS refuses the payer and not the account: nobody else is sent there, and this provider may go to another payer. */
import { operatorInformed } from '../../../application/error-text.js';
import type { Attempt } from '../../../application/ports/attempts.js';
import type { CreateAccountWork, PayerRefusal, StepResult } from '../../../application/ports/ensures.js';
import type { FailedCall } from '../../../domain/failed-call.js';
import type { PayerRefused, ProvisioningHalted } from '../../../domain/provider/events.js';
import { delayed } from './step-results.js';

/** How long a signed request that was lost may still reach AWS and be obeyed. Source: IAM guide, Signature Version 4. */
const signatureLifeMs = 5 * 60_000;
const lookAgainMs = 15_000;

/** The creation that was refused; `lost` is an earlier call whose answer was lost, at a time in milliseconds. */
interface Refused {
  readonly work: CreateAccountWork;
  readonly attempt: Attempt;
  readonly memory: { readonly lost: { readonly at: number } | undefined };
}

/**
 * The result of a refusal that was read, at a time in milliseconds. While a call whose answer was lost may still arrive,
 * the provider stays: its account could come to be here after all. Source: design §4.4.
 */
export function payerRefused(
  { work, attempt, memory }: Refused,
  { code, words }: { readonly code: string; readonly words: string },
  call: FailedCall,
  refusedAt: number,
): StepResult {
  const said = `${words} ${operatorInformed}`;
  if (memory.lost && attempt.now - memory.lost.at < signatureLifeMs) return delayed(code, said, lookAgainMs, call);
  const { payerId } = work;
  const event = { type: 'PayerRefused', payerId, reason: code, words: said, call } as const;
  return stopsVending(payerId, words, event, call, refusedAt);
}

/**
 * The pause of a payer, for a refusal read at a time in milliseconds; `event` is what it means for the provider. Why a payer
 * is paused only operators read, so they are told what to do and not that they were told.
 */
export function stopsVending(
  payerId: string,
  words: string,
  event: PayerRefused | ProvisioningHalted,
  call: FailedCall | undefined,
  refusedAt: number,
): PayerRefusal {
  return {
    kind: 'payer-refused',
    payerId,
    reason: event.reason,
    words: `${words} Mend that at AWS, then POST /v1/payers/${payerId}/resume.`,
    ...(call ? { call } : {}),
    refusedAt: new Date(refusedAt).toISOString(),
    event,
  };
}
