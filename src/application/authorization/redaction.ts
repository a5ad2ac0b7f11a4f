/** What a customer may read of each event; the reseller's people read all. One table stands over history, changes and every later feed. */
import type { DomainEvent, EventOf, EventType, UnknownEvent } from '../../domain/events.js';

type Members<T extends EventType> = Exclude<keyof EventOf<T>, 'type'>;

/** The members a customer sees, by event; a type that is not here is not shown to customers at all. */
const customerSees: { readonly [T in EventType]?: readonly Members<T>[] } = {
  ProviderRequested: ['organization', 'organizationRevision', 'facts', 'name', 'origin', 'territory'],
  ProviderRefused: ['organization', 'organizationRevision', 'facts', 'name', 'territory', 'reasons'],
  TermsAccepted: ['documents', 'organizationRevision'],
  PayerAssigned: [],
  AccountCreationRequested: [],
  PayerRefused: ['reason', 'words'],
  AccountCreated: ['accountId'],
  PayerLinked: ['guardrails', 'bound'],
  AccountReady: ['probes'],
  BaselineStepApplied: ['step', 'regions', 'baselineVersion', 'digest', 'changes'],
  BaselineApplied: ['baselineVersion', 'digest', 'afterCredentials'],
  LiveProofRecorded: ['rows', 'wrong'],
  CredentialsIssued: ['generation', 'userName', 'loginUrl', 'expiresAt'],
  CredentialsClaimed: ['generation'],
  CredentialsExpired: ['generation'],
  CredentialsReissued: ['generation', 'resetMfa'],
  MfaEnrolled: ['generation', 'device'],
  AccountStateObserved: ['state'],
  RootStateObserved: ['credentials'],
  StepDelayed: ['step', 'reason', 'words', 'since'],
  ProvisioningHalted: ['step', 'reason', 'whoMustAct', 'words'],
  ProvisioningResumed: ['step'],
  ProviderRenamed: ['name'],
  ProviderWithdrawn: [],
  BaselineUpgradeApplied: ['baselineVersion', 'digest', 'changes'],
  DriftDetected: ['findings'],
  HardeningReapplied: ['objects', 'changes'],
  BaselineExceptionGranted: ['object', 'owner', 'reason', 'until'],
  BaselineExceptionRevoked: ['object'],
  BaselineExceptionExpired: ['object'],
  CredentialsRevealed: ['generation', 'at'],
  ConsoleSessionOpened: ['role', 'at'],
  CommandLineSessionOpened: ['role', 'at'],
  AccessRefused: ['what', 'reason', 'role', 'at'],
};

/** The types of events of which customers learn at all. */
export const typesForCustomers: readonly string[] = Object.keys(customerSees);

/** The event's members for this reader, without its type; `undefined` when the reader may not know of it. */
export function redacted(
  event: DomainEvent | UnknownEvent,
  seesAll: boolean,
): Readonly<Record<string, unknown>> | undefined {
  const { type, ...members } = event;
  if (seesAll) return members;
  const visible: readonly string[] | undefined = type === 'Unknown' ? undefined : customerSees[type];
  return visible && Object.fromEntries(Object.entries(members).filter(([member]) => visible.includes(member)));
}
