/** Whatever a customer's principal comes to in four steps of the known escalations, the guardrails still hold it. */
import { expect, test } from '@jest/globals';
import { guardrails, people } from './account.js';
import { closure, primitives } from './escalation.js';
import { byGuardrails, changed } from './evaluate.js';
import { forbidden } from './forbidden.js';

const customers = [people.administrator, people.bob, people.console, people.reader, people.theirs, people.machine];
const exempt = [people.wayIn, people.automation, people.analytics, people.operations].map(({ arn }) => arn);
const depth = 4;
const reached = closure(customers, depth);

test('at least 25 kinds of escalation are tried', () => {
  const kinds = new Set(primitives.map(({ name }) => name.replace(/role\/\w+/, 'a role')));
  expect(kinds.size).toBeGreaterThanOrEqual(25);
});

test('an administrator does come to principals that no policy of ours binds: the policies alone would not hold', () => {
  expect(reached.map(({ principal }) => principal.arn)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/user\/made$/),
      expect.stringMatching(/role\/made$/),
      people.imitator.arn,
    ]),
  );
});

test('nobody comes to a role that guardrails leave alone', () => {
  expect(reached.filter(({ principal }) => exempt.includes(principal.arn)).map(({ path }) => path)).toEqual([]);
});

test.each(forbidden.map(({ action, resource }) => ({ action, resource })))(
  '$action on $resource is denied to everybody who is reached',
  (asked) => {
    const free = reached.filter(({ principal }) => byGuardrails(principal, asked, guardrails) !== 'denies');
    expect(free.map(({ path }) => path)).toEqual([]);
  },
);

test('without the protection of the reseller`s roles, or their exemption from it, an exempt role is reached', () => {
  const hardening = guardrails.find(({ name }) => name === 'CTLGuardrailHardening');
  const index = hardening?.document.Statement.findIndex(({ Sid }) => Sid === 'DenyChangesOfResellerObjects') ?? -1;
  expect(index).toBeGreaterThanOrEqual(0);
  const without = changed(guardrails, 'CTLGuardrailHardening', index, []);
  const free = closure([people.theirs], depth, without).map(({ principal }) => principal.arn);
  expect(free).toEqual(expect.arrayContaining([people.wayIn.arn, people.automation.arn]));
});
