/** Makes exactly one account: the e-mail was fixed before the first call, and an e-mail owns at most one AWS account. */
import { LRUCache } from 'lru-cache';
import type { Attempt } from '../../../application/ports/attempts.js';
import type { CreateAccountWork, Ensure, StepResult } from '../../../application/ports/ensures.js';
import { aroundMs } from '../../../application/processes/back-off.js';
import { delayed, later, patiently, triesUntilTold, waitMs } from '../calls/step-results.js';
import { type AdoptionParts, adoptAccount } from './adopt-account.js';
import {
  ask,
  type Creation,
  type CreationMemory,
  refusedUnasked,
  requested,
  requestMade,
  stillToShow,
} from './creation-call.js';
import { answerFailure } from './creation-failures.js';
import { requestById, requestsFor } from './creation-requests.js';
import { anothersAccount, madeAccount } from './made-account.js';

const creationsRemembered = 1_000;

/**
 * Makes the account exist and says so.
 * Safe to repeat: the e-mail was fixed before the first call, and an e-mail owns at most one AWS account in the world.
 * Source: Organizations API, CreateAccount and CreateAccountStatus; design §4.
 */
export function createAccount(parts: AdoptionParts): Ensure<CreateAccountWork> {
  const memories = new LRUCache<string, CreationMemory>({ max: creationsRemembered });
  return patiently(async (work, attempt) => {
    const key = `${work.providerId} ${work.payerId}`;
    const memory = memories.get(key) ?? freshMemory();
    memories.set(key, memory);
    const creation = { ...parts, work, attempt, memory };
    const unrecorded = memory.requestId !== undefined && !work.requestsTried.includes(memory.requestId);
    if (memory.requestId !== undefined && unrecorded) return requested(creation, memory.requestId);
    if (work.requestId !== undefined) return follow(creation, work.requestId);
    return begin(creation).catch((error: unknown) => refusedUnasked(error, creation));
  });
}

const freshMemory = (): CreationMemory => ({
  requestId: undefined,
  answeredWith: undefined,
  lost: undefined,
  putOff: 0,
  lookedFor: undefined,
});

/** Finds the creation that is in progress, or the account it made, before asking for one. */
async function begin(creation: Creation): Promise<StepResult> {
  const { access, work, attempt, memory } = creation;
  const doubt = await creation.witness?.(work.payerId, attempt);
  if (doubt) return doubt;
  const { organizations } = access.payer(work.payerId);
  const [running] = await requestsFor(organizations, work.accountName, attempt.signal, ['IN_PROGRESS']);
  if (running?.Id && !work.requestsTried.includes(running.Id)) return requested(creation, running.Id);
  const answered = work.requestsTried.at(-1);
  if (answered === undefined && !memory.lost) return ask(creation);
  const found = await adoptAccount(creation, work, attempt);
  if (!('missingAsOf' in found)) return found;
  return stillToShow(creation, found) ?? resume(creation, answered);
}

/** Asks anew once a person has answered the last request; it may have gone on and succeeded while all stood still. */
async function resume(creation: Creation, answered: string | undefined): Promise<StepResult> {
  const { access, work, attempt } = creation;
  if (answered === undefined) return ask(creation);
  const status = await requestById(access.payer(work.payerId).organizations, answered, attempt.signal);
  if (status?.State === 'IN_PROGRESS') return later(pollMs(attempt.tries), requestMade(work, status));
  const made = status?.State === 'SUCCEEDED' ? await madeAccount(creation, status) : undefined;
  return made ?? ask(creation);
}

/** Looks at a request that AWS has taken. */
async function follow(creation: Creation, requestId: string): Promise<StepResult> {
  const { access, work, attempt } = creation;
  const status = await requestById(access.payer(work.payerId).organizations, requestId, attempt.signal);
  switch (status?.State) {
    case 'SUCCEEDED':
      return (await madeAccount(creation, status)) ?? anothersAccount(status);
    case 'FAILED':
      return answerFailure(creation, status);
    case 'IN_PROGRESS':
      return later(pollMs(attempt.tries), requestMade(work, status));
    default: {
      const found = await adoptAccount(creation, work, attempt);
      return 'missingAsOf' in found ? vanished(work, requestId, attempt) : found;
    }
  }
}

/** A fresh request may not be known everywhere at once; an old one is forgotten only after its account is listed. */
function vanished(work: CreateAccountWork, requestId: string, { tries }: Attempt): StepResult {
  const call = { ...requestMade(work, { Id: requestId }), error: 'CreateAccountStatusNotFound' };
  if (tries < triesUntilTold) return later(waitMs(tries), call);
  const words = `AWS does not know the request ${requestId} at the moment. We look again by ourselves.`;
  return delayed('creation-unknown', words, waitMs(tries), call);
}

/** A creation takes seconds to minutes and holds a slot meanwhile: look often for a minute, then every ten seconds or so. */
const pollMs = (tries: number): number =>
  aroundMs(Math.min(10_000, 2_000 + 250 * Math.max(0, tries - 30)), Math.random);
