/** A request for an account, until its way parts from that of others: asked for or refused, accepted, renamed, withdrawn. */
import { paceFrom, requestFacts } from './carry-over.js';
import type { ProviderEventOf, ProviderRequested } from './events.js';
import type { Origin, Provider } from './stages.js';

type RequestEvent = ProviderEventOf<
  'ProviderRequested' | 'ProviderRefused' | 'TermsAccepted' | 'ProviderRenamed' | 'ProviderWithdrawn'
>;

/** The provider after a fact about its request, or `undefined` when the fact does not fit. */
export function evolveRequest(provider: Provider, event: RequestEvent, at: string): Provider | undefined {
  switch (event.type) {
    case 'ProviderRequested':
      return provider.stage === 'unknown' ? requested(event, at) : undefined;
    case 'ProviderRefused': {
      const { organization, name, requestDigest, reasons } = event;
      return provider.stage === 'unknown'
        ? { stage: 'refused', organization, name, requestDigest, reasons }
        : undefined;
    }
    case 'TermsAccepted': {
      if (provider.stage !== 'requested') return undefined;
      const { documents } = event;
      return { ...requestFacts(provider), stage: 'accepted', documents, acceptedAt: at, ...paceFrom(at) };
    }
    case 'ProviderRenamed':
      return renamed(provider, event.name);
    case 'ProviderWithdrawn':
      return isWithdrawable(provider) ? { ...requestFacts(provider), stage: 'withdrawn' } : undefined;
    default:
      return event satisfies never;
  }
}

function requested(event: ProviderRequested, at: string): Provider | undefined {
  const { organization, name, territory, requestDigest } = event;
  const origin = originOf(event);
  return origin && { stage: 'requested', organization, name, territory, requestDigest, requestedAt: at, origin };
}

/** A newer program may have recorded another origin: what it owes cannot be known here, so it is no origin. */
function originOf({ origin, rootEmail, accountName }: ProviderRequested): Origin | undefined {
  switch (origin) {
    case 'new':
      return { kind: origin, rootEmail, accountName, payersTried: [], requestsTried: [] };
    default:
      origin satisfies never;
      return undefined;
  }
}

function renamed(provider: Provider, name: string): Provider | undefined {
  switch (provider.stage) {
    case 'unknown':
    case 'refused':
    case 'withdrawn':
      return undefined;
    case 'halted':
      return { ...provider, from: { ...provider.from, name } };
    default:
      return { ...provider, name };
  }
}

/** Whether no account can come of it yet: once a payer was tried, a call whose answer was lost may have made one. */
export const isWithdrawable = (
  provider: Provider,
): provider is Extract<Provider, { stage: 'requested' | 'accepted' }> =>
  provider.stage === 'requested' || (provider.stage === 'accepted' && provider.origin.payersTried.length === 0);
