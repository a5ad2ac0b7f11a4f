/** What each step needs to know, taken from the facts that the provider's stage holds. */
import { awaitedGeneration } from '../../domain/provider/credentials.js';
import { hasAccount, type Provider } from '../../domain/provider/stages.js';
import { isBaselineStep, type Step } from '../../domain/provider/steps.js';
import type { Attempt } from '../ports/attempts.js';
import type {
  AccountWork,
  CreateAccountWork,
  CredentialsWork,
  Ensures,
  ProofWork,
  SettleWork,
  StepResult,
} from '../ports/ensures.js';

/**
 * Runs the ensure of a step that this provider is owed; throws when the stage does not hold what the step needs.
 * `pausedFor` is the reason why vending at the provider's payer is paused, if it is.
 */
export function ensure(
  ensures: Ensures,
  step: Step,
  providerId: string,
  provider: Provider,
  attempt: Attempt,
  pausedFor: string | undefined,
): Promise<StepResult> {
  if (step === 'CreateAccount') return ensures.CreateAccount(creationWork(providerId, provider, pausedFor), attempt);
  if (step === 'IssueCredentials') return ensures.IssueCredentials(issueWork(providerId, provider), attempt);
  if (step === 'SettleCredentials') return ensures.SettleCredentials(settleWork(providerId, provider), attempt);
  if (step === 'LiveProof') return ensures.LiveProof(proofWork(providerId, provider), attempt);
  if (step === 'LinkPayer' || step === 'AwaitReadiness' || isBaselineStep(step))
    return ensures[step](accountWork(step, providerId, provider), attempt);
  throw impossible(step, provider);
}

const impossible = (step: Step, provider: Provider): Error =>
  new Error(`${step} cannot be owed in stage ${provider.stage}`);

function creationWork(providerId: string, provider: Provider, pausedFor: string | undefined): CreateAccountWork {
  if (provider.stage !== 'assigned' && provider.stage !== 'creating') throw impossible('CreateAccount', provider);
  const { payerId, origin } = provider;
  const { payersTried, requestsTried, rootEmail, accountName } = origin;
  const requestId = provider.stage === 'creating' ? provider.requestId : undefined;
  return { providerId, payerId, payersTried, requestsTried, rootEmail, accountName, requestId, pausedFor };
}

function accountWork(step: Step, providerId: string, provider: Provider): AccountWork {
  if (!hasAccount(provider)) throw impossible(step, provider);
  const { accountId, payerId, wayIn } = provider;
  return { providerId, accountId, payerId, wayIn };
}

function proofWork(providerId: string, provider: Provider): ProofWork {
  if (provider.stage !== 'hardened') throw impossible('LiveProof', provider);
  return { ...accountWork('LiveProof', providerId, provider), accessBaseline: provider.accessBaseline };
}

function issueWork(providerId: string, provider: Provider): CredentialsWork {
  const generation = awaitedGeneration(provider);
  if (generation === undefined) throw impossible('IssueCredentials', provider);
  const reissue = provider.stage === 'active' && provider.credentials.state === 'reissuing' && provider.credentials;
  const { resetMfa, sentSince } = reissue || { resetMfa: false, sentSince: undefined };
  return {
    ...accountWork('IssueCredentials', providerId, provider),
    generation,
    resetMfa,
    ...(sentSince ? { sentSince } : {}),
  };
}

function settleWork(providerId: string, provider: Provider): SettleWork {
  if (provider.stage !== 'active' || provider.credentials.state !== 'issued')
    throw impossible('SettleCredentials', provider);
  const { generation, issuedAt, expiresAt } = provider.credentials;
  const work = accountWork('SettleCredentials', providerId, provider);
  const mfaSeen = provider.secondFactor !== 'not-seen';
  return { ...work, generation, resetMfa: false, issuedAt, expiresAt, mfaSeen };
}
