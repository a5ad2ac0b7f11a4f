/** The facts of a provider as sentences, and the kinds by which they are filtered. */
import type { Fact } from '../api/types.js';

export type FactKind = 'request' | 'account' | 'hardening' | 'access' | 'trouble';

interface FactWords {
  readonly kind: FactKind;
  readonly say: (data: Fact['data']) => string;
}

const said = (data: Fact['data'], member: string): string => String(data[member] ?? '');
/** A kind of device that a newer service tells is told by its name. */
export const deviceText = (device: unknown): string => devices[String(device)] ?? String(device);

const devices: Readonly<Record<string, string>> = {
  virtual: 'an authenticator app',
  'security-key': 'a passkey or security key',
  hardware: 'a hardware device',
};

const always =
  (sentence: string): FactWords['say'] =>
  () =>
    sentence;

const facts: Readonly<Record<string, FactWords>> = {
  ProviderRequested: { kind: 'request', say: (data) => `Requested as “${said(data, 'name')}”` },
  ProviderRefused: { kind: 'request', say: always('Refused: the organization is not eligible') },
  TermsAccepted: { kind: 'request', say: always('Both terms and conditions accepted') },
  ProviderRenamed: { kind: 'request', say: (data) => `Renamed to “${said(data, 'name')}”` },
  ProviderWithdrawn: { kind: 'request', say: always('Withdrawn before there was an account') },
  PayerAssigned: { kind: 'account', say: always('Given a slot at AWS') },
  AccountCreationRequested: { kind: 'account', say: always('AWS has taken the request for the account') },
  AccountCreated: { kind: 'account', say: (data) => `AWS account ${said(data, 'accountId')} created` },
  PayerLinked: { kind: 'account', say: always('Linked for consolidated billing') },
  AccountReady: { kind: 'account', say: always('The account is ready at AWS') },
  AccountStateObserved: { kind: 'account', say: (data) => `AWS says that the account is ${said(data, 'state')}` },
  BaselineStepApplied: { kind: 'hardening', say: (data) => `Hardening applied: ${said(data, 'step')}` },
  BaselineApplied: { kind: 'hardening', say: always('The account is hardened') },
  LiveProofRecorded: {
    kind: 'hardening',
    say: ({ rows }) =>
      Array.isArray(rows) && rows.length > 0
        ? 'AWS proved the hardening'
        : 'AWS could not be asked to prove the hardening',
  },
  BaselineUpgradeApplied: {
    kind: 'hardening',
    say: (data) => `Hardened anew with version ${said(data, 'baselineVersion')}`,
  },
  BaselineExceptionGranted: { kind: 'hardening', say: (data) => `Left as it is for a time: ${said(data, 'object')}` },
  BaselineExceptionRevoked: {
    kind: 'hardening',
    say: (data) => `Held to the hardening again: ${said(data, 'object')}`,
  },
  BaselineExceptionExpired: { kind: 'hardening', say: (data) => `The exception has ended: ${said(data, 'object')}` },
  DriftDetected: { kind: 'hardening', say: always('The account differs from its hardening') },
  HardeningReapplied: { kind: 'hardening', say: always('The hardening is in force again') },
  CredentialsIssued: { kind: 'access', say: always('Credentials issued') },
  CredentialsRevealed: { kind: 'access', say: always('The temporary password was shown') },
  CredentialsClaimed: { kind: 'access', say: always('A new password was chosen; the temporary one is gone') },
  CredentialsExpired: { kind: 'access', say: always('The temporary password has expired') },
  CredentialsReissued: { kind: 'access', say: always('New credentials asked for') },
  MfaEnrolled: { kind: 'access', say: (data) => `A second factor was enrolled: ${deviceText(data.device)}` },
  ConsoleSessionOpened: { kind: 'access', say: (data) => `AWS console opened as ${said(data, 'role')}` },
  CommandLineSessionOpened: { kind: 'access', say: (data) => `Command line keys given as ${said(data, 'role')}` },
  AccessRefused: { kind: 'access', say: always('Access refused') },
  StepDelayed: { kind: 'trouble', say: (data) => said(data, 'words') },
  PayerRefused: { kind: 'trouble', say: (data) => said(data, 'words') || 'AWS refused; it is tried elsewhere' },
  ProvisioningHalted: { kind: 'trouble', say: (data) => `Halted: ${said(data, 'words')}` },
  ProvisioningResumed: { kind: 'trouble', say: always('Resumed') },
};

/** A fact of a newer service is told by its type. */
export const factText = ({ type, data }: Pick<Fact, 'type' | 'data'>): string => facts[type]?.say(data) ?? type;

export const factKind = ({ type }: Pick<Fact, 'type'>): FactKind | undefined => facts[type]?.kind;

/** The types of the facts of a kind. */
export const factTypes = (kind: FactKind): readonly string[] =>
  Object.keys(facts).filter((type) => facts[type]?.kind === kind);

/** Who did a fact: the person for whom a service did it and the service, or whoever did it themselves. */
export function doerText({ actor, onBehalfOf }: Pick<Fact, 'actor' | 'onBehalfOf'>, reader: string): string {
  if (onBehalfOf === undefined) return actorText(actor, reader);
  return `${actorText(onBehalfOf, reader)} through ${actorText(actor, reader)}`;
}

/** Who did it: the service itself, the reader, or a person by the opaque id, the only thing of people that is on record. */
export function actorText(actor: string, reader: string): string {
  if (actor === 'partner-cloud#saga') return 'Partner Cloud';
  const subject = actor.slice(actor.lastIndexOf('#') + 1);
  return subject === reader ? 'you' : subject;
}
