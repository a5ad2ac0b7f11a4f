/** What an operator sees of the guardrails of a payer. */
import type { PayerGuardrails } from '../../domain/guardrails/payer-guardrails.js';
import { describeChange } from '../../domain/guardrails/plan.js';
import type { PayerPlan } from './payer-plans.js';

/** What stands at a payer, and what an application would change. */
export interface GuardrailsView {
  readonly id: string;
  readonly state: PayerGuardrails['state'];
  readonly since?: string;
  /** What is to be had again, where what is in force is not what was applied. */
  readonly findings?: readonly string[];
  readonly plan: {
    readonly digest: string;
    readonly stage: PayerPlan['stage'];
    readonly organizationalUnit: string;
    readonly policies: readonly { readonly name: string; readonly digest: string; readonly characters: number }[];
    readonly changes: readonly { readonly words: string; readonly lines: readonly string[] }[];
  };
}

/** What is on record of the guardrails of a payer. */
export function standing(guardrails: PayerGuardrails): Pick<GuardrailsView, 'state' | 'since' | 'findings'> {
  if (guardrails.state === 'none') return { state: 'none' };
  const { state, since } = guardrails;
  return { state, since, ...(guardrails.state === 'drifted' ? { findings: guardrails.findings } : {}) };
}

/** A plan without the texts of its policies. */
export const planView = ({
  digest,
  stage,
  organizationalUnit,
  policies,
  changes,
}: PayerPlan): GuardrailsView['plan'] => ({
  digest,
  stage,
  organizationalUnit,
  policies: policies.map((policy) => ({
    name: policy.name,
    digest: policy.digest,
    characters: policy.content.length,
  })),
  changes: changes.map(describeChange),
});
