/** From accepted terms to a hardened account: what each fact makes of the stage before it. */
import type { ProviderEvent } from './events.js';
import { type Accepted, type Account, type Assigned, isQueued, type Moving, type Pace, type Tried } from './stages.js';
import { type BaselineStep, openBaselineSteps, type Step } from './steps.js';

type Ready = Extract<Moving, { stage: 'ready' }>;

/** The stage after a fact of provisioning, or `undefined` when the fact belongs to another phase or does not fit. */
export function evolveProvisioning(provider: Moving, event: ProviderEvent, at: string): Moving | undefined {
  const pace: Pace = { since: at, delays: {} };
  switch (event.type) {
    case 'TermsAccepted':
      if (provider.stage !== 'requested') return undefined;
      return { ...provider, stage: 'accepted', documents: event.documents, acceptedAt: at, ...untried, ...pace };
    case 'PayerAssigned':
      return assigned(provider, event.payerId, pace);
    case 'AccountCreationRequested':
      return requested(provider, event.requestId);
    case 'PayerRefused':
      if (provider.stage !== 'assigned' && provider.stage !== 'creating') return undefined;
      // It keeps its place in the queue.
      return { ...acceptedFacts(provider), stage: 'accepted', since: provider.acceptedAt, delays: {} };
    case 'AccountCreated': {
      if (provider.stage !== 'assigned' && provider.stage !== 'creating') return undefined;
      const { accountId, payerId, access } = event;
      return { ...assignedFacts(provider), stage: 'created', accountId, payerId, access, ...pace };
    }
    case 'PayerLinked':
      return provider.stage === 'created' ? { ...provider, stage: 'linked', ...pace } : undefined;
    case 'AccountReady':
      return provider.stage === 'linked' ? { ...provider, stage: 'ready', applied: [], ...pace } : undefined;
    case 'BaselineStepApplied':
      return provider.stage === 'ready' ? applied(provider, event.step, at) : undefined;
    case 'BaselineApplied':
      return provider.stage === 'ready' ? { ...accountFacts(provider), stage: 'hardened', ...pace } : undefined;
    default:
      return undefined;
  }
}

function assigned(provider: Moving, payerId: string, pace: Pace): Moving | undefined {
  if (!isQueued(provider) && provider.stage !== 'assigned' && provider.stage !== 'creating') return undefined;
  if (provider.stage === 'resumed' && provider.payerId !== payerId) return undefined;
  const payersTried = [...provider.payersTried.filter((tried) => tried !== payerId), payerId];
  return { ...acceptedFacts(provider), stage: 'assigned', payerId, payersTried, ...pace };
}

/** A later request may follow a failed one; the deadline still counts from the assignment. */
function requested(provider: Moving, requestId: string): Moving | undefined {
  if (provider.stage !== 'assigned' && provider.stage !== 'creating') return undefined;
  const requestsTried = [...provider.requestsTried, requestId];
  return { ...assignedFacts(provider), stage: 'creating', requestId, requestsTried, since: provider.since, delays: {} };
}

/** The steps that waited for this one are owed from now on, so their deadlines count from now. */
function applied(provider: Ready, step: BaselineStep, at: string): Ready {
  const { [step]: settled, ...delays } = provider.delays;
  const before = openBaselineSteps(provider.applied);
  const others = provider.applied.filter((each) => each !== step);
  const after = { ...provider, applied: [...others, step], delays };
  const opens = openBaselineSteps(after.applied).some((each) => !before.includes(each));
  return opens ? { ...after, since: at } : after;
}

/**
 * The stage a resume goes on from, at an ISO time. A creation gave its slot back when it halted, so it waits for another.
 * A person has answered the request that failed: the account is looked for, then asked for anew.
 */
export function resumed(halted: Moving, step: Step, at: string): Moving {
  const pace: Pace = { since: at, delays: {} };
  if (step === 'CreateAccount' && (halted.stage === 'assigned' || halted.stage === 'creating'))
    return { ...assignedFacts(halted), stage: 'resumed', ...pace };
  return 'since' in halted ? { ...halted, ...pace } : halted;
}

const untried: Tried = { payersTried: [], requestsTried: [] };

/** Only the facts that outlive a payer. */
function acceptedFacts(provider: Accepted & Tried): Accepted & Tried {
  const { organization, name, origin, territory, rootEmail, accountName, requestDigest, requestedAt } = provider;
  const { documents, acceptedAt, payersTried, requestsTried } = provider;
  const request = { organization, name, origin, territory, rootEmail, accountName, requestDigest, requestedAt };
  return { ...request, documents, acceptedAt, payersTried, requestsTried };
}

/** Only the facts that outlive a creation attempt. */
const assignedFacts = (provider: Assigned): Assigned => ({ ...acceptedFacts(provider), payerId: provider.payerId });

/** Only the facts that outlive the baseline. */
export function accountFacts(provider: Account): Account {
  return { ...assignedFacts(provider), accountId: provider.accountId, access: provider.access };
}
