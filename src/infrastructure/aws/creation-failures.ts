/** What to do once AWS says that a creation has failed: look for the account, ask again, or stop for a person. */
import type { CreateAccountStatus } from '@aws-sdk/client-organizations';
import type { StepResult } from '../../application/steps.js';
import { adoptAccount } from './adopt-account.js';
import { ask, type Creation, creationInput, mayStillShow } from './creation-call.js';
import { endedAt, requestsFor } from './creation-requests.js';
import { bodyOf } from './errors.js';
import { type Reaction, reactionTo } from './failure-reasons.js';
import { delayed, halted, later } from './step-results.js';

const minuteMs = 60_000;
/** How long an account that exists may be missing from AWS's list. */
const listSettlesMs = 5 * minuteMs;
/** A failure this old that another process asked for was answered before, so somebody resumed, or we were away. */
const oldFailureMs = 15 * minuteMs;
const lookAgainMs = 5_000;

/**
 * Answers a failed request. The latest request for this account counts, which may be younger than the one on record:
 * AWS re-asked by us, or a call whose answer was lost. Source: aws-facts §1.1 and §1.2.
 */
export async function answerFailure(creation: Creation, known: CreateAccountStatus): Promise<StepResult> {
  const { access, work, attempt, memory } = creation;
  const listed = await requestsFor(access.payer(work.payerId).organizations, work.accountName, attempt.signal);
  const unfinished = listed.find(({ State }) => State === 'IN_PROGRESS');
  if (unfinished?.Id) {
    memory.requestId = unfinished.Id;
    return later(lookAgainMs);
  }
  const failures = listed.filter(({ State }) => State === 'FAILED');
  const newest = failures.reduce((a, b) => (endedAt(b) > endedAt(a) ? b : a), known);
  const reaction = reactionTo(newest);
  // Even a refusal is no proof that an earlier, lost call made nothing.
  return (await adoptAccount(creation, work, attempt)) ?? unfound(creation, newest, reaction, failures.length);
}

/** There is no account yet: ask again when that is right, or say who must act. */
async function unfound(
  creation: Creation,
  failed: CreateAccountStatus,
  reaction: Reaction,
  failures: number,
): Promise<StepResult> {
  const { attempt, memory } = creation;
  const age = attempt.now - (endedAt(failed) || attempt.now);
  if (mayStillShow(creation)) return later(lookAgainMs);
  // Only by time alone a wrong clock would make this process ask, and fail, and ask without an end.
  const forgotten = age >= oldFailureMs && memory.requestId !== failed.Id;
  if (memory.haltedFor === failed.Id || forgotten) return ask(creation);
  if (reaction.kind === 'halt') return stop(creation, failed, reaction);
  if (reaction.kind === 'look-up') return age < listSettlesMs ? later(lookAgainMs) : stop(creation, failed, reaction);
  const pauseMs = Math.min(oldFailureMs, minuteMs * 2 ** Math.max(0, failures - 1));
  return age < pauseMs ? delayed(reaction.code, reaction.words, Math.min(pauseMs - age, minuteMs)) : ask(creation);
}

function stop({ work, memory }: Creation, failed: CreateAccountStatus, { code, words }: Reaction): StepResult {
  memory.haltedFor = failed.Id;
  const reason = failed.FailureReason ?? 'no reason given';
  const requestId = failed.Id ?? 'none';
  const call = { operation: 'CreateAccount', requestId, error: reason, body: bodyOf(creationInput(work)) };
  const told = `AWS said ${reason} to request ${requestId}. The operator has been told; you need do nothing.`;
  return halted('CreateAccount', code, `${words} ${told}`, call);
}
