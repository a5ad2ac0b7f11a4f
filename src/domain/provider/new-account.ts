/** An account that is made here: the payer it is asked for at, the requests for it, and AWS's answer. */
import { memberFacts, paceFrom, toBeMadeFacts } from './carry-over.js';
import type { PayerAssigned, ProviderEventOf } from './events.js';
import { type BeingMade, isBeingMade, isQueued, type Moving, type NewAccount, type Provider } from './stages.js';
import { wayInOf } from './way-in.js';

type NewAccountEvent = ProviderEventOf<
  'PayerAssigned' | 'AccountCreationRequested' | 'PayerRefused' | 'AccountCreated'
>;

/** The provider after a fact about the making of its account, or `undefined` when the fact does not fit. */
export function evolveNewAccount(provider: Provider, event: NewAccountEvent, at: string): Provider | undefined {
  if (event.type === 'PayerAssigned') return assigned(provider, event, at);
  if (!isBeingMade(provider)) return undefined;
  switch (event.type) {
    case 'AccountCreationRequested':
      return requested(provider, event.requestId);
    case 'PayerRefused':
      // It keeps its place in the queue.
      return { ...toBeMadeFacts(provider), stage: 'accepted', ...paceFrom(provider.acceptedAt) };
    case 'AccountCreated': {
      const { accountId, payerId, access } = event;
      const account = { ...provider, accountId, payerId, wayIn: wayInOf(access, payerId) };
      return { ...memberFacts(account), stage: 'created', ...paceFrom(at) };
    }
    default:
      return event satisfies never;
  }
}

/** A creation gave its slot back when it halted; once resumed, it waits for another at its payer. */
export function queuedAgain(halted: BeingMade, at: string): Moving {
  const { payerId, vendingSince } = halted;
  return { ...toBeMadeFacts(halted), payerId, vendingSince, stage: 'resumed', ...paceFrom(at) };
}

function assigned(provider: Provider, { payerId, vendingSince }: PayerAssigned, at: string): Provider | undefined {
  if (!isQueued(provider) && !isBeingMade(provider)) return undefined;
  if (provider.stage === 'resumed' && provider.payerId !== payerId) return undefined;
  const payersTried = [...provider.origin.payersTried.filter((tried) => tried !== payerId), payerId];
  const origin: NewAccount = { ...provider.origin, payersTried };
  return { ...toBeMadeFacts(provider), origin, stage: 'assigned', payerId, vendingSince, ...paceFrom(at) };
}

/** A later request may follow a failed one; the deadline still counts from the assignment. */
function requested(provider: BeingMade, requestId: string): Provider {
  const { payerId, vendingSince, since } = provider;
  const origin: NewAccount = {
    ...provider.origin,
    requestsTried: [...provider.origin.requestsTried, requestId],
  };
  return {
    ...toBeMadeFacts(provider),
    origin,
    stage: 'creating',
    payerId,
    vendingSince,
    requestId,
    ...paceFrom(since),
  };
}
