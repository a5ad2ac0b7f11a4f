/** What to do once AWS says that a creation has failed: look for the account, ask again, go elsewhere, or stop for a person. */

import type { CreateAccountState, CreateAccountStatus } from '@aws-sdk/client-organizations';
import { operatorInformed } from '../../../application/error-text.js';
import type { StepResult } from '../../../application/ports/ensures.js';
import { backOffMs } from '../../../application/processes/back-off.js';
import type { FailedCall } from '../../../domain/failed-call.js';
import type { ProvisioningHalted } from '../../../domain/provider/events.js';
import { payerRefused, stopsVending } from '../calls/payer-refused.js';
import { delayed, fact, haltOf, later } from '../calls/step-results.js';
import type { Missing } from './account-index.js';
import { adoptAccount } from './adopt-account.js';
import { ask, type Creation, requested, requestMade, stillToShow } from './creation-call.js';
import { endedAt, requestsFor } from './creation-requests.js';
import { type Reaction, reactionTo } from './failure-reasons.js';

const minuteMs = 60_000;
/** How long an account that exists may be missing from AWS's list. */
const listSettlesMs = 5 * minuteMs;
/** Between a request that failed and the next. */
const pauses = { firstMs: 1.5 * minuteMs, longestMs: 20 * minuteMs };
const lookAgainMs = 5_000;

/**
 * Answers the failed request on record. A younger request for this account, made by a call whose answer was lost, goes
 * on record first, so that what a person answers is always the latest. Source: aws-facts §1.1 and §1.2.
 */
export async function answerFailure(creation: Creation, failed: CreateAccountStatus): Promise<StepResult> {
  const { access, work, attempt, memory } = creation;
  const listed = await requestsFor(
    access.payer(work.payerId).organizations,
    work.accountName,
    attempt.signal,
    statesToRead(creation, failed),
  );
  memory.lookedFor = failed.Id;
  const younger = listed.filter(({ Id }) => Id !== undefined && Id !== failed.Id && !work.requestsTried.includes(Id));
  const running = younger.find(({ State }) => State === 'IN_PROGRESS');
  const latest = running ?? younger.findLast((other) => endedAt(other) > endedAt(failed));
  if (latest?.Id) return requested(creation, latest.Id);
  // Even a refusal is no proof that an earlier, lost call made nothing.
  const failures = work.requestsTried.length;
  const found = await adoptAccount(creation, work, attempt, requestMade(work, failed));
  return 'missingAsOf' in found ? unfound(creation, failed, failures, found) : found;
}

/**
 * The failed requests of a payer are read once for each failure that is answered, and again when a call was lost since: a
 * payer may have many. Those in progress are few. One that succeeded is found by its account.
 */
const statesToRead = ({ memory }: Creation, failed: CreateAccountStatus): CreateAccountState[] =>
  memory.lookedFor === failed.Id && !memory.lost ? ['IN_PROGRESS'] : ['IN_PROGRESS', 'FAILED'];

/** There is no account yet: ask again when that is right, or say who must act. */
async function unfound(
  creation: Creation,
  failed: CreateAccountStatus,
  failures: number,
  missing: Missing,
): Promise<StepResult> {
  const { attempt, work } = creation;
  const reaction = reactionTo(failed);
  const call = requestMade(work, failed);
  const ended = endedAt(failed) || attempt.now;
  const age = attempt.now - ended;
  const pending = stillToShow(creation, missing);
  if (pending) return pending;
  switch (reaction.kind) {
    case 'halt':
      return fact(stop(reaction, failed, call));
    case 'payer-halt':
      return stopsVending(work.payerId, reaction.words, stop(reaction, failed, call), call, ended);
    case 'payer':
      return payerRefused(creation, reaction, call, ended);
    case 'look-up':
      return missing.missingAsOf - ended < listSettlesMs
        ? later(lookAgainMs, call)
        : fact(stop(reaction, failed, call));
    default: {
      const pauseMs = pauseAfter(failures);
      if (age >= pauseMs) return ask(creation);
      return delayed(reaction.code, reaction.words, Math.min(pauseMs - age, minuteMs), call);
    }
  }
}

/** Jittered, so that two who ask do not get into each other's way for ever. */
const pauseAfter = (failures: number): number => backOffMs(Math.max(0, failures - 1), Math.random, pauses);

function stop(
  { code, words }: Reaction,
  { FailureReason: reason }: CreateAccountStatus,
  call: FailedCall,
): ProvisioningHalted {
  const said = `AWS said ${reason ?? 'no reason'} to request ${call.requestId}.`;
  return haltOf('CreateAccount', code, `${words} ${said} ${operatorInformed}`, call);
}
