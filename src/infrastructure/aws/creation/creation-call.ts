/** The one call that makes an account, and what is remembered between calls whose answer was lost. */

import { CreateAccountCommand, type CreateAccountStatus } from '@aws-sdk/client-organizations';
import { operatorInformed } from '../../../application/error-text.js';
import type { Attempt } from '../../../application/ports/attempts.js';
import type { CreateAccountWork, StepResult } from '../../../application/ports/ensures.js';
import type { FailedCall } from '../../../domain/failed-call.js';
import { classify, outcomeUnknown } from '../calls/errors.js';
import { bodyOf, failedCall } from '../calls/failed-call.js';
import { payerRefused, stopsVending } from '../calls/payer-refused.js';
import { delayed, fact, fault, haltOf, later, patience, triesUntilTold, waitMs } from '../calls/step-results.js';
import { callOf, payerOf } from '../calls/watched-calls.js';
import { type Missing, ownerTag } from './account-index.js';
import type { AdoptionParts } from './adopt-account.js';
import { leadsElsewhere, reactionToRefusal } from './failure-reasons.js';

/** What this process remembers of a creation; losing it costs calls and a wait, never a second account. */
export interface CreationMemory {
  /** The latest request we know of; it goes on record as soon as it can. */
  requestId: string | undefined;
  /** The latest request that our own call was answered with, so that it carried our e-mail. */
  answeredWith: string | undefined;
  lost: LostCall | undefined;
  /** How many calls in a row AWS has refused for a while only. */
  putOff: number;
  /** The failed request on record for which AWS's whole list of failed ones was read. */
  lookedFor: string | undefined;
}

/** The latest call whose outcome was lost. */
interface LostCall {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly call: FailedCall;
  /** How many calls of this creation have been lost so far. */
  readonly times: number;
}

/** One attempt at a creation, with all it needs. */
export interface Creation extends AdoptionParts {
  readonly work: CreateAccountWork;
  readonly attempt: Attempt;
  readonly memory: CreationMemory;
}

/** Longer than AWS's lists lag, so that a call of unknown outcome is not repeated while it may still show up. */
const listLagMs = 60_000;
const lookAtPauseAgainMs = 10_000;
const lookAgainMs = 2_000;

/** The wait while a call whose answer was lost may have made an account that AWS did not list yet when it was missing. */
export const stillToShow = ({ memory: { lost } }: Creation, { missingAsOf }: Missing): StepResult | undefined =>
  lost && missingAsOf - lost.at < listLagMs ? later(lookAgainMs, lost.call) : undefined;

/**
 * Calls CreateAccount once, on a client that never repeats a call by itself; not where vending is paused. A payer that AWS
 * has refused is asked all the same by those who hold a slot there: only a refusal of their own lets them go elsewhere.
 */
export async function ask(creation: Creation): Promise<StepResult> {
  const { access, work, attempt, memory } = creation;
  if (work.pausedFor !== undefined && !leadsElsewhere.has(work.pausedFor))
    return delayed('vending-paused', paused, lookAtPauseAgainMs);
  const input = creationInput(work);
  try {
    const command = new CreateAccountCommand(input);
    const answer = await access.payer(work.payerId).creations.send(command, { abortSignal: attempt.signal });
    const requestId = answer.CreateAccountStatus?.Id;
    if (!requestId) throw new Error('CreateAccount answered without a request id');
    memory.answeredWith = requestId;
    return requested(creation, requestId);
  } catch (error) {
    const call = failedCall(error, 'CreateAccount', input, { service: 'Organizations' });
    return outcomeUnknown(error) ? lost(error, call, creation) : refused(error, call, creation);
  }
}

const paused = `The making of accounts is paused at the moment. ${operatorInformed}`;

/** The one request that can ever be sent for this provider. Billing access stays at AWS's default, ALLOW. */
const creationInput = (work: CreateAccountWork) => ({
  Email: work.rootEmail,
  AccountName: work.accountName,
  Tags: [{ Key: ownerTag, Value: work.providerId }],
});

/** A request that AWS has taken, as support needs to see it: it ended without an account, or never ends. */
export const requestMade = (
  work: CreateAccountWork,
  { Id, FailureReason, State }: CreateAccountStatus,
): FailedCall => ({
  operation: 'CreateAccount',
  requestId: Id ?? 'none',
  error: FailureReason ?? State ?? 'no reason given',
  body: bodyOf(creationInput(work)),
});

/** The fact that AWS has taken a request. */
export function requested({ work, memory }: Creation, requestId: string): StepResult {
  memory.requestId = requestId;
  memory.putOff = 0;
  return fact({ type: 'AccountCreationRequested', requestId, payerId: work.payerId });
}

/** The first ones may be gone in a minute; those that go on are told. */
function lost(error: unknown, call: FailedCall, { memory, attempt }: Creation): StepResult {
  const times = (memory.lost?.times ?? 0) + 1;
  memory.lost = { at: attempt.now, call, times };
  if (times < triesUntilTold) return later(lookAgainMs, call);
  const { reason, words } = patience[classify(error).kind] ?? fault;
  return delayed(reason, words, lookAgainMs, call);
}

/** A payer that answers so to any call will not make an account. Source: Organizations API, common to all its calls. */
const refusedByAnyCall: readonly string[] = ['AWSOrganizationsNotInUse', 'UnsupportedAPIEndpoint'];

/** What it means that the payer refuses what is looked at before an account is asked for; other errors are thrown on. */
export function refusedUnasked(error: unknown, creation: Creation): StepResult {
  const call = callOf(error);
  const here = payerOf(error) === creation.work.payerId;
  if (!call || !here || !refusedByAnyCall.includes(classify(error).code)) throw error;
  return refused(error, call, creation);
}

function refused(error: unknown, call: FailedCall, creation: Creation): StepResult {
  const reaction = reactionToRefusal(error);
  if (!reaction) throw error;
  const { kind, code, words } = reaction;
  const { attempt, work, memory } = creation;
  const halt = haltOf('CreateAccount', code, `${words} ${operatorInformed}`, call);
  if (kind === 'payer') return payerRefused(creation, reaction, call, attempt.now);
  if (kind === 'payer-halt') return stopsVending(work.payerId, words, halt, call, attempt.now);
  if (kind === 'halt') return fact(halt);
  return delayed(code, words, waitMs(memory.putOff++, 5_000), call);
}
