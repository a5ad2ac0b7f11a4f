/** The credentials of a hardened account: issued, then claimed or expired, and issued again on demand. */
import { livingState } from './account-state.js';
import { memberFacts, paceFrom } from './carry-over.js';
import type { CredentialsIssued, CredentialsReissued } from './credential-events.js';
import type { ProviderEventOf } from './events.js';
import { evolveSecondFactor } from './second-factor.js';
import type { Moving, Provider } from './stages.js';

type CredentialsEvent = ProviderEventOf<
  'CredentialsIssued' | 'CredentialsClaimed' | 'CredentialsExpired' | 'CredentialsReissued' | 'MfaEnrolled'
>;
type Active = Extract<Moving, { stage: 'active' }>;

/** The provider after a fact about its credentials, or `undefined` when the fact does not fit. */
export function evolveCredentials(provider: Provider, event: CredentialsEvent, at: string): Provider | undefined {
  switch (event.type) {
    case 'CredentialsIssued':
      return issued(provider, event, at);
    case 'CredentialsClaimed':
      return settled(provider, event.generation, 'claimed', at);
    case 'CredentialsExpired':
      return settled(provider, event.generation, 'expired', at);
    case 'CredentialsReissued':
      return reissued(provider, event, at);
    case 'MfaEnrolled':
      return evolveSecondFactor(provider, event);
    default:
      return event satisfies never;
  }
}

/** The generation of credentials that is owed to the customer now, if any. */
export function awaitedGeneration(provider: Provider): number | undefined {
  if (provider.stage === 'hardened' || provider.stage === 'proven') return 1;
  const isReissuing = provider.stage === 'active' && provider.credentials.state === 'reissuing';
  return isReissuing ? provider.credentials.generation : undefined;
}

function issued(provider: Provider, { type, ...handout }: CredentialsIssued, at: string): Provider | undefined {
  if (provider.stage !== 'hardened' && provider.stage !== 'proven' && provider.stage !== 'active') return undefined;
  if (awaitedGeneration(provider) !== handout.generation) return undefined;
  const credentials = { state: 'issued' as const, ...handout, issuedAt: at };
  const { accountState, secondFactor } =
    provider.stage === 'active' ? provider : { accountState: livingState, secondFactor: 'not-seen' as const };
  const { remaining, root } = provider;
  const own = { credentials, accountState, secondFactor, remaining, root };
  return { ...memberFacts(provider), stage: 'active', ...own, ...paceFrom(at) };
}

function settled(
  provider: Provider,
  generation: number,
  state: 'claimed' | 'expired',
  at: string,
): Provider | undefined {
  if (provider.stage !== 'active' || provider.credentials.state !== 'issued') return undefined;
  if (provider.credentials.generation !== generation) return undefined;
  return { ...provider, credentials: { ...provider.credentials, state }, ...paceFrom(at) };
}

function reissued(provider: Provider, event: CredentialsReissued, at: string): Provider | undefined {
  if (provider.stage !== 'active' || provider.credentials.generation + 1 !== event.generation) return undefined;
  const { generation, resetMfa } = event;
  const sentSince = replacedSince(provider.credentials, at);
  const secondFactor = resetMfa ? 'not-seen' : provider.secondFactor;
  const credentials = { state: 'reissuing', generation, resetMfa, sentSince } as const;
  return { ...provider, credentials, secondFactor, ...paceFrom(at) };
}

/** A password is taken away from its expiry on, and replaced from a reissue on. */
function replacedSince(former: Active['credentials'], at: string): string {
  const earliest = former.state === 'reissuing' ? former.sentSince : former.expiresAt;
  return earliest < at ? earliest : at;
}
