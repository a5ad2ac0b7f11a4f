/** Everything that can happen to a provider, as stored for ever: names and fields may gain optional members and nothing else. */
import type { RefusalReason } from '../eligibility.js';
import type { FailedCall } from '../failed-call.js';
import type { OrganizationFacts } from '../organization.js';
import type { AcceptedDocument } from '../terms.js';
import type { BaselineEvent } from './baseline-events.js';
import type { CredentialEvent } from './credential-events.js';
import type { Answered } from './facts.js';
import type { Step } from './steps.js';
import type { RoleOffered } from './way-in.js';

export type ProviderRequested = {
  readonly type: 'ProviderRequested';
  readonly organization: string;
  readonly organizationRevision: number;
  readonly facts: OrganizationFacts;
  readonly name: string;
  /** How the account comes to us; `existing` and `migrated` are offered once their flows are built. */
  readonly origin: 'new';
  readonly territory: string;
  readonly rootEmail: string;
  readonly accountName: string;
  readonly requestDigest: string;
};
export type ProviderRefused = {
  readonly type: 'ProviderRefused';
  readonly organization: string;
  readonly organizationRevision: number;
  readonly facts: OrganizationFacts;
  readonly name: string;
  readonly territory: string;
  readonly reasons: readonly RefusalReason[];
  readonly requestDigest: string;
};
export type TermsAccepted = {
  readonly type: 'TermsAccepted';
  readonly documents: readonly AcceptedDocument[];
  readonly organizationRevision: number;
};
export type PayerAssigned = {
  readonly type: 'PayerAssigned';
  readonly payerId: string;
  /** The `since` of the payer as it was seen then, to tell what was asked before a resume of it from what was asked after. */
  readonly vendingSince?: string;
};
export type AccountCreationRequested = {
  readonly type: 'AccountCreationRequested';
  readonly requestId: string;
  readonly payerId: string;
};
/**
 * AWS's refusal was read, and it concerns the payer: the provider goes back to the queue, to be tried at a payer that
 * vends. Never recorded after a time-out.
 */
export type PayerRefused = {
  readonly type: 'PayerRefused';
  readonly payerId: string;
  /** A stable code such as `account-limit-exceeded`. */
  readonly reason: string;
  readonly words: string;
  readonly call?: FailedCall;
  readonly answers?: Answered;
};
export type AccountCreated = {
  readonly type: 'AccountCreated';
  readonly accountId: string;
  readonly payerId: string;
  /** The `car-…` request id, or `adopted` when the account was found by its e-mail and our owner tag. */
  readonly how: string;
  readonly access: RoleOffered;
};
export type PayerLinked = {
  readonly type: 'PayerLinked';
  readonly payerId: string;
  readonly organizationalUnit: string;
  readonly guardrails: readonly string[];
  /** Those of the reseller's that bind with the text they are to have. */
  readonly bound?: readonly string[];
};
export type AccountReady = { readonly type: 'AccountReady'; readonly probes: readonly string[] };
/** What AWS says of the account of an active provider: where it is not ACTIVE, and that it is again. */
export type AccountStateObserved = {
  readonly type: 'AccountStateObserved';
  /** AWS's word, such as SUSPENDED or CLOSED. */
  readonly state: string;
};
/** What root of an active provider's account can sign in with, where that is news. */
export type RootStateObserved = {
  readonly type: 'RootStateObserved';
  /** Kinds of credentials in words, such as `a password`; none: root cannot sign in. */
  readonly credentials: readonly string[];
};
export type StepDelayed = {
  readonly type: 'StepDelayed';
  readonly step: Step;
  /** A stable code such as `young-account` or `payer-full`. */
  readonly reason: string;
  readonly words: string;
  readonly since: string;
  readonly answers?: Answered;
};
export type ProvisioningHalted = {
  readonly type: 'ProvisioningHalted';
  readonly step: Step;
  readonly reason: string;
  readonly whoMustAct: 'customer' | 'operator';
  readonly words: string;
  readonly call?: FailedCall;
  readonly answers?: Answered;
};
export type ProvisioningResumed = { readonly type: 'ProvisioningResumed'; readonly step: Step };
export type ProviderRenamed = { readonly type: 'ProviderRenamed'; readonly name: string };
export type ProviderWithdrawn = { readonly type: 'ProviderWithdrawn' };

export type ProviderEvent =
  | ProviderRequested
  | ProviderRefused
  | TermsAccepted
  | PayerAssigned
  | AccountCreationRequested
  | PayerRefused
  | AccountCreated
  | PayerLinked
  | AccountReady
  | BaselineEvent
  | CredentialEvent
  | AccountStateObserved
  | RootStateObserved
  | StepDelayed
  | ProvisioningHalted
  | ProvisioningResumed
  | ProviderRenamed
  | ProviderWithdrawn;

export type ProviderEventOf<T extends ProviderEvent['type']> = Extract<ProviderEvent, { type: T }>;
