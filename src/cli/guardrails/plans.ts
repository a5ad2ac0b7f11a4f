/** The plans of payers' guardrails as the API of the service tells them, in words for a terminal. */
import { applyGuardrails, readGuardrails } from '../../client/generated/sdk.gen.js';
import type { Guardrails } from '../../client/generated/types.gen.js';
import type { Api } from '../client/api.js';

/** The service, asked as an operator. */
export interface Service {
  readonly api: Api;
  readonly token: string;
}

/** What an application would change at each payer now. */
export const plansOf = ({ api, token }: Service, payers: readonly string[]): Promise<readonly Guardrails[]> =>
  Promise.all(payers.map(async (id) => (await readGuardrails({ ...api.as(token), path: { id } })).data));

/** Applies the plan of this digest, and answers with what came of it. */
export async function applyPlan({ api, token }: Service, id: string, digest: string): Promise<string> {
  const { data } = await applyGuardrails({ ...api.as(token), path: { id }, body: { digest } });
  return `${id}: applied; the guardrails are ${data.state} since ${data.since}.`;
}

/** The plan with every change and, below it, a line for each statement that the change touches. */
export function planText({ id, state, since, findings = [], plan }: Guardrails): string {
  const standing = state === 'none' ? 'nothing was applied yet' : `${state} since ${since}`;
  const changes = plan.changes.flatMap(({ words, lines }) => [`  ${words}`, ...lines.map((line) => `      ${line}`)]);
  return [
    `${id}: ${standing}.`,
    ...findings.map((finding) => `  missing: ${finding}`),
    `Plan for the ${plan.stage === 'canary' ? 'canary unit' : "customers' unit"} ${plan.organizationalUnit}:`,
    ...(changes.length > 0 ? changes : ['  nothing is to be changed at AWS; an application puts that on record']),
    `Apply it: npm run --silent guardrails -- apply --payer ${id} --digest ${plan.digest}`,
    '',
    '',
  ].join('\n');
}
