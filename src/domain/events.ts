/** Every event of every stream; the literal `type` is its name in storage. */
import type { AccessEvent } from './access.js';
import type { AllowanceEvent } from './allowance.js';
import type { BaselineEvent } from './baseline/known-baselines.js';
import type { GuardrailsEvent } from './guardrails/payer-guardrails.js';
import type { HardeningEvent } from './hardening/events.js';
import type { RolloutEvent } from './hardening/rollout-events.js';
import type { RoundEvent } from './hardening/round.js';
import type { LogEvent } from './log.js';
import type { OrganizationEvent } from './organization.js';
import type { PayerEvent } from './payer.js';
import type { ProviderEvent } from './provider/events.js';
import type { QuarantineEvent } from './quarantine.js';
import type { RefusalsEvent } from './refusals.js';
import type { ResumptionEvent } from './resumption.js';
import type { WebhookEvent } from './webhooks/events.js';
import type { ProofEvent } from './wrong-proofs.js';

/**
 * The kinds of streams and the events that each may hold: a new aggregate is a row here, and the compiler then asks for its
 * fold and its stored shapes. A stream is named `<kind>-<id>`.
 */
export interface EventsByKind {
  readonly provider: ProviderEvent;
  readonly organization: OrganizationEvent;
  readonly access: AccessEvent;
  readonly payer: PayerEvent;
  readonly allowance: AllowanceEvent;
  readonly refusals: RefusalsEvent;
  readonly quarantine: QuarantineEvent;
  readonly log: LogEvent;
  readonly guardrails: GuardrailsEvent;
  readonly baseline: BaselineEvent;
  readonly proof: ProofEvent;
  readonly hardening: HardeningEvent;
  readonly round: RoundEvent;
  readonly rollout: RolloutEvent;
  readonly webhook: WebhookEvent;
  readonly resumption: ResumptionEvent;
}

export type StreamKind = keyof EventsByKind;
export type DomainEvent = EventsByKind[StreamKind];
export type EventType = DomainEvent['type'];

/** What a newer version has recorded and this one does not know. Only folds of its own stream refuse it. */
export interface UnknownEvent {
  readonly type: 'Unknown';
  /** Its type as it was recorded. */
  readonly recordedType: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export type EventOf<T extends EventType> = Extract<DomainEvent, { type: T }>;
