/** The stored shapes of a provider's events. They may gain optional members and nothing else. */
import Type from 'typebox';
import { mfaDevices } from '../../../../domain/provider/mfa-device.js';
import { afterCredentials, baselineSteps, steps } from '../../../../domain/provider/steps.js';
import { count, exactly, failedCall, organizationFacts, text, texts } from './parts.js';

const step = Type.Enum(steps);

/** The parts of a baseline that it leaves until after the credentials. */
const leftForLater = Type.Optional(Type.Array(Type.Enum(afterCredentials)));

const acceptedDocument = exactly({
  party: Type.Enum(['reseller', 'aws']),
  territory: text,
  version: text,
  digest: text,
});

/** What an outcome answers. */
const answers = Type.Optional(
  exactly({
    payerId: Type.Optional(text),
    requestId: Type.Optional(text),
    generation: Type.Optional(count),
  }),
);

const access = exactly({ roleArn: text, externalId: Type.Optional(text) });

const refusalReason = Type.Enum([
  'not-billable',
  'reseller',
  'customer-of-reseller',
  'staff',
  'demo',
  'no-office-in-territory',
]);

export const providerSchemas = {
  ProviderRequested: exactly({
    organization: text,
    organizationRevision: count,
    facts: organizationFacts,
    name: text,
    origin: Type.Literal('new'),
    territory: text,
    rootEmail: text,
    accountName: text,
    requestDigest: text,
  }),
  ProviderRefused: exactly({
    organization: text,
    organizationRevision: count,
    facts: organizationFacts,
    name: text,
    territory: text,
    reasons: Type.Array(refusalReason),
    requestDigest: text,
  }),
  TermsAccepted: exactly({ documents: Type.Array(acceptedDocument), organizationRevision: count }),
  PayerAssigned: exactly({ payerId: text, vendingSince: Type.Optional(text) }),
  AccountCreationRequested: exactly({ requestId: text, payerId: text }),
  PayerRefused: exactly({ payerId: text, reason: text, words: text, call: Type.Optional(failedCall), answers }),
  AccountCreated: exactly({ accountId: text, payerId: text, how: text, access }),
  PayerLinked: exactly({ payerId: text, organizationalUnit: text, guardrails: texts, bound: Type.Optional(texts) }),
  AccountReady: exactly({ probes: texts }),
  BaselineStepApplied: exactly({
    step: Type.Enum(baselineSteps),
    regions: texts,
    baselineVersion: text,
    digest: text,
    baselineDigest: text,
    changes: texts,
    afterCredentials: leftForLater,
  }),
  BaselineApplied: exactly({ baselineVersion: text, digest: text, afterCredentials: leftForLater }),
  LiveProofRecorded: exactly({
    rows: texts,
    wrong: Type.Array(exactly({ row: text, expected: Type.Enum(['allowed', 'denied']), decision: text })),
  }),
  CredentialsIssued: exactly({ generation: count, userName: text, loginUrl: text, expiresAt: text, secret: text }),
  CredentialsClaimed: exactly({ generation: count }),
  CredentialsExpired: exactly({ generation: count }),
  CredentialsReissued: exactly({ generation: count, resetMfa: Type.Boolean() }),
  MfaEnrolled: exactly({ generation: count, device: Type.Enum(mfaDevices) }),
  AccountStateObserved: exactly({ state: text }),
  RootStateObserved: exactly({ credentials: texts }),
  StepDelayed: exactly({ step, reason: text, words: text, since: text, answers }),
  ProvisioningHalted: exactly({
    step,
    reason: text,
    whoMustAct: Type.Enum(['customer', 'operator']),
    words: text,
    call: Type.Optional(failedCall),
    answers,
  }),
  ProvisioningResumed: exactly({ step }),
  ProviderRenamed: exactly({ name: text }),
  ProviderWithdrawn: exactly({}),
};
