/** The life of one provider, event by event, as tests of the domain tell it. */
import { hash } from 'node:crypto';
import type { OrganizationFacts } from '../../src/domain/organization.js';
import type { BaselineApplied, BaselineStepApplied } from '../../src/domain/provider/baseline-events.js';
import type { CredentialsIssued } from '../../src/domain/provider/credential-events.js';
import type { AcceptTerms, RequestProvider } from '../../src/domain/provider/decide.js';
import type { ProviderEvent } from '../../src/domain/provider/events.js';
import type { BaselineStep } from '../../src/domain/provider/steps.js';
import type { AcceptedDocument } from '../../src/domain/terms.js';

export const eligible: OrganizationFacts = {
  billable: true,
  reseller: false,
  customerOfReseller: false,
  staff: false,
  demo: false,
  officeTerritories: ['US'],
};

const document = (party: 'reseller' | 'aws'): AcceptedDocument => ({
  party,
  territory: 'US',
  version: '2018-07',
  digest: hash('sha256', party),
});
export const currentTerms = [document('reseller'), document('aws')];

export const requestProvider: RequestProvider = {
  type: 'RequestProvider',
  organization: 'acme',
  organizationRevision: 0,
  facts: eligible,
  name: 'Production',
  origin: 'new',
  territory: 'US',
  rootEmail: 'aws+00000000000000000000000001@example.com',
  accountName: 'ctl-00000000000000000000000001',
  requestDigest: hash('sha256', 'Production'),
};
export const acceptTerms: AcceptTerms = {
  type: 'AcceptTerms',
  documents: currentTerms.map(({ territory, ...accepted }) => accepted),
  current: currentTerms,
  organizationRevision: 0,
  facts: eligible,
};

export const providerRequested: ProviderEvent = { ...requestProvider, type: 'ProviderRequested' };
export const termsAccepted: ProviderEvent = { type: 'TermsAccepted', documents: currentTerms, organizationRevision: 0 };
export const payerAssigned = (payerId = 'payer-1'): ProviderEvent => ({ type: 'PayerAssigned', payerId });
export const creationRequested = (requestId = 'car-1', payerId = 'payer-1'): ProviderEvent => ({
  type: 'AccountCreationRequested',
  requestId,
  payerId,
});
export const payerRefused = (payerId = 'payer-1'): ProviderEvent => ({
  type: 'PayerRefused',
  payerId,
  reason: 'account-limit-exceeded',
  words: 'The payer is full.',
});
export const accountCreated = (payerId = 'payer-1'): ProviderEvent => ({
  type: 'AccountCreated',
  accountId: '123456789012',
  payerId,
  how: 'car-1',
  access: { roleArn: 'arn:aws:iam::123456789012:role/OrganizationAccountAccessRole' },
});
export const payerLinked: ProviderEvent = {
  type: 'PayerLinked',
  payerId: 'payer-1',
  organizationalUnit: 'ou-pay1-customers1',
  guardrails: ['PartnerCloudGuardrails'],
};
export const accountReady: ProviderEvent = { type: 'AccountReady', probes: ['account-active'] };
export const stepApplied = (step: BaselineStep): BaselineStepApplied => ({
  type: 'BaselineStepApplied',
  step,
  regions: ['us-east-1'],
  baselineVersion: '2026-11-1',
  digest: hash('sha256', step),
  baselineDigest: hash('sha256', 'baseline'),
  changes: [],
});
export const baselineApplied: ProviderEvent = {
  type: 'BaselineApplied',
  baselineVersion: '2026-11-1',
  digest: hash('sha256', 'baseline'),
};
export const liveProofRecorded: ProviderEvent = {
  type: 'LiveProofRecorded',
  rows: ['administrators cloudtrail:StopLogging'],
  wrong: [],
};
export const credentialsIssued = (generation = 1): CredentialsIssued => ({
  type: 'CredentialsIssued',
  generation,
  userName: 'administrator',
  loginUrl: 'https://123456789012.signin.aws.amazon.com/console',
  expiresAt: '2026-11-30T00:00:00.000Z',
  secret: `credentials/provider#${generation}`,
});
export const claimed = (generation = 1): ProviderEvent => ({ type: 'CredentialsClaimed', generation });
export const expired = (generation = 1): ProviderEvent => ({ type: 'CredentialsExpired', generation });
export const reissued = (generation: number, resetMfa = false): ProviderEvent => ({
  type: 'CredentialsReissued',
  generation,
  resetMfa,
});
export const mfaEnrolled = (generation = 1): ProviderEvent => ({ type: 'MfaEnrolled', generation, device: 'virtual' });
export const delayed = (
  step: 'CreateAccount' | 'AssignPayer' | 'RegionDefaults',
  reason: string,
  since = '2026-11-24T00:00:00.000Z',
): ProviderEvent => ({
  type: 'StepDelayed',
  step,
  reason,
  words: 'Waiting.',
  since,
});
export const halted = (step: 'CreateAccount' | 'SettleCredentials' = 'CreateAccount'): ProviderEvent => ({
  type: 'ProvisioningHalted',
  step,
  reason: 'account-limit-exceeded',
  whoMustAct: 'operator',
  words: 'The payer is full.',
});
export const resumed: ProviderEvent = { type: 'ProvisioningResumed', step: 'CreateAccount' };

export const created = [providerRequested, termsAccepted, payerAssigned(), creationRequested(), accountCreated()];
export const ready = [...created, payerLinked, accountReady];
export const hardened = [
  ...ready,
  stepApplied('AutomationAccess'),
  stepApplied('PasswordPolicy'),
  stepApplied('AccessModel'),
  stepApplied('AuditTrail'),
  stepApplied('ConfigRecorder'),
  stepApplied('PublicAccessBlock'),
  baselineApplied,
];
export const proven = [...hardened, liveProofRecorded];
/** As it was before AWS was asked for a proof: the credentials follow right upon the hardening. */
export const active = [...hardened, credentialsIssued()];
/** A baseline that leaves parts until after the credentials. */
export const baselineAppliedBut = (...afterCredentials: readonly BaselineStep[]): ProviderEvent => ({
  ...(baselineApplied as BaselineApplied),
  afterCredentials,
});
/** Active, with these parts still to do. */
export const activeBut = (...remaining: readonly BaselineStep[]): readonly ProviderEvent[] => [
  ...hardened.slice(0, -1),
  baselineAppliedBut(...remaining),
  credentialsIssued(),
];
