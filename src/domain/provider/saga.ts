/** The saga as two pure questions to history: what is owed and until when, and what does an outcome add? */
import { endOf, observed } from './account-state.js';
import type { BaselineStepApplied } from './baseline-events.js';
import { awaitedGeneration } from './credentials.js';
import type { ProviderEvent } from './events.js';
import { evolve } from './evolve.js';
import type { Answered } from './facts.js';
import { isNewReason } from './halts.js';
import { deviceSeen } from './second-factor.js';
import { hasAccount, isBeingMade, isMoving, type Moving, type Provider } from './stages.js';
import { isWhole, openBaselineSteps, type Step, stepTable } from './steps.js';

/** A step that history owes: since one time, and (where it must end) halted after another; both ISO. */
export interface Owed {
  readonly step: Step;
  readonly since: string;
  readonly deadline: string | undefined;
}

/** What history owes this provider. A restart needs nothing else. */
export function owed(provider: Provider): readonly Owed[] {
  if (!isMoving(provider)) return [];
  return owedIn(provider).map((step) => {
    const { patienceMs } = stepTable[step];
    const deadline = patienceMs && new Date(Date.parse(provider.since) + patienceMs).toISOString();
    return { step, since: provider.since, deadline: deadline || undefined };
  });
}

/** The steps that are owed, without their times. */
export const stepsOwed = (provider: Provider): readonly Step[] => (isMoving(provider) ? owedIn(provider) : []);

/** ISO time since when nothing is owed but a look whether the customer has come; `undefined` where that is not so. */
export const watchedSince = (provider: Provider): string | undefined =>
  provider.stage === 'active' && provider.credentials.state === 'issued' && provider.remaining.length === 0
    ? provider.since
    : undefined;

function owedIn(provider: Moving): readonly Step[] {
  switch (provider.stage) {
    case 'accepted':
    case 'resumed':
      return ['AssignPayer'];
    case 'assigned':
    case 'creating':
      return ['CreateAccount'];
    case 'created':
      return ['LinkPayer'];
    case 'linked':
      return ['AwaitReadiness'];
    case 'ready':
      return openBaselineSteps(provider.applied);
    case 'hardened':
      return ['LiveProof'];
    case 'proven':
      return ['IssueCredentials'];
    case 'active':
      // Nothing can be done in it; what is owed is owed again once it lives.
      if (endOf(provider.accountState)) return [];
      return [...credentialSteps(provider), ...provider.remaining];
    default:
      return provider satisfies never;
  }
}

function credentialSteps(provider: Extract<Moving, { stage: 'active' }>): readonly Step[] {
  if (provider.credentials.state === 'issued') return ['SettleCredentials'];
  return awaitedGeneration(provider) ? ['IssueCredentials'] : [];
}

/** What an outcome adds to history: the fact and what follows from it, or nothing once its step is no longer owed. */
export function record(step: Step, outcome: ProviderEvent, provider: Provider): ProviderEvent[] {
  if (!owed(provider).some((o) => o.step === step) || !belongs(step, outcome, provider)) return [];
  if (outcome.type !== 'BaselineStepApplied' || provider.stage !== 'ready') return [outcome];
  const after = evolve(provider, outcome, provider.since);
  const complete = after.stage === 'ready' && isWhole(after.applied);
  return complete ? [outcome, wholeBy(outcome)] : [outcome];
}

/** The baseline that the last of its parts completes is the one that this part was of. */
function wholeBy({ baselineVersion, baselineDigest: digest, afterCredentials }: BaselineStepApplied): ProviderEvent {
  const whole = { type: 'BaselineApplied', baselineVersion, digest } as const;
  return afterCredentials ? { ...whole, afterCredentials } : whole;
}

/** What an attempt at this step answers now, where a later one may answer something else. */
export function answersOf(step: Step, provider: Provider): Answered | undefined {
  if (step === 'CreateAccount' && isBeingMade(provider))
    return { payerId: provider.payerId, ...(provider.stage === 'creating' ? { requestId: provider.requestId } : {}) };
  if (provider.stage === 'hardened' || provider.stage === 'proven') return { generation: 1 };
  return provider.stage === 'active' ? { generation: provider.credentials.generation } : undefined;
}

const isSame = (a: Answered, b: Answered | undefined): boolean =>
  a.payerId === b?.payerId && a.requestId === b?.requestId && a.generation === b?.generation;

/** An outcome of an earlier payer, request or generation is late and means nothing now. */
function belongs(step: Step, outcome: ProviderEvent, provider: Provider): boolean {
  if ('answers' in outcome && outcome.answers && !isSame(outcome.answers, answersOf(step, provider))) return false;
  switch (outcome.type) {
    case 'StepDelayed':
      return isMoving(provider) && isNewReason(provider, outcome);
    case 'PayerAssigned':
      return provider.stage !== 'resumed' || provider.payerId === outcome.payerId;
    case 'AccountCreationRequested':
      return (
        isBeingMade(provider) &&
        provider.payerId === outcome.payerId &&
        !provider.origin.requestsTried.includes(outcome.requestId)
      );
    case 'PayerRefused':
      return isBeingMade(provider) && provider.payerId === outcome.payerId;
    case 'AccountCreated':
      return isBeingMade(provider) && provider.origin.payersTried.includes(outcome.payerId);
    case 'PayerLinked':
      return hasAccount(provider) && provider.payerId === outcome.payerId;
    case 'CredentialsIssued':
      return awaitedGeneration(provider) === outcome.generation;
    case 'AccountStateObserved':
      return observed(outcome.state, provider).length > 0;
    case 'MfaEnrolled':
      return deviceSeen(outcome.device, outcome.generation, provider).length > 0;
    case 'CredentialsClaimed':
    case 'CredentialsExpired':
      return provider.stage === 'active' && provider.credentials.generation === outcome.generation;
    default:
      return true;
  }
}
