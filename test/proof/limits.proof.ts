/** AWS takes what we write: sizes, numbers and names of policies, roles and guardrails. Source: aws-facts §1.4, §3.3, §5.2. */
import { expect, test } from '@jest/globals';
import { desiredState } from '../../src/domain/baseline/desired-state.js';
import { limits } from '../../src/domain/guardrails/limits.js';
import { baselineSteps } from '../../src/domain/provider/steps.js';
import { guardrails, ownPolicies, settings } from './account.js';

const objects = baselineSteps.flatMap((step) => desiredState(step, settings));
const roles = objects.flatMap((object) => (object.kind === 'role' ? [object] : []));
const trusts = objects.flatMap((object) => (object.kind === 'role-trust' ? [object] : []));

test.each(ownPolicies)('the policy $name has at most 6,144 characters', ({ document }) => {
  expect(JSON.stringify(document).length).toBeLessThanOrEqual(6_144);
});

test.each(roles)(
  'the role $name carries at most ten policies, and its trust has at most 2,048 characters',
  ({ members }) => {
    expect(members.policies.length).toBeLessThanOrEqual(10);
    expect(JSON.stringify(members.trust).length).toBeLessThanOrEqual(2_048);
  },
);

test.each(trusts)('the trust of $name has at most 2,048 characters', ({ members }) => {
  expect(JSON.stringify(members.trust).length).toBeLessThanOrEqual(2_048);
});

test('names have the lengths and characters that IAM and Organizations take', () => {
  for (const { name } of roles) expect(name).toMatch(/^[\w+=,.@-]{1,64}$/);
  for (const { name } of ownPolicies) expect(name).toMatch(/^[\w+=,.@-]{1,128}$/);
  for (const { name } of guardrails) expect(name).toMatch(/^[ -~]{1,128}$/);
});

test('the guardrails fit beside FullAWSAccess', () => {
  expect(guardrails.length).toBeLessThanOrEqual(limits.policies);
  for (const { document } of guardrails) expect(JSON.stringify(document).length).toBeLessThanOrEqual(limits.characters);
});
