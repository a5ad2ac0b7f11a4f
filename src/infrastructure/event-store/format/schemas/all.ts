/** The stored shape of every event, held by the compiler to the event as the domain knows it. */
import type { Static, TObject } from 'typebox';
import type { EventOf, EventsByKind, EventType, StreamKind } from '../../../../domain/events.js';
import type { ReservedEventType } from '../../../../domain/reserved-events.js';
import { accessSchemas } from './access.js';
import { allowanceSchemas } from './allowance.js';
import { baselineSchemas } from './baseline.js';
import { guardrailsSchemas } from './guardrails.js';
import { hardeningSchemas } from './hardening.js';
import { logSchemas } from './log.js';
import { organizationSchemas } from './organization.js';
import { payerSchemas } from './payer.js';
import { proofSchemas } from './proof.js';
import { providerSchemas } from './provider.js';
import { quarantineSchemas } from './quarantine.js';
import { refusalsSchemas } from './refusals.js';
import { resumptionSchemas } from './resumption.js';
import { rolloutSchemas } from './rollout.js';
import { roundSchemas } from './round.js';
import { webhookSchemas } from './webhook.js';

/** A file for each kind of stream, by event type; the compiler asks for one row a kind. */
export const schemasByKind = {
  provider: providerSchemas,
  organization: organizationSchemas,
  access: accessSchemas,
  payer: payerSchemas,
  allowance: allowanceSchemas,
  refusals: refusalsSchemas,
  quarantine: quarantineSchemas,
  log: logSchemas,
  guardrails: guardrailsSchemas,
  baseline: baselineSchemas,
  proof: proofSchemas,
  hardening: hardeningSchemas,
  round: roundSchemas,
  rollout: rolloutSchemas,
  webhook: webhookSchemas,
  resumption: resumptionSchemas,
} satisfies { readonly [K in StreamKind]: Readonly<Record<EventsByKind[K]['type'], TObject>> };

type ByType<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer All) => void ? All : never;
type Schemas = ByType<(typeof schemasByKind)[StreamKind]>;

/** By event type; the type itself is stored beside the event's bytes, not in them. */
export const eventSchemas = Object.assign({}, ...Object.values(schemasByKind)) as Schemas;

/** A type flattened and made read-only, so that two ways of writing one shape become one type. */
type Plain<T> = T extends readonly (infer E)[]
  ? readonly Plain<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Plain<T[K]> }
    : T;

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** The event types whose schema says something else than the domain does, or that are missing on one side. */
type Disagreeing = {
  [T in EventType | keyof Schemas]: T extends keyof Schemas & EventType
    ? Same<Plain<Static<Schemas[T]> & { type: T }>, Plain<EventOf<T>>> extends true
      ? never
      : T
    : T;
}[EventType | keyof Schemas];

/** Does not compile when there are any; the compiler names the first. */
({}) satisfies Record<Disagreeing, never>;

/** Nor where a name is taken that is kept for something else. */
({}) satisfies Record<Extract<keyof Schemas, ReservedEventType>, never>;
