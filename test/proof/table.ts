/** The table of the proof: each request with what it must come to, and by which of the two layers. */

import { guardrails, people, type Who } from './account.js';
import { cases } from './allowed.js';
import {
  byGuardrails,
  byPolicies,
  type Context,
  isAllowed,
  type Named,
  type Principal,
  type Verdict,
} from './evaluate.js';
import { forbidden } from './forbidden.js';

export interface Row {
  readonly who: Who;
  readonly action: string;
  readonly resource: string;
  readonly context?: Context;
  readonly allowed: boolean;
  /** What each layer must say where the row is about that layer; absent: only the outcome is meant. */
  readonly policies?: Verdict;
  readonly guardrails?: Verdict;
  readonly why: string;
  readonly hole?: string;
}

/** Who carries the customer policy, and whom no policy of ours binds: these the guardrails alone hold. */
const bound: readonly Who[] = ['administrator', 'bob', 'console', 'reader'];
const unbound: readonly Who[] = ['theirs', 'machine', 'imitator'];
const resellers: readonly Who[] = ['wayIn', 'automation', 'analytics', 'operations'];

const denials: readonly Row[] = forbidden.flatMap(({ exempt, ...asked }) => [
  ...bound.map((who): Row => ({ ...asked, who, allowed: false, policies: 'denies', guardrails: 'denies' })),
  ...unbound.map((who): Row => ({ ...asked, who, allowed: false, policies: 'allows', guardrails: 'denies' })),
  ...resellers
    .filter((who) => exempt.includes(who))
    .map((who): Row => ({ ...asked, who, allowed: byPolicies(people[who], asked) === 'allows', guardrails: 'allows' })),
  ...resellers
    .filter((who) => !exempt.includes(who))
    .map((who): Row => ({ ...asked, who, allowed: false, guardrails: 'denies' })),
]);

export const table: readonly Row[] = [...cases, ...denials];

/** A row that came out otherwise than it must. */
export type Wrong = Row & { readonly came: string };

/** The policies as they are, unless a mutation gives others. */
export interface Layers {
  readonly guardrails?: readonly Named[];
  /** Takes the place of the policies of these names in everybody's hands. */
  readonly own?: readonly Named[];
}

/** The rows that do not hold. */
export const wrongRows = (layers: Layers = {}, rows: readonly Row[] = table): readonly Wrong[] =>
  rows.flatMap((row) => {
    const came = outcomeOf(row, layers);
    return came === expectedOf(row) ? [] : [{ ...row, came }];
  });

/** Whether any row about these actions (with wildcards, as a statement names them) fails; it stops at the first. */
export function anyFails(layers: Layers, actions: readonly string[]): boolean {
  const patterns = actions.map((action) => new RegExp(`^${action.replaceAll('*', '.*')}$`, 'i'));
  return table.some(
    (row) => patterns.some((pattern) => pattern.test(row.action)) && outcomeOf(row, layers) !== expectedOf(row),
  );
}

const expectedOf = ({ allowed, policies, guardrails: above }: Row): string =>
  `${allowed ? 'allowed' : 'denied'} ${policies ?? '-'} ${above ?? '-'}`;

function outcomeOf(row: Row, { guardrails: above = guardrails, own = [] }: Layers): string {
  const principal = holding(people[row.who], own);
  const outcome = isAllowed(principal, row, above) ? 'allowed' : 'denied';
  const layer = (wanted: Verdict | undefined, verdict: () => Verdict) => (wanted === undefined ? '-' : verdict());
  return `${outcome} ${layer(row.policies, () => byPolicies(principal, row))} ${layer(row.guardrails, () => byGuardrails(principal, row, above))}`;
}

const holding = ({ arn, identity }: Principal, own: readonly Named[]): Principal => ({
  arn,
  identity: identity.map((policy) => own.find(({ name }) => name === policy.name) ?? policy),
});
