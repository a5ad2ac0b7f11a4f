/** The baseline itself: complete, in an order AWS accepts, within its limits, and no trap for the first sign-in. */
import { expect, test } from '@jest/globals';
import { desiredState, stepsAfterCredentials } from '../../../src/domain/baseline/desired-state.js';
import { administratorUserName } from '../../../src/domain/baseline/names.js';
import type { Desired, ObjectKind } from '../../../src/domain/baseline/objects.js';
import type { Statement } from '../../../src/domain/baseline/policy-document.js';
import { baselineVersion } from '../../../src/domain/baseline/settings.js';
import { canonicalText } from '../../../src/domain/canonical-json.js';
import { afterCredentials, baselineSteps, beforeCredentials } from '../../../src/domain/provider/steps.js';
import { baselineDigest, digestOf } from '../../../src/infrastructure/aws/baseline/digests.js';
import { allObjects, settings } from './account.js';

const roles = allObjects.filter((object): object is Desired<'role'> => object.kind === 'role');
const policies = allObjects.filter((object): object is Desired<'managed-policy'> => object.kind === 'managed-policy');
const roleNamed = (name: string) => roles.find((role) => role.name === name)?.members;
const kindsOf = (step: (typeof baselineSteps)[number]) => desiredState(step, settings).map(({ kind }) => kind);
const list = (values: string | readonly string[]): readonly string[] => [values].flat();

test('a changed baseline has a new version: when this fails, raise baselineVersion and take the new digests over', () => {
  const digests = baselineSteps.map((step) => [step, digestOf(desiredState(step, settings)).slice(0, 16)]);
  expect({ baselineVersion, whole: baselineDigest(settings), ...Object.fromEntries(digests) }).toEqual({
    baselineVersion: '2026-11-7',
    whole: '81fcf085025d7a17c9e9af0e08c6905459a4060d11559022271f1f3ad2bac9b8',
    AutomationAccess: '3f6567c01b439cf5',
    PasswordPolicy: '4c65df695432de54',
    AccessModel: '095d720aa9414df3',
    AuditTrail: 'c212465ed74eaa8f',
    ConfigRecorder: '98a3acca43cb27b0',
    PublicAccessBlock: '8790eee7bdb51893',
    RegionDefaults: '8aeaefd71ba7677e',
    RegionRecorders: '77c8011123daa898',
    OptInRegions: 'b3cf9b446ab30fcc',
    AccountContacts: '7f68c3aca4805b90',
    DefaultRole: 'd2a4335a2ac71673',
  });
});

test('the digests depend on the settings and on nothing else', () => {
  expect(baselineDigest({ ...settings })).toBe(baselineDigest(settings));
  expect(baselineDigest({ ...settings, accountId: '999999999999' })).not.toBe(baselineDigest(settings));
});

test('each object comes after those it needs', () => {
  expect(kindsOf('AuditTrail')).toEqual(['bucket', 'trail']);
  const order = ['service-linked-role', 'bucket', 'config-recorder', 'delivery-channel', 'recording'];
  expect([...new Set(kindsOf('ConfigRecorder'))]).toEqual(order);
  expect([...new Set(kindsOf('AccessModel'))]).toEqual([
    ...['managed-policy', 'role', 'group'],
    ...['handed-over-user', 'group-membership'],
  ]);
});

test('every policy a role or a group carries is made by the baseline or kept by AWS', () => {
  const made = policies.map(({ name }) => `arn:aws:iam::${settings.accountId}:policy/${name}`);
  const carried = allObjects.flatMap((object) => ('policies' in object.members ? object.members.policies : []));
  const known = (arn: string): boolean => made.includes(arn) || arn.startsWith('arn:aws:iam::aws:policy/');
  expect(carried.filter((arn) => !known(arn))).toEqual([]);
});

test('the reseller`s roles trust one named role and let it say who acts; the one not in use trusts nobody', () => {
  const trust = canonicalText(roleNamed('CTLDeveloperRole')?.trust ?? null);
  expect(trust).toContain(`"Condition":{"ArnEquals":{"aws:PrincipalArn":"${settings.automationRoleArn}"}}`);
  expect(trust).toContain('"Principal":{"AWS":"arn:aws:iam::210987654321:root"}');
  for (const action of ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession']) expect(trust).toContain(action);
  const others = roles.filter(({ name }) => name !== 'CTLServiceManagmentRole');
  expect(new Set(others.map(({ members }) => canonicalText(members.trust)))).toEqual(new Set([trust]));
  expect(roleNamed('CTLServiceManagmentRole')?.trust.Statement[0]?.Effect).toBe('Deny');
});

test('the second factor is demanded by a policy of its own that the administrators` group alone carries', () => {
  const carriers = allObjects.filter(
    ({ members }) => 'policies' in members && members.policies.some((arn) => arn.endsWith('/CTLForceMFAPolicy')),
  );
  expect(carriers.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['group CTLAdministrators']);
  const customer = policies.find(({ name }) => name === 'CTLCustomerPolicy');
  expect(JSON.stringify(customer)).not.toContain('MultiFactorAuth');
});

test('`aws login` works for administrators at the console', () => {
  const signIn = 'arn:aws:iam::aws:policy/SignInLocalDevelopmentAccess';
  expect(roles.filter(({ members }) => members.policies.includes(signIn)).map(({ name }) => name)).toEqual([
    'CTLIntegrationAdminRole',
  ]);
});

test('all is within IAM`s limits', () => {
  for (const { members } of policies) expect(canonicalText(members.document).length).toBeLessThanOrEqual(6_144);
  for (const { name, members } of roles) {
    expect(name.length).toBeLessThanOrEqual(64);
    expect(members.policies.length).toBeLessThanOrEqual(10);
    expect(canonicalText(members.trust).length).toBeLessThanOrEqual(2_048);
  }
});

test('the user that is handed over has no permissions but those of the group that binds administrators', () => {
  const user = allObjects.find((object): object is Desired<'handed-over-user'> => object.kind === 'handed-over-user');
  expect(user).toMatchObject({
    name: administratorUserName,
    members: { path: '/', policies: [], inlinePolicies: [], permissionsBoundary: null },
  });
  const membership = allObjects.find(({ kind }) => kind === 'group-membership');
  expect(membership).toMatchObject({ name: 'CTLAdministrators', members: { user: administratorUserName } });
  expect(beforeCredentials).toContain('AccessModel');
});

test('every name is one that its service takes', () => {
  const allowed: Readonly<Partial<Record<ObjectKind, RegExp>>> = {
    'managed-policy': /^[\w+=,.@-]{1,128}$/,
    role: /^[\w+=,.@-]{1,64}$/,
    group: /^[\w+=,.@-]{1,128}$/,
    'handed-over-user': /^[\w+=,.@-]{1,64}$/,
    trail: /^(?=.{3,128}$)[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/,
    'access-analyzer': /^[A-Za-z][A-Za-z0-9_.-]{0,254}$/,
    'alternate-contact': /^(SECURITY|OPERATIONS)$/,
  };
  for (const { kind, name } of allObjects) expect(name).toMatch(allowed[kind] ?? /./);
  const groups = allObjects.filter((object): object is Desired<'group'> => object.kind === 'group');
  for (const { members } of groups) expect(members.policies.length).toBeLessThanOrEqual(10);
});

test('bucket names cannot be taken by somebody else, and are valid in every region', () => {
  for (const { name } of allObjects.filter(({ kind }) => kind === 'bucket')) {
    expect(name).toMatch(/^[a-z0-9-]{3,63}$/);
    expect(name).toMatch(/-123456789012-us-east-1-an$/);
  }
});

test('every object says in one sentence why it is there, and no digest depends on the words', () => {
  for (const { why } of allObjects) expect(why).toMatch(/^[A-Z][^.]+\.$/);
  expect(digestOf(allObjects.map((object) => ({ ...object, why: 'Other words.' })))).toBe(digestOf(allObjects));
});

test('both buckets refuse clear text', () => {
  for (const bucket of allObjects.filter((object): object is Desired<'bucket'> => object.kind === 'bucket')) {
    const arn = `arn:aws:s3:::${bucket.name}`;
    expect(bucket.members.policy.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  }
});

test('global resources are recorded in the home region alone, also when the settings do not list it', () => {
  const elsewhere = { ...settings, regions: ['eu-west-1', 'eu-south-1'] };
  const objects = baselineSteps.flatMap((step) => desiredState(step, elsewhere));
  const recorders = objects.filter((object): object is Desired<'config-recorder'> => object.kind === 'config-recorder');
  expect(recorders.map(({ place, members }) => [place, members.globalResourceTypes])).toEqual([
    ['us-east-1', true],
    ['eu-west-1', false],
    ['eu-south-1', false],
  ]);
});

test('every region that AWS enables by default gets its defaults, and a region that it does not is enabled first', () => {
  const kinds = ['volume-encryption', 'instance-metadata', 'snapshot-sharing', 'access-analyzer'];
  const defaults = desiredState('RegionDefaults', settings);
  expect(new Set(defaults.map(({ place }) => place)).size).toBe(17);
  expect(defaults).toHaveLength(17 * kinds.length);
  expect(new Set(defaults.map(({ kind }) => kind))).toEqual(new Set(kinds));
  const [first, ...others] = desiredState('OptInRegions', settings).map(({ kind }) => kind);
  expect([first, others]).toEqual(['opt-in-region', [...kinds, 'config-recorder', 'delivery-channel', 'recording']]);
});

test('what the settings do not ask for is owed by nobody', () => {
  const { contacts, ...none } = settings;
  expect(stepsAfterCredentials({ ...none, regions: ['us-east-1'] })).toEqual(['RegionDefaults', 'DefaultRole']);
  expect(stepsAfterCredentials(settings)).toEqual(afterCredentials);
});

test('nobody waits for another region than home, nor for a contact', () => {
  const objects = beforeCredentials.flatMap((step) => desiredState(step, settings));
  expect(new Set(objects.map(({ place }) => place))).toEqual(new Set(['global', settings.homeRegion]));
  expect(objects.map(({ kind }) => kind)).not.toContain('alternate-contact');
});

test('no denial stands between a new user and the first sign-in', () => {
  const own = `arn:aws:iam::${settings.accountId}:user/${administratorUserName}`;
  const mfa = `arn:aws:iam::${settings.accountId}:mfa/phone`;
  const needed = [
    ['iam:ChangePassword', own],
    ['iam:GetAccountPasswordPolicy', '*'],
    ['iam:GetUser', own],
    ['iam:ListMFADevices', own],
    ['iam:CreateVirtualMFADevice', mfa],
    ['iam:EnableMFADevice', own],
    ['iam:ResyncMFADevice', own],
  ] as const;
  const document = policies.find(({ name }) => name === 'CTLCustomerPolicy')?.members.document;
  const denials = document?.Statement.filter(({ Effect }) => Effect === 'Deny') ?? [];
  expect(denials.length).toBeGreaterThan(0);
  expect(needed.filter(([action, resource]) => denials.some((each) => covers(each, action, resource)))).toEqual([]);
  expect(denials.some((each) => covers(each, 'iam:DeactivateMFADevice', own))).toBe(true);
});

const covers = (statement: Statement, action: string, resource: string): boolean =>
  list(statement.Action ?? []).some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
  list(statement.Resource ?? '*').some((pattern) => matches(pattern, resource));

const escaped = (text: string): string => text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');

const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`).test(text);

test('the reseller`s objects may be read but not changed, and colleagues may join the administrators', () => {
  const document = policies.find(({ name }) => name === 'CTLCustomerPolicy')?.members.document;
  const denied = (action: string, resource: string): boolean =>
    (document?.Statement ?? []).some((each) => each.Effect === 'Deny' && covers(each, action, resource));
  const role = `arn:aws:iam::${settings.accountId}:role/CTLOperationsRole`;
  const group = `arn:aws:iam::${settings.accountId}:group/CTLAdministrators`;
  for (const verb of ['DeleteRole', 'UpdateAssumeRolePolicy', 'PutRolePolicy', 'DetachRolePolicy', 'PassRole'])
    expect([verb, denied(`iam:${verb}`, role)]).toEqual([verb, true]);
  expect(denied('iam:DetachGroupPolicy', group)).toBe(true);
  expect(denied('iam:GetRole', role)).toBe(false);
  expect(denied('iam:AddUserToGroup', group)).toBe(false);
});
