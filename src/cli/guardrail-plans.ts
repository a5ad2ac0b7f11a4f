/** The plans of payers' guardrails as the API of the service tells them, in words for a terminal. */
import type { GuardrailsView } from '../application/guardrails/guardrails-view.js';
import type { Api } from './demo/api.js';

/** The service, asked as an operator. */
export interface Service {
  readonly api: Api;
  readonly token: string;
}

const pathOf = (payer: string): string => `/v1/payers/${payer}/guardrails`;

/** What an application would change at each payer now. */
export const plansOf = ({ api, token }: Service, payers: readonly string[]): Promise<readonly GuardrailsView[]> =>
  Promise.all(payers.map((payer) => api.get<GuardrailsView>(pathOf(payer), token)));

/** Applies the plan of this digest, and answers with what came of it. */
export async function applyPlan({ api, token }: Service, payer: string, digest: string): Promise<string> {
  const { state, since } = await api.send<GuardrailsView>('POST', pathOf(payer), token, { digest });
  return `${payer}: applied; the guardrails are ${state} since ${since}.`;
}

/** The plan with every change and, below it, a line for each statement that the change touches. */
export function planText({ id, state, since, findings = [], plan }: GuardrailsView): string {
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
