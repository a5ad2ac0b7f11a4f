/** The saga as two pure questions to history: what is owed and until when, and what does an outcome add? */
import { awaitedGeneration } from './credentials.js';
import type { ProviderEvent } from './events.js';
import { evolve } from './evolve.js';
import { hasAccount, isBeingMade, isMoving, type Moving, type Provider } from './stages.js';
import { baselineSteps, openBaselineSteps, type Step } from './steps.js';

/** A step that history owes: since one time, and (where it must end) halted after another; both ISO. */
export interface Owed {
  readonly step: Step;
  readonly since: string;
  readonly deadline: string | undefined;
}

const minutes = 60_000;

/** How long a step may be owed before it halts for a person. Waiting for a slot or for the customer has no end of its own. */
const patienceMs: Readonly<Record<Step, number | undefined>> = {
  AssignPayer: undefined,
  CreateAccount: 24 * 60 * minutes,
  LinkPayer: 60 * minutes,
  AwaitReadiness: 30 * minutes,
  AutomationAccess: 60 * minutes,
  PasswordPolicy: 60 * minutes,
  AccessModel: 60 * minutes,
  AuditTrail: 60 * minutes,
  ConfigRecorder: 60 * minutes,
  IssueCredentials: 60 * minutes,
  SettleCredentials: undefined,
};

/** What history owes this provider. A restart needs nothing else. */
export function owed(provider: Provider): readonly Owed[] {
  if (!isMoving(provider)) return [];
  return owedIn(provider).map((step) => {
    const patience = patienceMs[step];
    const deadline = patience && new Date(Date.parse(provider.since) + patience).toISOString();
    return { step, since: provider.since, deadline: deadline || undefined };
  });
}

/** The steps that are owed, without their times. */
export const stepsOwed = (provider: Provider): readonly Step[] => (isMoving(provider) ? owedIn(provider) : []);

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
      return ['IssueCredentials'];
    case 'active':
      if (provider.credentials.state === 'issued') return ['SettleCredentials'];
      return awaitedGeneration(provider) ? ['IssueCredentials'] : [];
    default:
      return provider satisfies never;
  }
}

/** What an outcome adds to history: the fact and what follows from it, or nothing once its step is no longer owed. */
export function record(step: Step, outcome: ProviderEvent, provider: Provider): ProviderEvent[] {
  if (!owed(provider).some((o) => o.step === step) || !belongs(outcome, provider)) return [];
  if (outcome.type !== 'BaselineStepApplied') return [outcome];
  const after = evolve(provider, outcome, isMoving(provider) ? provider.since : '');
  const complete = after.stage === 'ready' && after.applied.length === baselineSteps.length;
  const { baselineVersion, baselineDigest: digest } = outcome;
  return complete ? [outcome, { type: 'BaselineApplied', baselineVersion, digest }] : [outcome];
}

/** An outcome of an earlier payer, request or generation is late and means nothing now. */
function belongs(outcome: ProviderEvent, provider: Provider): boolean {
  switch (outcome.type) {
    case 'StepDelayed':
      return isMoving(provider) && provider.delays[outcome.step] !== outcome.reason;
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
    case 'CredentialsClaimed':
    case 'CredentialsExpired':
      return provider.stage === 'active' && provider.credentials.generation === outcome.generation;
    default:
      return true;
  }
}
