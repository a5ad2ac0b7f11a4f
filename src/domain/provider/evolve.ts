/** The provider after an event. History that breaks the life cycle is corrupt, so it stops the reader. */
import { foreignEvent } from '../foreign-event.js';
import { evolveAccount } from './account.js';
import type { BaselineEvent } from './baseline-events.js';
import type { CredentialEvent } from './credential-events.js';
import { evolveCredentials } from './credentials.js';
import type { ProviderEvent, ProviderEventOf } from './events.js';
import { evolveHalt } from './halts.js';
import { evolveNewAccount } from './new-account.js';
import { evolveRequest } from './request.js';
import type { Provider } from './stages.js';

/** A fact that history cannot hold at this place. */
class CorruptHistory extends Error {
  constructor(provider: Provider, event: ProviderEvent) {
    super(`${event.type} cannot follow in stage ${provider.stage}`);
  }
}

/** Folds one event, recorded at an ISO time; throws {@link CorruptHistory} where it does not fit. */
export function evolve(provider: Provider, event: ProviderEvent, at: string): Provider {
  const after = next(provider, event, at);
  if (!after) throw new CorruptHistory(provider, event);
  return after;
}

function next(provider: Provider, event: ProviderEvent, at: string): Provider | undefined {
  switch (event.type) {
    case 'ProviderRequested':
    case 'ProviderRefused':
    case 'TermsAccepted':
    case 'ProviderRenamed':
    case 'ProviderWithdrawn':
      return evolveRequest(provider, event, at);
    case 'PayerAssigned':
    case 'AccountCreationRequested':
    case 'PayerRefused':
    case 'AccountCreated':
      return evolveNewAccount(provider, event, at);
    case 'StepDelayed':
    case 'ProvisioningHalted':
    case 'ProvisioningResumed':
      return evolveHalt(provider, event, at);
    default:
      return withAccount(provider, event, at);
  }
}

/** What happens to every account, and to what is handed over with it. */
type WithAccount =
  | BaselineEvent
  | CredentialEvent
  | ProviderEventOf<'PayerLinked' | 'AccountReady' | 'AccountStateObserved' | 'RootStateObserved'>;

function withAccount(provider: Provider, event: WithAccount, at: string): Provider | undefined {
  switch (event.type) {
    case 'PayerLinked':
    case 'AccountReady':
    case 'BaselineStepApplied':
    case 'BaselineApplied':
    case 'LiveProofRecorded':
    case 'AccountStateObserved':
    case 'RootStateObserved':
      return evolveAccount(provider, event, at);
    case 'CredentialsIssued':
    case 'CredentialsClaimed':
    case 'CredentialsExpired':
    case 'CredentialsReissued':
    case 'MfaEnrolled':
      return evolveCredentials(provider, event, at);
    default:
      return foreignEvent(event);
  }
}
