/** What an operator would apply at a payer now: the difference between this version's guardrails and those at AWS. */
import {
  type AppliedPolicy,
  allApplied,
  appliedAt,
  type GuardrailStage,
  type PayerGuardrails,
} from '../../domain/guardrails/payer-guardrails.js';
import {
  type GuardrailChange,
  GuardrailsDoNotFit,
  type ObservedOrganization,
  type OwnPolicy,
  planGuardrails,
  type WantedOver,
} from '../../domain/guardrails/plan.js';
import { Refusal } from '../../domain/refusal.js';
import type { Organizations } from '../ports/guardrails.js';
import { digestOf } from '../streams/command-digest.js';
import { KeyedMutex } from '../streams/keyed-mutex.js';

/** What guardrails are made of here; chosen in the composition root. */
export interface GuardrailParts {
  readonly organizations: Organizations;
  /** The guardrails of this version for the configured reseller. */
  readonly desired: readonly OwnPolicy[];
  readonly units: readonly GuardrailUnits[];
  /** Changes of one payer's organization happen one after the other, and nobody compares it in between. */
  readonly mutex: KeyedMutex;
}

/** Where the guardrails of a payer belong; `canaryUnit` is empty where no unit tries them first. */
export interface GuardrailUnits {
  readonly id: string;
  readonly customersUnit: string;
  readonly canaryUnit: string;
}

/** The plan for one stage of a payer. */
export interface PayerPlan {
  readonly stage: GuardrailStage;
  readonly organizationalUnit: string;
  readonly policies: readonly AppliedPolicy[];
  readonly changes: readonly GuardrailChange[];
  /** By which an operator says that this plan is meant and no other. */
  readonly digest: string;
}

/**
 * The plan of a payer. With a canary unit, copies of the policies go there first, under names of their own; the customers'
 * unit has its turn once those are applied as they are now. Throws a `wrong-stage` refusal where the organization cannot
 * take them.
 */
export async function planOf(
  { organizations, desired }: Pick<GuardrailParts, 'organizations' | 'desired'>,
  { id, customersUnit, canaryUnit }: GuardrailUnits,
  guardrails: PayerGuardrails,
  signal: AbortSignal,
): Promise<PayerPlan> {
  const customers = wantedAt('customers', customersUnit, desired);
  const canary = wantedAt('canary', canaryUnit, canaryOf(desired));
  const all = canaryUnit === '' ? [customers] : [canary, customers];
  const observed = await organizations.observe(id, lookedAt(all.map(({ over }) => over)), signal);
  if (canaryUnit !== '') {
    const first = planned(id, canary, observed);
    if (first.changes.length > 0 || !isApplied(first, guardrails)) return first;
  }
  return planned(id, customers, observed);
}

interface Wanted {
  readonly stage: GuardrailStage;
  readonly over: WantedOver;
}

const wantedAt = (stage: GuardrailStage, unit: string, policies: readonly OwnPolicy[]): Wanted => ({
  stage,
  over: { unit, policies },
});

/** A policy is one object wherever it hangs, so that what is tried on few accounts must be another. */
const canaryOf = (policies: readonly OwnPolicy[]): readonly OwnPolicy[] =>
  policies.map(({ name, content }) => ({ name: `${name}Canary`, content }));

/** The names and units that these policies are looked for under. */
export const lookedAt = (all: readonly WantedOver[]) => ({
  names: all.flatMap(({ policies }) => policies.map(({ name }) => name)),
  units: all.map(({ unit }) => unit),
});

function planned(payerId: string, { stage, over }: Wanted, observed: ObservedOrganization): PayerPlan {
  const changes = fitting(() => planGuardrails([over], observed));
  const policies = over.policies.map(({ name, content }) => ({ name, content, digest: digestOf(content) }));
  const digest = digestOf({ payerId, stage, unit: over.unit, policies, changes });
  return { stage, organizationalUnit: over.unit, policies, changes, digest };
}

function fitting<T>(plan: () => T): T {
  try {
    return plan();
  } catch (error) {
    if (error instanceof GuardrailsDoNotFit) throw new Refusal('wrong-stage', error.message);
    throw error;
  }
}

function isApplied({ stage, organizationalUnit, policies }: PayerPlan, guardrails: PayerGuardrails): boolean {
  const applied = appliedAt(guardrails, stage);
  const digests = (all: readonly AppliedPolicy[]) => all.map(({ digest }) => digest).join();
  return applied?.organizationalUnit === organizationalUnit && digests(applied.policies) === digests(policies);
}

/** What was applied at a payer, as it is to be kept. */
export const toBeKept = (guardrails: PayerGuardrails): readonly WantedOver[] =>
  allApplied(guardrails).map(({ organizationalUnit, policies }) => ({ unit: organizationalUnit, policies }));
