/** The one call that makes an account, and what is remembered between calls whose answer was lost. */
import { CreateAccountCommand } from '@aws-sdk/client-organizations';
import type { Attempt, CreateAccountWork, StepResult } from '../../application/steps.js';
import { ownerTag } from './account-index.js';
import type { AdoptionParts } from './adopt-account.js';
import { failedCall, outcomeUnknown } from './errors.js';
import { reactionToRefusal } from './failure-reasons.js';
import { delayed, fact, halted, later, waitMs } from './step-results.js';

/** What this process remembers of a creation; losing it costs calls and a wait, never a second account. */
export interface Memory {
  /** The latest request we know of; it can be newer than the one on record. */
  requestId: string | undefined;
  /** When the outcome of a call was lost; milliseconds. */
  lostAt: number | undefined;
  /** The failed request for which we halted: asked about it again, somebody has resumed. */
  haltedFor: string | undefined;
}

/** One attempt at a creation, with all it needs. */
export interface Creation extends AdoptionParts {
  readonly work: CreateAccountWork;
  readonly attempt: Attempt;
  readonly memory: Memory;
}

/** Longer than AWS's lists lag, so that a call of unknown outcome is not repeated while it may still show up. */
const listLagMs = 60_000;
export const lookAgainMs = 2_000;
const told = 'The operator has been told; you need do nothing.';

/** Whether a call whose answer was lost may have made an account that AWS does not list yet. */
export const mayStillShow = ({ memory, attempt }: Creation): boolean =>
  memory.lostAt !== undefined && attempt.now - memory.lostAt < listLagMs;

/** Calls CreateAccount once, on a client that never repeats a call by itself. */
export async function ask(creation: Creation): Promise<StepResult> {
  const { access, work, attempt, memory } = creation;
  const input = creationInput(work);
  try {
    const command = new CreateAccountCommand(input);
    const answer = await access.payer(work.payerId).creations.send(command, { abortSignal: attempt.signal });
    const requestId = answer.CreateAccountStatus?.Id;
    if (!requestId) throw new Error('CreateAccount answered without a request id');
    return requested(creation, requestId);
  } catch (error) {
    if (!outcomeUnknown(error)) return refused(error, input, attempt);
    memory.lostAt = attempt.now;
    memory.requestId = undefined;
    return later(lookAgainMs);
  }
}

/** The one request that can ever be sent for this provider. Billing access stays at AWS's default, ALLOW. */
export const creationInput = (work: CreateAccountWork) => ({
  Email: work.rootEmail,
  AccountName: work.accountName,
  Tags: [{ Key: ownerTag, Value: work.providerId }],
});

/** The fact that AWS has taken a request. */
export function requested({ work, memory }: Creation, requestId: string): StepResult {
  memory.requestId = requestId;
  memory.lostAt = undefined;
  return fact({ type: 'AccountCreationRequested', requestId, payerId: work.payerId });
}

function refused(error: unknown, input: object, { tries }: Attempt): StepResult {
  const reaction = reactionToRefusal(error);
  if (!reaction) throw error;
  const { kind, code, words } = reaction;
  if (kind !== 'halt') return delayed(code, words, waitMs(tries, 5_000));
  return halted('CreateAccount', code, `${words} ${told}`, failedCall(error, 'CreateAccount', input));
}
