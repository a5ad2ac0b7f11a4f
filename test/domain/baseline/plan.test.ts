/** The plan holds every difference between what should be and what is, and nothing else. */
import { describe as about, expect, test } from '@jest/globals';
import type { DesiredObject, Observed } from '../../../src/domain/baseline/objects.js';
import { describe, plan } from '../../../src/domain/baseline/plan.js';
import type { Json } from '../../../src/domain/canonical-json.js';
import { allObjects, asDesired, titleOf } from './account.js';

const objectNamed = (name: string): DesiredObject => {
  const object = allObjects.find((each) => each.name === name);
  if (!object) throw new Error(`${name}: no such object in the baseline`);
  return object;
};

const withMember = (object: DesiredObject, member: string, value: Json): Observed => ({
  ...asDesired(object),
  members: { ...asDesired(object).members, [member]: value },
});

const linesFor = (object: DesiredObject, observed: Observed): readonly string[] =>
  plan([object], [observed]).map(describe);

test('an account that is as desired needs nothing', () => {
  expect(plan(allObjects, allObjects.map(asDesired))).toEqual([]);
});

test('an empty account needs every object, in the order of the baseline', () => {
  const absent = allObjects.map((object) => ({ ...asDesired(object), members: null }));
  const created = plan(allObjects, absent).map(({ action, object }) => `${action} ${object.name} ${object.place}`);
  expect(created).toEqual(allObjects.map(({ name, place }) => `create ${name} ${place}`));
});

about('every member of every object is held', () => {
  const held = allObjects.filter(({ contents }) => contents === 'ours');
  const cases = held.flatMap((object) => Object.keys(object.members).map((member) => ({ object, member })));
  test.each(cases.map(({ object, member }) => [titleOf(object), member, object] as const))(
    '%s: %s',
    (_title, member, object) => {
      const changes = plan([object], [withMember(object, member, 'something else')]);
      expect(changes).toMatchObject([{ action: 'update', member, from: 'something else' }]);
      expect(describe(changes[0] as (typeof changes)[0])).toContain(object.name);
    },
  );
});

test('a member that AWS does not show counts as different', () => {
  const group = objectNamed('CTLAdministrators');
  expect(linesFor(group, { ...asDesired(group), members: { inlinePolicies: [] } })).toHaveLength(1);
});

test('an override policy is made once and then left to its owner', () => {
  const policy = objectNamed('CAMOverridePolicy');
  expect(linesFor(policy, { ...asDesired(policy), members: null })).toEqual([
    'create managed policy CAMOverridePolicy',
  ]);
  expect(plan([policy], [withMember(policy, 'document', { Statement: [] })])).toEqual([]);
});

test('a recorder under another name is changed under that name', () => {
  const recorder = allObjects.find(({ kind }) => kind === 'config-recorder') as DesiredObject;
  const observed = { ...withMember(recorder, 'allSupported', false), name: 'theirs' };
  expect(linesFor(recorder, observed)).toEqual([
    'config recorder theirs in us-east-1: all supported from false to true',
  ]);
});

test('attachments are a set, and the line says which are missing and which are too many', () => {
  const role = objectNamed('CTLIntegrationReadOnlyRole');
  const policies = role.kind === 'role' ? role.members.policies : [];
  expect(plan([role], [withMember(role, 'policies', [...policies].reverse())])).toEqual([]);
  const drifted = [...policies.slice(1), 'arn:aws:iam::aws:policy/AdministratorAccess'];
  expect(linesFor(role, withMember(role, 'policies', drifted))).toEqual([
    `role CTLIntegrationReadOnlyRole: policies +${policies[0]} -arn:aws:iam::aws:policy/AdministratorAccess`,
  ]);
});

test('a policy has no short form, so the line only says what was done to it', () => {
  const bucket = allObjects.find(({ kind }) => kind === 'bucket') as DesiredObject;
  expect(linesFor(bucket, withMember(bucket, 'policy', null))).toEqual([
    `bucket ${bucket.name} in us-east-1: policy set`,
  ]);
  expect(linesFor(bucket, withMember(bucket, 'policy', { Version: '2012-10-17', Statement: [] }))).toEqual([
    `bucket ${bucket.name} in us-east-1: policy rewritten`,
  ]);
});
