/** Facts in sentences, for whoever asks why an account is as it is. */
import type { DomainEvent, EventOf, EventType } from '../events.js';

type Sentences = { readonly [T in EventType]?: (event: EventOf<T>) => string };

/** What is not here is told by its type and members. */
const sentences: Sentences = {
  ProviderRequested: ({ name, organization, territory }) =>
    `${organization} asked for the account "${name}" in ${territory}.`,
  ProviderRefused: ({ name, organization, reasons }) =>
    `${organization} asked for "${name}" and was refused: ${reasons.join(', ')}.`,
  TermsAccepted: ({ documents }) =>
    `The terms were accepted: ${documents.map(({ party, version, digest }) => `${party} ${version} (${digest.slice(0, 12)}…)`).join(', ')}.`,
  PayerAssigned: ({ payerId }) => `The payer ${payerId} had room and was chosen.`,
  PayerRefused: ({ payerId, words }) => `The payer ${payerId} was refused by AWS: ${words}`,
  AccountCreationRequested: ({ requestId, payerId }) =>
    `AWS was asked to make the account at ${payerId} (${requestId}).`,
  AccountCreated: ({ accountId, payerId, how }) =>
    `AWS made the account ${accountId} at ${payerId}${how === 'adopted' ? '; it was found and taken on' : ''}.`,
  PayerLinked: ({ organizationalUnit, guardrails }) =>
    `It was moved into ${organizationalUnit}, where these guardrails held: ${guardrails.join(', ') || 'none'}.`,
  AccountReady: ({ probes }) => `AWS served it: ${probes.join(', ')}.`,
  BaselineStepApplied: ({ step, changes }) =>
    `The baseline's step ${step} was applied, with ${changes.length} changes.`,
  BaselineApplied: ({ baselineVersion }) => `The baseline ${baselineVersion} was in force.`,
  CredentialsIssued: ({ generation, expiresAt }) =>
    `Credentials number ${generation} were issued, good until ${expiresAt}.`,
  CredentialsClaimed: () => 'The customer chose a password of their own.',
  CredentialsExpired: () => 'The temporary password was not used in time, and was destroyed.',
  CredentialsReissued: ({ resetMfa }) =>
    `New credentials were asked for${resetMfa ? ', and the second factor was removed' : ''}.`,
  MfaEnrolled: ({ device }) => `The user that was handed over enrolled a second factor (${device}).`,
  CredentialsRevealed: ({ generation }) => `The temporary password number ${generation} was shown.`,
  ConsoleSessionOpened: ({ role }) => `The AWS console was opened with the role ${role}.`,
  CommandLineSessionOpened: ({ role }) => `Keys for the command line were given with the role ${role}.`,
  AccessRefused: ({ what, reason }) => `Access (${what}) was refused: ${reason}.`,
  StepDelayed: ({ step, words }) => `The step ${step} had to wait: ${words}`,
  ProvisioningHalted: ({ step, words, whoMustAct }) => `It halted at ${step}; the ${whoMustAct} had to act: ${words}`,
  ProvisioningResumed: ({ step }) => `It went on with ${step}.`,
  ProviderRenamed: ({ name }) => `It was renamed to "${name}".`,
  ProviderWithdrawn: () => 'The customer withdrew it.',
  AccountStateObserved: ({ state }) => `AWS said that the account is ${state}.`,
  RootStateObserved: ({ credentials }) =>
    credentials.length === 0 ? 'Root has no credentials.' : `Root has ${credentials.join(', ')}.`,
};

/** One sentence for a fact as it is stored. */
export function sentenceFor(type: string, data: Readonly<Record<string, unknown>>): string {
  const tell = sentences[type as EventType] as ((event: DomainEvent) => string) | undefined;
  return tell?.({ type, ...data } as DomainEvent) ?? `${type}: ${JSON.stringify(data)}`;
}
