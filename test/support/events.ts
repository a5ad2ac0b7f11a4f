/** One sample of every event there is, and drafts of them ready to be appended. */
import { randomUUID } from 'node:crypto';
import type { Cause, NewEvent } from '../../src/application/ports/event-store.js';
import type { DomainEvent, EventOf, EventType } from '../../src/domain/events.js';
import type { OrganizationFacts } from '../../src/domain/organization.js';

const facts: OrganizationFacts = {
  billable: true,
  reseller: false,
  customerOfReseller: false,
  staff: false,
  demo: false,
  officeTerritories: ['DE', 'US'],
};
const digest = '4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a';
const at = '2026-11-24T08:00:00.000Z';

const samples: { readonly [T in EventType]: EventOf<T> } = {
  ProviderRequested: {
    type: 'ProviderRequested',
    organization: 'org-1',
    organizationRevision: 3,
    facts,
    name: 'Entwicklung für Köln 🚀',
    origin: 'new',
    territory: 'US',
    rootEmail: 'aws+0123456789abcdefghjkmnpqrs@example.com',
    accountName: 'ctl-0123456789abcdefghjkmnpqrs',
    requestDigest: digest,
  },
  ProviderRefused: {
    type: 'ProviderRefused',
    organization: 'org-1',
    organizationRevision: 3,
    facts: { ...facts, billable: false, demo: true },
    name: 'Test',
    territory: 'US',
    reasons: ['not-billable', 'demo'],
    requestDigest: digest,
  },
  TermsAccepted: {
    type: 'TermsAccepted',
    documents: [
      { party: 'reseller', territory: 'US', version: '2018-07', digest },
      { party: 'aws', territory: 'US', version: '2018-11', digest },
    ],
    organizationRevision: 3,
  },
  PayerAssigned: { type: 'PayerAssigned', payerId: 'payer-us-1' },
  AccountCreationRequested: {
    type: 'AccountCreationRequested',
    requestId: 'car-0123456789abcdef0123456789abcdef',
    payerId: 'payer-us-1',
  },
  PayerRefused: {
    type: 'PayerRefused',
    payerId: 'payer-us-1',
    reason: 'account-limit-exceeded',
    words: "The payer's account quota is reached.",
    call: { operation: 'CreateAccount', requestId: 'req-1', error: 'ACCOUNT_LIMIT_EXCEEDED', body: '{}' },
  },
  AccountCreated: {
    type: 'AccountCreated',
    accountId: '111122223333',
    payerId: 'payer-us-1',
    how: 'car-0123456789abcdef0123456789abcdef',
    access: { roleArn: 'arn:aws:iam::111122223333:role/OrganizationAccountAccessRole' },
  },
  PayerLinked: {
    type: 'PayerLinked',
    payerId: 'payer-us-1',
    organizationalUnit: 'ou-abcd-11111111',
    guardrails: ['CTLGuardrails'],
  },
  AccountReady: { type: 'AccountReady', probes: ['iam', 'sts'] },
  BaselineStepApplied: {
    type: 'BaselineStepApplied',
    step: 'AuditTrail',
    regions: ['us-east-1', 'eu-central-1'],
    baselineVersion: '1',
    digest,
    baselineDigest: digest,
    changes: ['create trail CTL'],
  },
  BaselineApplied: { type: 'BaselineApplied', baselineVersion: '1', digest },
  LiveProofRecorded: {
    type: 'LiveProofRecorded',
    rows: ['administrators cloudtrail:StopLogging', 'operations support:CreateCase'],
    wrong: [{ row: 'operations support:CreateCase', expected: 'allowed', decision: 'implicitDeny' }],
  },
  CredentialsIssued: {
    type: 'CredentialsIssued',
    generation: 1,
    userName: 'administrator',
    loginUrl: 'https://111122223333.signin.aws.amazon.com/console',
    expiresAt: '2026-12-01T08:00:00.000Z',
    secret: 'provider-1#1',
  },
  CredentialsClaimed: { type: 'CredentialsClaimed', generation: 1 },
  CredentialsExpired: { type: 'CredentialsExpired', generation: 1 },
  MfaEnrolled: { type: 'MfaEnrolled', generation: 1, device: 'virtual' },
  AccountStateObserved: { type: 'AccountStateObserved', state: 'SUSPENDED' },
  RootStateObserved: { type: 'RootStateObserved', credentials: ['a password', 'an MFA device'] },
  CredentialsReissued: { type: 'CredentialsReissued', generation: 2, resetMfa: true },
  StepDelayed: {
    type: 'StepDelayed',
    step: 'AwaitReadiness',
    reason: 'young-account',
    words: 'AWS is still preparing the account.',
    since: at,
  },
  ProvisioningHalted: {
    type: 'ProvisioningHalted',
    step: 'CreateAccount',
    reason: 'account-limit-exceeded',
    whoMustAct: 'operator',
    words: "The payer's account quota is reached.",
    call: { operation: 'CreateAccount', requestId: 'req-1', error: 'ACCOUNT_LIMIT_EXCEEDED', body: '{}' },
  },
  ProvisioningResumed: { type: 'ProvisioningResumed', step: 'CreateAccount' },
  ProviderRenamed: { type: 'ProviderRenamed', name: 'Production' },
  ProviderWithdrawn: { type: 'ProviderWithdrawn' },
  OrganizationRegistered: { type: 'OrganizationRegistered', facts },
  OrganizationUpdated: { type: 'OrganizationUpdated', facts: { ...facts, officeTerritories: ['US'] } },
  CredentialsRevealed: { type: 'CredentialsRevealed', generation: 1, at },
  ConsoleSessionOpened: { type: 'ConsoleSessionOpened', role: 'read-only', at },
  CommandLineSessionOpened: { type: 'CommandLineSessionOpened', role: 'administrator', at },
  RefusalNoted: {
    type: 'RefusalNoted',
    providerId: 'provider-1',
    organizationRevision: 3,
    territory: 'US',
    person: 'https://demo.partner-cloud.example#u-7f3a91c04be2',
  },
  AccessRefused: { type: 'AccessRefused', what: 'reveal', reason: 'rate-limit', at },
  VendingPaused: { type: 'VendingPaused', reason: 'maintenance', words: 'The payer is being moved.' },
  VendingResumed: { type: 'VendingResumed' },
  StreamQuarantined: {
    type: 'StreamQuarantined',
    stream: 'provider-1',
    fromRevision: 4,
    cause: 'AccountClosed: unknown event type; this version does not read or write it',
    reason: 'Written by a later version, which was rolled back.',
  },
  LogAccepted: {
    type: 'LogAccepted',
    knownLog: '0b6f6e0a-2f5e-4b0f-9a3b-1f0e7c9d2a11',
    knownEvents: 120,
    foundEvents: 80,
    missing: 40,
    rememberedBy: ['the vault'],
  },
  LogContinued: {
    type: 'LogContinued',
    from: '0b6f6e0a-2f5e-4b0f-9a3b-1f0e7c9d2a11',
    to: '2e8dff17-e16d-414e-a63c-456f2c84526f',
    events: 120,
    size: 118,
    root: '0a'.repeat(32),
  },
  AuditKeyRotated: {
    type: 'AuditKeyRotated',
    formerKey: 'partner-cloud/log-1+1c8a4a54+AQIDBA==',
    key: 'partner-cloud/log-1+2d9b5b65+AQUGBw==',
    statement: 'partner-cloud/log-1\npartner-cloud key rotation\n…',
  },
  QuarantineLifted: { type: 'QuarantineLifted', stream: 'provider-1', reason: 'The later version runs again.' },
  GuardrailsApplied: {
    type: 'GuardrailsApplied',
    stage: 'customers',
    organizationalUnit: 'ou-abcd-11111111',
    policies: [{ name: 'CTLGuardrailMembership', digest: `jcs1:${digest}`, content: '{"Statement":[]}' }],
    planDigest: `jcs1:${digest}`,
    changes: [
      'create CTLGuardrailMembership (16 of 5120 characters)',
      'attach CTLGuardrailMembership to ou-abcd-11111111',
    ],
  },
  GuardrailsDriftDetected: {
    type: 'GuardrailsDriftDetected',
    findings: ['attach CTLGuardrailMembership to ou-abcd-11111111'],
    planDigests: [`jcs1:${digest}`],
  },
  GuardrailsRestored: {
    type: 'GuardrailsRestored',
    changes: ['attach CTLGuardrailMembership to ou-abcd-11111111'],
  },
  BaselineDescribed: {
    type: 'BaselineDescribed',
    baselineVersion: '2026-11-4',
    digest: `jcs1:${digest}`,
    content: '[{"objects":[],"step":"PasswordPolicy"}]',
  },
  DriftDetected: {
    type: 'DriftDetected',
    findings: [
      {
        object: 'trail/ctl-audit/us-east-1',
        changes: ['trail ctl-audit in us-east-1: logging from false to true'],
        repair: 'now',
      },
    ],
    guardrails: [],
  },
  HardeningReapplied: {
    type: 'HardeningReapplied',
    objects: ['trail/ctl-audit/us-east-1'],
    changes: ['trail ctl-audit in us-east-1: logging from false to true'],
  },
  BaselineExceptionGranted: {
    type: 'BaselineExceptionGranted',
    object: 'opt-in-region/eu-south-1/eu-south-1',
    owner: 'u-7f3a91c04be2',
    reason: 'The region is closed for a while.',
    until: '2027-03-01T00:00:00.000Z',
  },
  BaselineExceptionRevoked: { type: 'BaselineExceptionRevoked', object: 'opt-in-region/eu-south-1/eu-south-1' },
  BaselineExceptionExpired: { type: 'BaselineExceptionExpired', object: 'opt-in-region/eu-south-1/eu-south-1' },
  BaselineUpgradeApplied: {
    type: 'BaselineUpgradeApplied',
    baselineVersion: '2026-11-5',
    digest: `jcs1:${digest}`,
    steps: [{ step: 'PasswordPolicy', digest }],
    changes: ['password policy account: minimum length from 14 to 16'],
  },
  BaselineRolloutStarted: {
    type: 'BaselineRolloutStarted',
    baselineVersion: '2026-11-5',
    digest: `jcs1:${digest}`,
    canaries: ['provider-1'],
    perHour: 60,
    stopAfterFailures: 3,
  },
  BaselineRolloutPaused: { type: 'BaselineRolloutPaused', reason: 'canaries-done' },
  BaselineRolloutResumed: { type: 'BaselineRolloutResumed' },
  BaselineBatchBegun: { type: 'BaselineBatchBegun', number: 1, providers: ['provider-2'] },
  BaselineUpgradeFailed: {
    type: 'BaselineUpgradeFailed',
    providerId: 'provider-2',
    words: '111122223333: UpdateRole ended in AccessDenied (request 1)',
  },
  BaselineRolloutStopped: { type: 'BaselineRolloutStopped', failed: ['provider-2'] },
  ResumptionStarted: { type: 'ResumptionStarted', reason: 'aws-unavailable', providers: ['provider-1', 'provider-2'] },
  BaselineRolloutFinished: { type: 'BaselineRolloutFinished', failed: [] },
  HardeningRoundCompleted: {
    type: 'HardeningRoundCompleted',
    payerId: 'payer-us-1',
    day: '2026-11-24',
    checked: 3,
    drifted: 1,
    failed: 0,
    notReached: ['provider-4'],
    furtherNotReached: 0,
  },
  LiveProofFailed: {
    type: 'LiveProofFailed',
    providerId: 'provider-1',
    rows: ['administrators cloudtrail:StopLogging'],
    since: at,
  },
  RequestCounted: { type: 'RequestCounted', providerId: 'provider-1' },
  WebhookSubscribed: {
    type: 'WebhookSubscribed',
    organization: 'org-1',
    url: 'https://hooks.customer.example/partner-cloud',
    types: ['CredentialsIssued', 'head.signed'],
  },
  WebhookRotated: { type: 'WebhookRotated', generation: 2, formerUntil: at },
  WebhookDisabled: {
    type: 'WebhookDisabled',
    reason: 'failing',
    words: 'A fact could not be delivered for three days: 500.',
  },
  WebhookEnabled: { type: 'WebhookEnabled' },
  WebhookReplayed: { type: 'WebhookReplayed', after: '2e8dff17-e16d-414e-a63c-456f2c84526f:18' },
  WebhookRemoved: { type: 'WebhookRemoved' },
};

/** A sample of this type, with some members set as the test needs them. */
export function sample<T extends EventType>(type: T, members: Partial<EventOf<T>> = {}): EventOf<T> {
  return { ...samples[type], ...members };
}

export const everySample: readonly DomainEvent[] = Object.values(samples);

/** When drafts are recorded, unless a test says otherwise: milliseconds since the epoch. */
export const draftedAt = Date.parse(at);

/** A cause of its own for each call: another command by the same person. */
export function cause(members: Partial<Cause> = {}): Cause {
  return {
    commandId: randomUUID(),
    commandDigest: digest,
    correlationId: 'provider-1',
    actor: 'https://identity.example#subject-1',
    role: 'administrator',
    ...members,
  };
}

/** An event ready to be appended, by a command of its own unless `members` names one. */
export function draft(event: DomainEvent, members: Partial<Cause> & { readonly at?: number } = {}): NewEvent {
  const { at: recorded = draftedAt, ...by } = members;
  return { event, cause: cause(by), at: recorded };
}

/** A short event whose name tells it from others. */
export const named = (name: string): DomainEvent => sample('ProviderRenamed', { name });

/** Drafts of {@link named} events. */
export const drafts = (...names: readonly string[]): NewEvent[] => names.map((name) => draft(named(name)));
