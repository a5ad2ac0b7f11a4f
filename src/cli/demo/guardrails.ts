/** The operator of the demo applies the guardrails of every payer, as an operator does before anything is vended. */
import { listPayers } from '../../client/generated/sdk.gen.js';
import { applyPlan, plansOf, type Service } from '../guardrails/plans.js';

/** Applies what is to be applied, and answers with one line about it. */
export async function applyGuardrails(service: Service): Promise<string> {
  const { data } = await listPayers(service.api.as(service.token));
  const payers = data.items.map(({ id }) => id);
  let changes = 0;
  for (const { id, state, plan } of await plansOf(service, payers)) {
    if (state === 'kept' && plan.changes.length === 0) continue;
    changes += plan.changes.length;
    await applyPlan(service, id, plan.digest);
  }
  return `The operator of the demo has applied the guardrails of ${payers.join(' and ')}: ${changes} changes at AWS.\n`;
}
