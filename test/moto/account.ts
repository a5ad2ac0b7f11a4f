/** An account made from nothing by the steps themselves, each tried for as long as it answers that it takes longer. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { AccountWork, CreateAccountWork, Ensure, Ensures } from '../../src/application/ports/ensures.js';
import { accountToken } from '../../src/domain/account-token.js';
import type { ProviderEvent } from '../../src/domain/provider/events.js';
import { wayInOf } from '../../src/domain/provider/way-in.js';

const triesAtMost = 100;
const pauseMs = 10;

/** The fact of a step that is no halt. Its own clock runs ahead by what it asks to wait. Throws where it comes to none. */
export async function eventually<W>(ensure: Ensure<W>, work: W): Promise<ProviderEvent> {
  const event = await ended(ensure, work);
  if (event.type !== 'ProvisioningHalted') return event;
  throw new Error(`${event.step} halts as ${event.reason}: ${event.words}`);
}

/** The fact that a step comes to, also a halt. */
export async function ended<W>(ensure: Ensure<W>, work: W): Promise<ProviderEvent> {
  let last: unknown;
  for (let tries = 0, ahead = 0; tries < triesAtMost; tries++) {
    const result = await ensure(work, { tries, now: Date.now() + ahead, signal: new AbortController().signal });
    last = result;
    if (result.kind === 'fact' || result.kind === 'proof-wrong') return result.event;
    if (result.kind === 'payer-refused') break;
    ahead += result.retryAfterMs ?? 0;
    await wait(pauseMs);
  }
  throw new Error(`It never came to a fact; the last answer was ${JSON.stringify(last)}`);
}

export async function makeAccount({ CreateAccount }: Pick<Ensures, 'CreateAccount'>): Promise<AccountWork> {
  const providerId = randomUUID();
  const token = accountToken(providerId);
  const asked: CreateAccountWork = {
    ...{ providerId, payerId: 'payer-1', payersTried: ['payer-1'] },
    ...{ rootEmail: `aws+${token}@vend.example`, accountName: `ctl-${token}` },
    ...{ requestId: undefined, requestsTried: [], pausedFor: undefined },
  };
  const first = await eventually(CreateAccount, asked);
  const { requestId } = { requestId: undefined, ...first };
  const followed = { ...asked, requestId, requestsTried: requestId === undefined ? [] : [requestId] };
  const made = first.type === 'AccountCreated' ? first : await eventually(CreateAccount, followed);
  if (made.type !== 'AccountCreated') throw new Error(`Not an account: ${JSON.stringify(made)}`);
  const { accountId, payerId, access } = made;
  return { providerId, accountId, payerId, wayIn: wayInOf(access, payerId) };
}
