/** The one call that makes an account, and what is remembered between calls whose answer was lost. */
import { CreateAccountCommand, type CreateAccountStatus } from '@aws-sdk/client-organizations';
import type { Attempt, CreateAccountWork, StepResult } from '../../application/steps.js';
import type { FailedCall } from '../../domain/provider/facts.js';
import { type Missing, ownerTag } from './account-index.js';
import type { AdoptionParts } from './adopt-account.js';
import { bodyOf, classify, failedCall, outcomeUnknown } from './errors.js';
import { reactionToRefusal } from './failure-reasons.js';
import { payerRefused } from './payer-refused.js';
import { delayed, fact, fault, halted, later, patience, told, triesUntilTold, waitMs } from './step-results.js';

/** What this process remembers of a creation; losing it costs calls and a wait, never a second account. */
export interface Memory {
  /** The latest request we know of; it goes on record as soon as it can. */
  requestId: string | undefined;
  lost: LostCall | undefined;
  /** How many calls in a row AWS has refused for a while only. */
  putOff: number;
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
  readonly memory: Memory;
}

/** Longer than AWS's lists lag, so that a call of unknown outcome is not repeated while it may still show up. */
const listLagMs = 60_000;
const lookAtPauseAgainMs = 10_000;
const lookAgainMs = 2_000;

/** The wait while a call whose answer was lost may have made an account that AWS did not list yet when it was missing. */
export const stillToShow = ({ memory: { lost } }: Creation, { missingAsOf }: Missing): StepResult | undefined =>
  lost && missingAsOf - lost.at < listLagMs ? later(lookAgainMs, lost.call) : undefined;

/** Calls CreateAccount once, on a client that never repeats a call by itself; not where vending is paused. */
export async function ask(creation: Creation): Promise<StepResult> {
  const { access, work, attempt } = creation;
  if (!work.vends) return delayed('vending-paused', paused, lookAtPauseAgainMs);
  const input = creationInput(work);
  try {
    const command = new CreateAccountCommand(input);
    const answer = await access.payer(work.payerId).creations.send(command, { abortSignal: attempt.signal });
    const requestId = answer.CreateAccountStatus?.Id;
    if (!requestId) throw new Error('CreateAccount answered without a request id');
    return requested(creation, requestId);
  } catch (error) {
    return outcomeUnknown(error) ? lost(error, input, creation) : refused(error, input, creation);
  }
}

const paused = `The making of accounts is paused at the moment. ${told}`;

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
function lost(error: unknown, input: object, { memory, attempt }: Creation): StepResult {
  const call = failedCall(error, 'CreateAccount', input);
  const times = (memory.lost?.times ?? 0) + 1;
  memory.lost = { at: attempt.now, call, times };
  if (times < triesUntilTold) return later(lookAgainMs, call);
  const { reason, words } = patience[classify(error).kind] ?? fault;
  return delayed(reason, words, lookAgainMs, call);
}

function refused(error: unknown, input: object, creation: Creation): StepResult {
  const reaction = reactionToRefusal(error);
  if (!reaction) throw error;
  const { kind, code, words } = reaction;
  const call = failedCall(error, 'CreateAccount', input);
  if (kind === 'payer') return payerRefused(creation, reaction, call, creation.attempt.now);
  if (kind === 'halt') return halted('CreateAccount', code, `${words} ${told}`, call);
  return delayed(code, words, waitMs(creation.memory.putOff++, 5_000), call);
}
