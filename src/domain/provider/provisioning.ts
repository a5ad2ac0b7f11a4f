/** From accepted terms to a hardened account: what each fact makes of the stage before it. */
import type { ProviderEvent } from './events.js';
import type { Account, Assigned, Moving, Pace } from './stages.js';

/** The stage after a fact of provisioning, or `undefined` when the fact belongs to another phase or does not fit. */
export function evolveProvisioning(provider: Moving, event: ProviderEvent, at: string): Moving | undefined {
  const pace: Pace = { since: at, delays: {} };
  switch (event.type) {
    case 'TermsAccepted':
      if (provider.stage !== 'requested') return undefined;
      return { ...provider, stage: 'accepted', documents: event.documents, acceptedAt: at, ...pace };
    case 'PayerAssigned':
      return assigned(provider, event.payerId, pace);
    case 'AccountCreationRequested':
      if (provider.stage !== 'assigned') return undefined;
      return { ...provider, stage: 'creating', requestId: event.requestId, delays: {} };
    case 'AccountCreated': {
      if (provider.stage !== 'assigned' && provider.stage !== 'creating') return undefined;
      const { accountId, payerId, access } = event;
      return { ...assignedFacts(provider), stage: 'created', accountId, payerId, access, ...pace };
    }
    case 'PayerLinked':
      return provider.stage === 'created' ? { ...provider, stage: 'linked', ...pace } : undefined;
    case 'AccountReady':
      return provider.stage === 'linked' ? { ...provider, stage: 'ready', applied: [], ...pace } : undefined;
    case 'BaselineStepApplied': {
      if (provider.stage !== 'ready') return undefined;
      const { [event.step]: settled, ...delays } = provider.delays;
      return { ...provider, applied: [...provider.applied, event.step], delays };
    }
    case 'BaselineApplied':
      return provider.stage === 'ready' ? { ...accountFacts(provider), stage: 'hardened', ...pace } : undefined;
    default:
      return undefined;
  }
}

function assigned(provider: Moving, payerId: string, pace: Pace): Moving | undefined {
  if (provider.stage === 'accepted')
    return { ...provider, stage: 'assigned', payerId, payersTried: [payerId], ...pace };
  if (provider.stage !== 'assigned' && provider.stage !== 'creating') return undefined;
  const payersTried = [...provider.payersTried.filter((tried) => tried !== payerId), payerId];
  return { ...assignedFacts(provider), stage: 'assigned', payerId, payersTried, ...pace };
}

/** Only the facts that outlive a creation attempt. */
function assignedFacts(provider: Assigned): Assigned {
  const { organization, name, origin, territory, rootEmail, accountName, requestDigest, requestedAt } = provider;
  const { documents, acceptedAt, payerId, payersTried } = provider;
  const request = { organization, name, origin, territory, rootEmail, accountName, requestDigest, requestedAt };
  return { ...request, documents, acceptedAt, payerId, payersTried };
}

/** Only the facts that outlive the baseline. */
export function accountFacts(provider: Account): Account {
  return { ...assignedFacts(provider), accountId: provider.accountId, access: provider.access };
}
