/** The simulator's evaluator against iam-simulate, over thousands of generated policies and requests. */
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RequestFacts } from '../../../src/simulator/policies/conditions.js';
import { decide, type NamedPolicy } from '../../../src/simulator/policies/decision.js';
import type { PolicyUse } from '../../../src/simulator/policies/elements.js';
import { parsePolicy } from '../../../src/simulator/policies/grammar.js';
import type { RequestPrincipal } from '../../../src/simulator/policies/principals.js';

const account = '111122223333';
const foreign = '444455556666';
const roleArn = `arn:aws:iam::${account}:role/Role`;
const principals = {
  user: { type: 'user', account, arn: `arn:aws:iam::${account}:user/bob`, roleArn: `arn:aws:iam::${account}:user/bob` },
  session: { type: 'role-session', account, arn: `arn:aws:sts::${account}:assumed-role/Role/me`, roleArn },
} as const;

const object = 'arn:aws:s3:::shop/orders/1';
const actions = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
const actionPatterns = [...actions, '*', 's3:*', 'S3:get*', 's3:?utObject', 'sqs:*', 's3:Delete*'];
/** A variable that begins a part of an ARN is left out: iam-simulate does not fill it, as AWS does. */
const resourcePatterns = [
  '*',
  object,
  'arn:aws:s3:::*',
  'arn:aws:s3:::shop/*',
  'arn:aws:s3:::sh?p/orders/?',
  `arn:aws:s3:::shop/\${aws:PrincipalTag/team}/*`,
  `arn:aws:s3:::shop/\${aws:username}/1`,
  `arn:aws:s3:::shop/\${aws:PrincipalTag/none, 'orders'}/1`,
  'arn:aws:s3:::other/*',
];

/** Conditions by operator, with the key they are asked of and values that may or may not agree. */
const conditions: readonly (readonly [operator: string, key: string, values: readonly string[]])[] = [
  ['StringEquals', 'aws:PrincipalTag/team', ['orders', 'Orders', `\${aws:username}`]],
  ['StringNotEquals', 'aws:PrincipalTag/team', ['orders', 'x']],
  ['StringEqualsIgnoreCase', 'aws:PrincipalTag/team', ['ORDERS', 'x']],
  ['StringNotEqualsIgnoreCase', 'aws:PrincipalTag/team', ['ORDERS', 'x']],
  ['StringLike', 'AWS:principaltag/team', ['ord*', 'o?ders', 'x*']],
  ['StringNotLike', 'aws:PrincipalTag/team', ['ord*', 'x*']],
  ['StringLikeIfExists', 'aws:username', ['b*', 'x*']],
  ['ArnLike', 'aws:PrincipalArn', ['arn:aws:iam::*:role/*', 'arn:aws:iam::*:user/bob', 'arn:aws:iam::*:root']],
  ['ArnEquals', 'aws:PrincipalArn', [roleArn, 'arn:aws:iam::444455556666:role/Role']],
  ['ArnNotLike', 'aws:PrincipalArn', ['arn:aws:iam::*:role/*', 'arn:aws:iam::*:role/Other']],
  ['ArnNotEquals', 'aws:SourceArn', ['arn:aws:sns:us-east-1:111122223333:topic']],
  ['NumericLessThan', 'aws:MultiFactorAuthAge', ['60', '3600']],
  ['NumericGreaterThanEquals', 'aws:MultiFactorAuthAge', ['600', '601']],
  ['NumericNotEquals', 'aws:MultiFactorAuthAge', ['600', '601']],
  ['DateGreaterThan', 'aws:CurrentTime', ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z']],
  ['DateLessThanEquals', 'aws:CurrentTime', ['2026-06-01T00:00:00Z', '2025-01-01T00:00:00Z']],
  ['Bool', 'aws:MultiFactorAuthPresent', ['true', 'false']],
  ['BoolIfExists', 'aws:MultiFactorAuthPresent', ['true', 'false']],
  ['Null', 'aws:AssumedRoot', ['true', 'false']],
  ['Null', 'aws:MultiFactorAuthAge', ['true', 'false']],
  ['IpAddress', 'aws:SourceIp', ['10.0.0.0/8', '127.0.0.1', '2001:db8::/32']],
  ['NotIpAddress', 'aws:SourceIp', ['10.0.0.0/8', '127.0.0.1']],
  ['ForAllValues:StringEquals', 'aws:CalledVia', ['a', 'b', 'c']],
  ['ForAnyValue:StringEquals', 'aws:CalledVia', ['a', 'c']],
  ['ForAllValues:StringNotEquals', 'aws:CalledVia', ['a', 'c']],
  ['ForAnyValue:StringNotEquals', 'aws:CalledVia', ['a', 'b']],
  ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', ['o-1/*', 'o-2/*']],
];

const condition = fc
  .constantFrom(...conditions)
  .chain(([operator, key, values]) =>
    fc.subarray([...values], { minLength: 1 }).map((some) => ({ [operator]: { [key]: some } })),
  );

/** Several conditions of a statement must all hold; of two with one operator the latter is taken. */
const someConditions = fc.array(condition, { maxLength: 2 }).map((all) => Object.assign({}, ...all));

const some = (values: readonly string[]) => fc.subarray([...values], { minLength: 1, maxLength: 3 });
const oneOfTwo = (name: string, values: readonly string[]) =>
  fc
    .oneof({ weight: 4, arbitrary: fc.constant(name) }, { weight: 1, arbitrary: fc.constant(`Not${name}`) })
    .chain((element) => some(values).map((chosen) => ({ [element]: chosen })));

const statement = fc
  .record({
    effect: fc.oneof({ weight: 3, arbitrary: fc.constant('Allow') }, { weight: 1, arbitrary: fc.constant('Deny') }),
    action: oneOfTwo('Action', actionPatterns),
    resource: oneOfTwo('Resource', resourcePatterns),
    Condition: someConditions,
  })
  .map(({ effect, action, resource, Condition }) => ({
    Effect: effect,
    ...action,
    ...resource,
    ...(Object.keys(Condition).length > 0 && { Condition }),
  }));

const named = [
  '*',
  account,
  `arn:aws:iam::${account}:root`,
  foreign,
  roleArn,
  principals.user.arn,
  principals.session.arn,
];
const resourceStatement = fc.tuple(statement, some(named)).map(([each, AWS]) => ({ ...each, Principal: { AWS } }));

const document = (statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements });
const policy = fc.array(statement, { minLength: 1, maxLength: 3 }).map(document);
const fullAccess = document([{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }]);
const level = fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(fullAccess) }, { weight: 1, arbitrary: policy }), {
  minLength: 1,
  maxLength: 2,
});
const levels = fc.array(level, { maxLength: 3 });

/** A resource control policy of a customer can only deny, to everybody, and names its services. */
const resourceControl = fc
  .tuple(some(['s3:*', 's3:PutObject', 's3:Get*']), some(resourcePatterns), someConditions)
  .map(([Action, Resource, Condition]) =>
    document([
      { Effect: 'Deny', Principal: '*', Action, Resource, ...(Object.keys(Condition).length > 0 && { Condition }) },
    ]),
  );
const resourceLevels = fc.array(fc.array(resourceControl, { maxLength: 1 }), { maxLength: 2 });

const optional = (key: string, ...values: readonly (string | readonly string[])[]) =>
  fc
    .option(fc.constantFrom(...values), { nil: undefined })
    .map((value) => (value === undefined ? {} : { [key]: value }));

const context = fc
  .tuple(
    optional('aws:PrincipalTag/team', 'orders', 'x'),
    optional('aws:MultiFactorAuthAge', '600'),
    optional('aws:MultiFactorAuthPresent', 'true', 'false'),
    optional('aws:AssumedRoot', 'true'),
    optional('aws:SourceIp', '127.0.0.1', '10.1.2.3'),
    optional('aws:SourceArn', 'arn:aws:sns:us-east-1:111122223333:topic'),
    optional('aws:CalledVia', ['a'], ['a', 'b'], ['c', 'd']),
    optional('aws:PrincipalOrgPaths', ['o-1/r-1/ou-1/']),
  )
  .map((all): RequestFacts => Object.assign({}, ...all));

const cases = fc.record({
  who: fc.constantFrom('user', 'session'),
  resourceAccount: fc.oneof(
    { weight: 3, arbitrary: fc.constant(account) },
    { weight: 1, arbitrary: fc.constant(foreign) },
  ),
  action: fc.constantFrom(...actions),
  identity: fc.array(policy, { maxLength: 3 }),
  boundary: fc.option(policy, { nil: undefined, freq: 3 }),
  session: fc.option(policy, { nil: undefined, freq: 3 }),
  resource: fc.option(fc.array(resourceStatement, { minLength: 1, maxLength: 3 }).map(document), { nil: undefined }),
  serviceControl: levels,
  resourceControl: resourceLevels,
  context,
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

const factsOf = ({ who, context: facts }: Case): RequestFacts => ({
  ...facts,
  'aws:PrincipalArn': principals[who].roleArn,
  'aws:PrincipalAccount': account,
  'aws:CurrentTime': '2026-06-01T00:00:00Z',
  ...(who === 'user' && { 'aws:username': 'bob' }),
});

function ours(each: Case): string {
  const read =
    (use: PolicyUse) =>
    (policies: object, index: number): NamedPolicy => ({
      id: String(index),
      statements: parsePolicy(JSON.stringify(policies), use),
    });
  const principal: RequestPrincipal = { ...principals[each.who], uniqueId: 'AROA' };
  const { action, resourceAccount, resource, boundary, who } = each;
  const session = who === 'session' ? each.session : undefined;
  const question = { principal, action, resource: object, resourceAccount, context: factsOf(each) };
  return decide(question, {
    identity: each.identity.map(read('identity')),
    boundary: boundary && [read('identity')(boundary, 0)],
    session: session && [read('identity')(session, 0)],
    resource: resource && { ...read('bucket')(resource, 0), kind: 'bucket' },
    serviceControl: each.serviceControl.map((one) => one.map(read('service-control'))),
    // iam-simulate adds the policy of full access to each level itself.
    resourceControl: each.resourceControl.map((one) => [
      read('identity')(fullAccess, 0),
      ...one.map(read('resource-control')),
    ]),
  }).decision;
}

async function theirs(each: Case): Promise<string> {
  const naming = (policies: readonly object[]) => policies.map((one, index) => ({ name: String(index), policy: one }));
  const organization = (all: readonly (readonly object[])[]) =>
    all.map((one, index) => ({ orgIdentifier: String(index), policies: naming(one) }));
  const contextVariables = Object.fromEntries(
    Object.entries(factsOf(each)).map(([key, value]) => [key, typeof value === 'string' ? value : [...value]]),
  );
  const request = {
    principal: principals[each.who].arn,
    action: each.action,
    resource: { resource: object, accountId: each.resourceAccount },
    contextVariables,
  };
  const simulated = await runSimulation(
    {
      request,
      identityPolicies: naming(each.identity),
      serviceControlPolicies: organization(each.serviceControl),
      resourceControlPolicies: organization(each.resourceControl),
      ...(each.session && each.who === 'session' && { sessionPolicy: each.session }),
      ...(each.resource && { resourcePolicy: each.resource }),
      ...(each.boundary && { permissionBoundaryPolicies: naming([each.boundary]) }),
    },
    { simulationMode: 'Strict' },
  );
  if (simulated.resultType === 'error') throw new Error(JSON.stringify(simulated.errors));
  const { overallResult } = simulated;
  return { Allowed: 'allowed', ExplicitlyDenied: 'explicitDeny', ImplicitlyDenied: 'implicitDeny' }[overallResult];
}

/**
 * Two grants of a resource's policy to a role's session are left out, because the two differ by intent. AWS says that one
 * to the ARN of the session is not limited by its session policy, and iam-simulate limits it. Of one to everybody (`*`)
 * AWS does not say whether the role's boundary limits it; the simulator takes the strict way, iam-simulate the other.
 * Source: IAM User Guide, Session policies; Permissions boundaries for IAM entities.
 */
function differsByIntent({ who, session, boundary, resource }: Case): boolean {
  const names = JSON.stringify(resource?.Statement.map((each) => Object(each).Principal) ?? []);
  const byArn = session !== undefined && names.includes(principals.session.arn);
  return who === 'session' && (byArn || (boundary !== undefined && names.includes('"*"')));
}

test('both decide the same of 2,000 generated requests', async () => {
  const outcomes = new Map<string, number>();
  const agreement = fc.asyncProperty(cases, async (each) => {
    fc.pre(!differsByIntent(each));
    const decision = ours(each);
    outcomes.set(decision, (outcomes.get(decision) ?? 0) + 1);
    expect(decision).toBe(await theirs(each));
  });
  await fc.assert(agreement, { numRuns: 2000, seed: 20_261_128 });
  // Each outcome must come often, or the agreement would say little.
  for (const decision of ['allowed', 'explicitDeny', 'implicitDeny'])
    expect(outcomes.get(decision)).toBeGreaterThan(100);
}, 120_000);
