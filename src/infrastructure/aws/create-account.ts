/** Makes exactly one account: the e-mail was fixed before the first call, and an e-mail owns at most one AWS account. */
import { Latest } from '../../application/latest.js';
import type { Attempt, CreateAccountWork, Ensure, StepResult } from '../../application/steps.js';
import { type AdoptionParts, accountCreated, adoptAccount } from './adopt-account.js';
import { ask, type Creation, lookAgainMs, type Memory, mayStillShow, requested } from './creation-call.js';
import { answerFailure } from './creation-failures.js';
import { requestById, requestsFor } from './creation-requests.js';
import { delayed, later, patiently, waitMs } from './step-results.js';

const creationsRemembered = 1_000;

/**
 * Makes the account exist and says so.
 * Safe to repeat: the e-mail was fixed before the first call, and an e-mail owns at most one AWS account in the world.
 * Source: Organizations API, CreateAccount and CreateAccountStatus; design §4.
 */
export function createAccount(parts: AdoptionParts): Ensure<CreateAccountWork> {
  const memories = new Latest<string, Memory>(creationsRemembered);
  return patiently((work, attempt) => {
    const key = `${work.providerId} ${work.payerId}`;
    const memory = memories.get(key) ?? { requestId: undefined, lostAt: undefined, haltedFor: undefined };
    memories.set(key, memory);
    const creation = { ...parts, work, attempt, memory };
    const requestId = memory.requestId ?? work.requestId;
    return requestId ? follow(creation, requestId) : begin(creation);
  });
}

/** Finds the creation that is in progress, or the account it made, before asking for one. */
async function begin(creation: Creation): Promise<StepResult> {
  const { access, work, attempt, memory } = creation;
  const { organizations } = access.payer(work.payerId);
  const [running] = await requestsFor(organizations, work.accountName, attempt.signal, ['IN_PROGRESS']);
  if (running?.Id) return requested(creation, running.Id);
  if (memory.lostAt === undefined) return ask(creation);
  const found = await adoptAccount(creation, work, attempt);
  if (found) return found;
  return mayStillShow(creation) ? later(lookAgainMs) : ask(creation);
}

/** Looks at a request that AWS has taken. */
async function follow(creation: Creation, requestId: string): Promise<StepResult> {
  const { access, work, attempt } = creation;
  const status = await requestById(access.payer(work.payerId).organizations, requestId, attempt.signal);
  switch (status?.State) {
    case 'SUCCEEDED':
      if (!status.AccountId)
        throw new Error(`DescribeCreateAccountStatus: ${requestId} succeeded without an account id`);
      return accountCreated(status.AccountId, work.payerId, requestId);
    case 'FAILED':
      return answerFailure(creation, status);
    case 'IN_PROGRESS':
      return later(pollMs(attempt.tries));
    default:
      return (await adoptAccount(creation, work, attempt)) ?? vanished(requestId, attempt);
  }
}

/** A fresh request may not be known everywhere at once; an old one is forgotten only after its account is listed. */
function vanished(requestId: string, { tries }: Attempt): StepResult {
  if (tries < 3) return later(waitMs(tries));
  const words = `AWS does not know the request ${requestId} at the moment. We look again by ourselves.`;
  return delayed('creation-unknown', words, waitMs(tries));
}

/** A creation takes seconds to minutes: look often at first, then every ten seconds. */
const pollMs = (tries: number): number => Math.min(10_000, 1_000 + 250 * tries);
