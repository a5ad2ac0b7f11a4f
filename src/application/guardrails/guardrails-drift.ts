/** How what is in force at a payer differs from what an operator applied there. */
import type { PayerGuardrails } from '../../domain/guardrails/payer-guardrails.js';
import {
  describeChange,
  type GuardrailChange,
  GuardrailsDoNotFit,
  planGuardrails,
} from '../../domain/guardrails/plan.js';
import { type GuardrailParts, lookedAt, toBeKept } from './payer-plans.js';

/** What would put it back, or why it cannot be put back. */
export type Drift = readonly GuardrailChange[] | GuardrailsDoNotFit;

/** Looks at AWS. Rejects with `OrganizationUnavailable` where nothing can be seen. */
export async function driftOf(
  { organizations }: Pick<GuardrailParts, 'organizations'>,
  id: string,
  state: PayerGuardrails,
  signal: AbortSignal,
): Promise<Drift> {
  const wanted = toBeKept(state);
  const observed = await organizations.observe(id, lookedAt(wanted), signal);
  try {
    return planGuardrails(wanted, observed);
  } catch (error) {
    if (error instanceof GuardrailsDoNotFit) return error;
    throw error;
  }
}

/** The drift in words, a line each; none where there is none. */
export const findingsOf = (differing: Drift): readonly string[] =>
  differing instanceof GuardrailsDoNotFit
    ? [differing.message]
    : differing.map((change) => {
        const { words, lines } = describeChange(change);
        return [words, ...lines].join(' ');
      });
