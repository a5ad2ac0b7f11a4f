/** The plan holds every difference between what should be and what is, and nothing else. */
import { describe as about, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DesiredObject, Observed } from '../../../src/domain/baseline/objects.js';
import { describe, objectKey, plan } from '../../../src/domain/baseline/plan.js';
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

/** An object as somebody left it: as it should be, gone, or with one member changed. */
const drifted = (object: DesiredObject): fc.Arbitrary<readonly [DesiredObject, Observed]> =>
  fc
    .oneof(
      fc.constant(asDesired(object)),
      fc.constant<Observed>({ ...asDesired(object), members: null }),
      fc.constantFrom(...Object.keys(object.members)).map((member) => withMember(object, member, 'something else')),
    )
    .map((observed) => [object, observed] as const);

const accounts = fc.tuple(...allObjects.map(drifted));
const planned = (pairs: readonly (readonly [DesiredObject, Observed])[], exceptions?: ReadonlySet<string>) =>
  plan(
    pairs.map(([object]) => object),
    pairs.map(([, observed]) => observed),
    exceptions,
  );

/** What is there once the changes are made. */
const after = (observed: Observed, object: DesiredObject, lines: ReadonlySet<string>): Observed => {
  const changes = plan([object], [observed]).filter((change) => lines.has(describe(change)));
  if (changes.some(({ action }) => action === 'create')) return asDesired(object);
  const made = changes.flatMap((change) => (change.action === 'update' ? [[change.member, change.to] as const] : []));
  return { ...observed, members: observed.members && { ...observed.members, ...Object.fromEntries(made) } };
};

test('whatever was done to an account, the plan once carried out leaves nothing to plan', () => {
  fc.assert(
    fc.property(accounts, (pairs) => {
      const lines = new Set(planned(pairs).map(describe));
      const mended = pairs.map(([object, observed]) => [object, after(observed, object, lines)] as const);
      expect(planned(mended)).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test('an object with an exception never changes, and no other object hears of it', () => {
  fc.assert(
    fc.property(accounts, fc.subarray([...allObjects]), (pairs, excepted) => {
      const exceptions = new Set(excepted.map(objectKey));
      const others = pairs.filter(([object]) => !excepted.includes(object));
      expect(planned(pairs, exceptions)).toEqual(planned(others));
    }),
    { numRuns: 20 },
  );
});

test('the order in which objects are looked at decides nothing but the order of the changes', () => {
  const shuffled = accounts.chain((pairs) =>
    fc.shuffledSubarray(pairs, { minLength: pairs.length }).map((other) => [pairs, other] as const),
  );
  fc.assert(
    fc.property(shuffled, ([pairs, other]) => {
      expect(planned(other).map(describe).sort()).toEqual(planned(pairs).map(describe).sort());
    }),
    { numRuns: 20 },
  );
});
