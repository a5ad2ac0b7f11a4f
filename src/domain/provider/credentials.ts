/** The credentials of a hardened account: issued, then claimed or expired, and issued again on demand. */
import type { ProviderEvent } from './events.js';
import { accountFacts } from './provisioning.js';
import type { Handout, Moving, Pace } from './stages.js';

type Active = Extract<Moving, { stage: 'active' }>;

/** The stage after a fact about credentials, or `undefined` when the fact belongs to another phase or does not fit. */
export function evolveActive(provider: Moving, event: ProviderEvent, at: string): Moving | undefined {
  switch (event.type) {
    case 'CredentialsIssued': {
      const { type, ...handout } = event;
      const generation =
        provider.stage === 'hardened' || provider.stage === 'active' ? awaitedGeneration(provider) : undefined;
      if (generation !== event.generation || (provider.stage !== 'hardened' && provider.stage !== 'active'))
        return undefined;
      const facts = accountFacts(provider);
      return { ...facts, stage: 'active', credentials: { state: 'issued', ...handout }, ...pace(at) };
    }
    case 'CredentialsClaimed':
    case 'CredentialsExpired': {
      const handout = issued(provider, event.generation);
      const state = event.type === 'CredentialsClaimed' ? 'claimed' : 'expired';
      return handout && { ...(provider as Active), credentials: { ...handout, state }, ...pace(at) };
    }
    case 'CredentialsReissued': {
      if (provider.stage !== 'active' || provider.credentials.generation + 1 !== event.generation) return undefined;
      const { generation, resetMfa } = event;
      const sentSince = replacedSince(provider.credentials, at);
      return { ...provider, credentials: { state: 'reissuing', generation, resetMfa, sentSince }, ...pace(at) };
    }
    default:
      return undefined;
  }
}

/** The generation of credentials that is owed to the customer now, if any. */
export function awaitedGeneration(provider: Extract<Moving, { stage: 'hardened' | 'active' }>): number | undefined {
  if (provider.stage === 'hardened') return 1;
  return provider.credentials.state === 'reissuing' ? provider.credentials.generation : undefined;
}

/** A password is taken away from its expiry on, and replaced from a reissue on. */
function replacedSince(former: Active['credentials'], at: string): string {
  const earliest = former.state === 'reissuing' ? former.sentSince : former.expiresAt;
  return earliest < at ? earliest : at;
}

const pace = (at: string): Pace => ({ since: at, delays: {} });

function issued(provider: Moving, generation: number): Handout | undefined {
  if (provider.stage !== 'active' || provider.credentials.state !== 'issued') return undefined;
  return provider.credentials.generation === generation ? provider.credentials : undefined;
}
