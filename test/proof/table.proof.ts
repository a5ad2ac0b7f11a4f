/** Every row of the proof holds, and each row's action is one that AWS knows. */

import { runSimulation } from '@cloud-copilot/iam-simulate';
import { expect, test } from '@jest/globals';
import { guardrails, people } from './account.js';
import { cases, servicesOf } from './allowed.js';
import { isAllowedTogether, simulationOf } from './evaluate.js';
import { forbidden } from './forbidden.js';
import { noticed, hole as noticing } from './noticed.js';
import { table, wrongRows } from './table.js';

test('every row comes out as it must, by the layer that it is about', () => {
  expect(wrongRows()).toEqual([]);
});

test('all policies of a principal and all guardrails evaluated at once come to the same', () => {
  const other = table.filter((row) => isAllowedTogether(people[row.who], row, guardrails) !== row.allowed);
  expect(other).toEqual([]);
});

test('there are at least 150 rows besides what many principals share, and 60 services', () => {
  expect(cases.length + forbidden.length).toBeGreaterThanOrEqual(150);
  expect(new Set(servicesOf.map(({ action }) => action.split(':')[0])).size).toBeGreaterThanOrEqual(60);
  expect(new Set(table.map(({ who }) => who))).toEqual(new Set(Object.keys(people)));
});

test('every hole that was once found has a row', () => {
  const holes = Array.from({ length: 15 }, (_, n) => `H${n + 1}`);
  const rows = new Set([noticing, ...table.flatMap(({ hole }) => (hole ? [hole] : []))]);
  expect(holes.filter((hole) => !rows.has(hole))).toEqual([]);
});

test('a look notices each object that is gone, and each member of one that is another', () => {
  expect(noticed.filter(({ lines }) => lines.length !== 1)).toEqual([]);
  const gone = noticed.filter(({ what }) => what === 'gone');
  expect(gone.filter(({ lines }) => !lines[0]?.startsWith('create '))).toEqual([]);
});

const actions = [...new Map(table.map((row) => [row.action, row])).values()];

test.each(actions)('AWS knows the action $action', async (row) => {
  const request = simulationOf(people[row.who].arn, row, [], []);
  const answer = await runSimulation(request, {});
  const words = answer.resultType === 'error' ? answer.errors.message : '';
  expect(words).not.toMatch(/invalid\.(action|service)/);
});
