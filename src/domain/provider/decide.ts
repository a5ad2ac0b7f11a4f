/** What a command means for a provider: the events to record, or none if it already took effect; it throws only to refuse. */
import { type RefusalReason, refusalReasons, refusalText } from '../eligibility.js';
import type { OrganizationFacts } from '../organization.js';
import { Refusal } from '../refusal.js';
import { type Acceptance, type CurrentTerms, matchTerms } from '../terms.js';
import type { ProviderEvent } from './events.js';
import { requireName } from './name.js';
import { noCredentialsYet, notThereYet } from './not-there-yet.js';
import { isWithdrawable } from './request.js';
import { hasAccount, type Provider } from './stages.js';

/** The facts about the customer that a command rests on. */
export interface Standing {
  readonly organizationRevision: number;
  readonly facts: OrganizationFacts;
}

export interface RequestProvider extends Standing {
  readonly type: 'RequestProvider';
  readonly organization: string;
  readonly name: string;
  readonly origin: 'new';
  readonly territory: string;
  readonly rootEmail: string;
  readonly accountName: string;
  readonly requestDigest: string;
}
export interface AcceptTerms extends Standing {
  readonly type: 'AcceptTerms';
  readonly documents: readonly Acceptance[];
  readonly current: CurrentTerms;
}
export type ProviderCommand =
  | RequestProvider
  | AcceptTerms
  | { readonly type: 'Withdraw' }
  | { readonly type: 'Rename'; readonly name: string }
  | { readonly type: 'Resume' }
  | { readonly type: 'Reissue'; readonly resetMfa: boolean };

/** Decides one command; throws {@link Refusal} in words for the person who sent it. */
export function decide(command: ProviderCommand, provider: Provider): ProviderEvent[] {
  if (command.type === 'RequestProvider') return request(command, provider);
  if (provider.stage === 'unknown') throw new Refusal('not-found', 'There is no such provider.');
  if (provider.stage === 'refused') throw wrongStage(`This request was refused: ${inWords(provider.reasons)}`);
  switch (command.type) {
    case 'AcceptTerms':
      return acceptTerms(command, provider);
    case 'Withdraw':
      return withdraw(provider);
    case 'Rename':
      return rename(command.name, provider);
    case 'Resume':
      return resume(provider);
    case 'Reissue':
      return reissue(command.resetMfa, provider);
    default:
      return command satisfies never;
  }
}

const wrongStage = (words: string): Refusal => new Refusal('wrong-stage', words);
const inWords = (reasons: readonly RefusalReason[]): string => reasons.map(refusalText).join(' ');

/** A provider that was asked for, and not refused. */
type Known = Exclude<Provider, { stage: 'unknown' | 'refused' }>;

/** The facts of its request, whatever has become of it. */
const known = (provider: Known): Exclude<Known, { stage: 'halted' }> =>
  provider.stage === 'halted' ? provider.from : provider;

function request({ type, ...asked }: RequestProvider, provider: Provider): ProviderEvent[] {
  if (provider.stage !== 'unknown') {
    const { requestDigest } = provider.stage === 'refused' ? provider : known(provider);
    if (requestDigest === asked.requestDigest) return [];
    throw new Refusal('idempotency-key-reused', 'This Idempotency-Key was used for another request; use a new key.', [
      { field: 'Idempotency-Key', problem: 'was used with another body', allowed: 'the same body, or a new key' },
    ]);
  }
  const name = requireName(asked.name);
  const reasons = refusalReasons(asked.facts, asked.territory);
  if (reasons.length === 0) return [{ type: 'ProviderRequested', ...asked, name }];
  const { origin, rootEmail, accountName, ...refused } = asked;
  return [{ type: 'ProviderRefused', ...refused, name, reasons }];
}

function acceptTerms(command: AcceptTerms, provider: Known): ProviderEvent[] {
  const request = known(provider);
  if (request.stage === 'withdrawn') throw wrongStage('This provider was withdrawn; request a new one.');
  if (request.stage !== 'requested') {
    requireSame(command.documents, request.documents);
    return [];
  }
  const documents = matchTerms(command.documents, command.current);
  const reasons = refusalReasons(command.facts, request.territory);
  if (reasons.length > 0) throw new Refusal('ineligible', inWords(reasons), [], { reasons });
  return [{ type: 'TermsAccepted', documents, organizationRevision: command.organizationRevision }];
}

/** Whoever accepts again what was accepted repeats a command; other documents can no longer be. */
function requireSame(documents: readonly Acceptance[], accepted: CurrentTerms): void {
  const same = accepted.length === documents.length && accepted.every((a) => documents.some((d) => isSame(a, d)));
  if (same) return;
  const words = accepted.map(({ party, version }) => `${party} version ${version}`).join(' and ');
  throw wrongStage(`The terms of this provider were accepted already: ${words}.`);
}

const isSame = (a: Acceptance, b: Acceptance): boolean =>
  a.party === b.party && a.version === b.version && a.digest === b.digest;

function withdraw(provider: Known): ProviderEvent[] {
  if (provider.stage === 'withdrawn') return [];
  if (isWithdrawable(provider)) return [{ type: 'ProviderWithdrawn' }];
  throw wrongStage(`${hasAccount(known(provider)) ? exists : asked}, so the request can no longer be withdrawn.`);
}

const exists = 'The AWS account exists already';
const asked = 'The AWS account is being created or may exist already';

function rename(asked: string, provider: Known): ProviderEvent[] {
  const name = requireName(asked);
  if (provider.stage === 'withdrawn') throw wrongStage('This provider was withdrawn; it can no longer be renamed.');
  return known(provider).name === name ? [] : [{ type: 'ProviderRenamed', name }];
}

function resume(provider: Known): ProviderEvent[] {
  if (provider.stage === 'withdrawn') throw wrongStage('This provider was withdrawn; there is nothing to resume.');
  return provider.stage === 'halted' ? [{ type: 'ProvisioningResumed', step: provider.halt.step }] : [];
}

function reissue(resetMfa: boolean, provider: Known): ProviderEvent[] {
  const moving = known(provider);
  if (moving.stage !== 'active') throw wrongStage(notThereYet(provider) ?? noCredentialsYet);
  const { state, generation } = moving.credentials;
  if (state === 'reissuing') return [];
  if (provider.stage === 'halted')
    throw wrongStage('This provider is halted; resume it before asking for new credentials.');
  return [{ type: 'CredentialsReissued', generation: generation + 1, resetMfa }];
}
