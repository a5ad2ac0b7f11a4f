/** The aggregates, each as its first state and its fold, and the names of their streams. */
import { evolveAccess, monthOf, neverUsed } from '../../domain/access.js';
import { evolveAllowance, wholeAllowance } from '../../domain/allowance.js';
import { evolveBaselines, noBaselines } from '../../domain/baseline/known-baselines.js';
import type { DomainEvent, EventsByKind, StreamKind } from '../../domain/events.js';
import { evolveGuardrails, noGuardrails, type PayerGuardrails } from '../../domain/guardrails/payer-guardrails.js';
import { asApplied, evolveHardening, type Hardening } from '../../domain/hardening/hardening.js';
import { evolveRollout, noRollout, type Rollout } from '../../domain/hardening/rollout.js';
import { evolveRound, openRound, type Round } from '../../domain/hardening/round.js';
import { evolveLog, nothingOnRecord } from '../../domain/log.js';
import { evolveOrganization, type Organization, unknownOrganization } from '../../domain/organization.js';
import { evolvePayer, type Payer, vendingPayer } from '../../domain/payer.js';
import { evolve } from '../../domain/provider/evolve.js';
import { type Provider, unknownProvider } from '../../domain/provider/stages.js';
import { evolveQuarantine, nothingSetAside } from '../../domain/quarantine.js';
import { evolveRefusals, noRefusals } from '../../domain/refusals.js';
import { evolveResumption, nobodyResumed } from '../../domain/resumption.js';
import { evolveWebhook, unknownWebhook, type Webhook } from '../../domain/webhooks/webhook.js';
import { evolveProofs, noWrongProofs } from '../../domain/wrong-proofs.js';

/** How the state of one kind of stream comes from its events; `at` is the ISO time an event was recorded, `actor` who caused it. */
export interface Aggregate<S, E extends DomainEvent> {
  readonly kind: StreamKind;
  /** The provider that the stream of this id is about; `undefined` where streams are about none. Its facts are in the history and live feed. */
  readonly providerOf: ((id: string) => string) | undefined;
  readonly initial: S;
  evolve(state: S, event: E, at: string, actor: string): S;
}

const aggregate = <K extends StreamKind, S>(
  kind: K,
  initial: S,
  evolve: (state: S, event: EventsByKind[K], at: string, actor: string) => S,
  providerOf?: (id: string) => string,
): Aggregate<S, EventsByKind[K]> => ({ kind, providerOf, initial, evolve });

/** Every kind of stream; the compiler asks for one row a kind. */
export const aggregates = {
  provider: aggregate<'provider', Provider>('provider', unknownProvider, evolve, (id) => id),
  organization: aggregate<'organization', Organization>('organization', unknownOrganization, evolveOrganization),
  /** One stream for each provider and month, so that it stays short; until there were months, one for each provider. */
  access: aggregate('access', neverUsed, evolveAccess, (id) => id.replace(/-\d{4}-\d{2}$/, '')),
  payer: aggregate<'payer', Payer>('payer', vendingPayer, evolvePayer),
  /** One stream for each organization and day, so that it stays short. */
  allowance: aggregate('allowance', wholeAllowance, evolveAllowance),
  /** One stream for each organization and day, as of the allowance. */
  refusals: aggregate('refusals', noRefusals, evolveRefusals),
  /** All decisions are in one stream, so that who reads the log can know them up front. */
  quarantine: aggregate('quarantine', nothingSetAside, evolveQuarantine),
  /** What is recorded about a log itself, under its id. */
  log: aggregate('log', nothingOnRecord, evolveLog),
  /** One stream for each payer. */
  guardrails: aggregate<'guardrails', PayerGuardrails>('guardrails', noGuardrails, evolveGuardrails),
  /** All desired states are in one stream, so that they are found without being known. */
  baseline: aggregate('baseline', noBaselines, evolveBaselines),
  /** One stream for each payer. */
  proof: aggregate('proof', noWrongProofs, evolveProofs),
  /** One stream for each provider. */
  hardening: aggregate<'hardening', Hardening>('hardening', asApplied, evolveHardening, (id) => id),
  /** One stream for each payer and day, so that it stays short. */
  round: aggregate<'round', Round>('round', openRound, evolveRound),
  /** One stream for each desired state that is rolled out. */
  rollout: aggregate<'rollout', Rollout>('rollout', noRollout, evolveRollout),
  /** One stream for each webhook. */
  webhook: aggregate<'webhook', Webhook>('webhook', unknownWebhook, evolveWebhook),
  /** One stream for each time that many were resumed at once. */
  resumption: aggregate('resumption', nobodyResumed, evolveResumption),
} satisfies { readonly [K in StreamKind]: Aggregate<unknown, EventsByKind[K]> };

export const {
  provider: providers,
  organization: organizations,
  access: accesses,
  payer: payers,
  allowance: allowances,
  refusals,
  quarantine: quarantines,
  log: logs,
  guardrails: payerGuardrails,
  baseline: baselines,
  proof: proofs,
  hardening: hardenings,
  round: rounds,
  rollout: rollouts,
  webhook: webhooks,
  resumption: resumptions,
} = aggregates;

export const streamOf = ({ kind }: { readonly kind: StreamKind }, id: string): string => `${kind}-${id}`;

/** The id of the stream that a use of a provider's credentials at this ISO time belongs in. */
export const accessId = (providerId: string, at: string): string => `${providerId}-${monthOf(at)}`;

/** The id of a stream of this kind, or `undefined` for a stream of another kind. */
export function idIn(kind: string, stream: string): string | undefined {
  return stream.startsWith(`${kind}-`) ? stream.slice(kind.length + 1) : undefined;
}

const byPrefix = Object.values(aggregates).map((of) => [`${of.kind}-`, of] as const);

/** The aggregate whose stream this is; `undefined` for a kind that this version does not know. */
export const aggregateOf = (stream: string): (typeof aggregates)[StreamKind] | undefined =>
  byPrefix.find(([prefix]) => stream.startsWith(prefix))?.[1];
