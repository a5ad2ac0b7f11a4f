/** Nothing in the policies is there for nothing: without any statement, exemption or denied action a row fails. */
import { expect, test } from '@jest/globals';
import type { Statement } from '../../src/domain/baseline/policy-document.js';
import { guardrails, ownPolicies } from './account.js';
import { changed, type Named } from './evaluate.js';
import { anyFails, type Layers } from './table.js';

interface Mutation {
  readonly title: string;
  readonly layers: Layers;
  /** What the statement is about. */
  readonly actions: readonly string[];
}

const listOf = (values: string | readonly string[] | undefined): readonly string[] =>
  values === undefined ? [] : typeof values === 'string' ? [values] : values;

/** The ways in which a statement can be broken: gone, turned round, without its condition. */
function broken(statement: Statement): readonly (readonly [how: string, into: readonly Statement[]])[] {
  const { Condition, ...unconditional } = statement;
  const turned = { ...statement, Effect: statement.Effect === 'Allow' ? 'Deny' : 'Allow' } as const;
  return [
    ['gone', []],
    ['turned round', [turned]],
    ...(Condition ? [['without its condition', [unconditional]] as const] : []),
  ];
}

/** The same statement without each entry of a list, one at a time. */
const without =
  (...lists: readonly ('Action' | 'NotAction' | 'NotResource')[]) =>
  (statement: Statement): readonly (readonly [how: string, into: readonly Statement[]])[] =>
    lists.flatMap((list) =>
      listOf(statement[list]).map((entry): readonly [string, readonly Statement[]] => [
        `without ${entry}`,
        [{ ...statement, [list]: listOf(statement[list]).filter((other) => other !== entry) }],
      ]),
    );

/** The same statement without each of the principals that it leaves alone. */
const exempting = (statement: Statement): readonly (readonly [how: string, into: readonly Statement[]])[] =>
  listOf(statement.Condition?.ArnNotLike?.['aws:PrincipalArn']).map((arn) => {
    const others = listOf(statement.Condition?.ArnNotLike?.['aws:PrincipalArn']).filter((other) => other !== arn);
    return [
      `without the exemption of ${arn}`,
      [{ ...statement, Condition: { ArnNotLike: { 'aws:PrincipalArn': others } } }],
    ];
  });

const mutations = (policies: readonly Named[], layer: keyof Layers, ways: typeof broken): readonly Mutation[] =>
  policies.flatMap(({ name, document }) =>
    document.Statement.flatMap((statement, index) =>
      ways(statement).map(([how, into]) => ({
        title: `${name} ${statement.Sid} ${how}`,
        layers: { [layer]: changed(policies, name, index, into) },
        actions: statement.NotAction ? ['*'] : listOf(statement.Action),
      })),
    ),
  );

/** What the overrides hold belongs to the customer and to operations, so that no row rests on it. */
const held = ownPolicies.filter(({ name }) => !name.endsWith('OverridePolicy'));

test.each(mutations(held, 'own', broken))('a row fails when $title', ({ layers, actions }) => {
  expect(anyFails(layers, actions)).toBe(true);
});

test.each(mutations(held, 'own', without('NotAction', 'NotResource')))(
  'a row fails when $title',
  ({ layers, actions }) => {
    expect(anyFails(layers, actions)).toBe(true);
  },
);

test.each(mutations(guardrails, 'guardrails', broken))('a row fails when $title', ({ layers, actions }) => {
  expect(anyFails(layers, actions)).toBe(true);
});

test.each(mutations(guardrails, 'guardrails', without('Action')))('a row fails when $title', ({ layers, actions }) => {
  expect(anyFails(layers, actions)).toBe(true);
});

test.each(mutations(guardrails, 'guardrails', exempting))('a row fails when $title', ({ layers, actions }) => {
  expect(anyFails(layers, actions)).toBe(true);
});
