/** Every door of the account opens to whom it must and to nobody else, and no statement on one is there for nothing. */
import { expect, test } from '@jest/globals';
import type { Statement } from '../../src/domain/baseline/policy-document.js';
import { doors, hung, wrongDoors } from './doors.js';

test('roles let in and buckets take from whom they must, and nobody else', async () => {
  expect(await wrongDoors()).toEqual([]);
});

test('each policy that hangs on an object has a row', () => {
  const met = new Set(doors.map(({ on }) => on));
  expect(hung.map(({ on }) => on).filter((on) => !met.has(on))).toEqual([]);
});

/** The ways in which a statement can be broken: gone, turned round, without its condition, for everybody. */
function broken(statement: Statement): readonly (readonly [how: string, into: readonly Statement[]])[] {
  const { Condition, ...unconditional } = statement;
  const turned = { ...statement, Effect: statement.Effect === 'Allow' ? 'Deny' : 'Allow' } as const;
  const actions = [statement.Action ?? []].flat();
  return [
    ['gone', []],
    ['turned round', [turned]],
    ...(Condition ? [['without its condition', [unconditional]] as const] : []),
    ...actions
      .filter(() => actions.length > 1)
      .map((action): readonly [string, readonly Statement[]] => [
        `without ${action}`,
        [{ ...statement, Action: actions.filter((other) => other !== action) }],
      ]),
  ];
}

const mutations = hung.flatMap(({ on, document }) =>
  document.Statement.flatMap((statement, index) =>
    broken(statement).map(([how, into]) => ({
      title: `${on} ${statement.Sid} ${how}`,
      mutated: { on, document: { ...document, Statement: document.Statement.toSpliced(index, 1, ...into) } },
    })),
  ),
);

test.each(mutations)('a row fails when $title', async ({ mutated }) => {
  expect(await wrongDoors([mutated])).not.toEqual([]);
});
