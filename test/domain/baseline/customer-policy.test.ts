/** What the customer's people may and may not do, by evaluating every policy that they carry. */
import { describe, expect, test } from '@jest/globals';
import type { Desired } from '../../../src/domain/baseline/objects.js';
import { type AccessRequest, type Verdict, verdictOf } from '../../../src/simulator/policies/evaluation.js';
import { parsePolicy } from '../../../src/simulator/policies/grammar.js';
import { allObjects, settings } from './account.js';
import { audit, refused } from './refused.js';

const { accountId } = settings;
const iam = (resource: string): string => `arn:aws:iam::${accountId}:${resource}`;
const documents = new Map(
  allObjects
    .filter((object): object is Desired<'managed-policy'> => object.kind === 'managed-policy')
    .map(({ name, members }) => [iam(`policy/${name}`), JSON.stringify(members.document)] as const),
);
const carriedBy = (name: string): readonly string[] =>
  allObjects.flatMap((object) => ('policies' in object.members && object.name === name ? object.members.policies : []));
/** What AWS keeps only allows, so any text of that kind stands for it here: the denials are ours. */
const readIam = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: ['iam:Get*', 'iam:List*'], Resource: '*' },
});
const statementsOf = (name: string) =>
  carriedBy(name).flatMap((arn) => parsePolicy(documents.get(arn) ?? readIam, 'identity'));

interface Person {
  readonly carries: string;
  readonly context: AccessRequest['context'];
}
/** Signed in with a device; what holds without one is told in force-mfa-policy.test.ts. */
const user = (name: string): Person => ({
  carries: 'CTLAdministrators',
  context: {
    'aws:PrincipalArn': iam(`user/${name}`),
    'aws:username': name,
    'aws:MultiFactorAuthPresent': 'true',
  },
});
const people = {
  administrator: user('administrator'),
  bob: user('bob'),
  console: { carries: 'CTLIntegrationAdminRole', context: { 'aws:PrincipalArn': iam('role/CTLIntegrationAdminRole') } },
  reader: {
    carries: 'CTLIntegrationReadOnlyRole',
    context: { 'aws:PrincipalArn': iam('role/CTLIntegrationReadOnlyRole') },
  },
} satisfies Record<string, Person>;
type Who = keyof typeof people;

const verdict = (who: Who, action: string, resource: string, without?: string): Verdict => {
  const statements = statementsOf(people[who].carries).filter(({ Sid }) => without === undefined || Sid !== without);
  return verdictOf(statements, { action, resource, context: people[who].context });
};
const may = (who: Who, action: string, resource: string): boolean => verdict(who, action, resource) === 'allowed';

describe.each(Object.keys(people) as Who[])('%s', (who) => {
  test.each(refused)('may not %s on %s', (action, resource = '') => {
    expect(verdict(who, action, resource)).toBe('denied');
  });
});

test.each(
  [...new Set(statementsOf('CTLAdministrators').map(({ Sid }) => Sid))].filter((sid) =>
    /^Deny(?!.*MFA$)/.test(sid ?? ''),
  ),
)('without the statement %s something would be allowed that must not be', (sid) => {
  const freed = refused.filter(
    ([action, resource = '']) => verdict('administrator', action, resource, sid) === 'allowed',
  );
  expect(freed).not.toEqual([]);
});

test.each([
  ['administrator', 'iam:ChangePassword', 'user/administrator'],
  ['administrator', 'iam:CreateVirtualMFADevice', 'mfa/phone'],
  ['administrator', 'iam:EnableMFADevice', 'user/administrator'],
  ['administrator', 'iam:CreateUser', 'user/bob'],
  ['administrator', 'iam:AddUserToGroup', 'group/CTLAdministrators'],
  ['administrator', 'iam:AttachGroupPolicy', 'group/machines'],
  ['administrator', 'iam:DeactivateMFADevice', 'user/bob'],
  ['administrator', 'iam:DeleteVirtualMFADevice', 'mfa/phone-of-bob'],
  ['administrator', 'iam:DeleteLoginProfile', 'user/bob'],
  ['administrator', 'iam:RemoveUserFromGroup', 'group/machines'],
  ['administrator', 'iam:DeleteUser', 'user/bob'],
  ['bob', 'iam:ChangePassword', 'user/bob'],
  ['bob', 'iam:CreatePolicyVersion', 'policy/CAMOverridePolicy'],
  ['console', 'iam:CreateRole', 'role/application'],
] as const)('%s may %s on %s', (who, action, resource) => {
  expect(may(who, action, iam(resource))).toBe(true);
});

test.each([
  ['s3:PutBucketPolicy', 'arn:aws:s3:::a-bucket-of-their-own'],
  ['s3:GetObject', `${audit}/AWSLogs/a.json.gz`],
  ['cloudtrail:CreateTrail', `arn:aws:cloudtrail:us-east-1:${accountId}:trail/theirs`],
  ['config:PutConfigRule', '*'],
  ['ec2:RunInstances', '*'],
  ['account:EnableRegion', '*'],
] as const)("the customer's own remains theirs: %s on %s", (action, resource) => {
  for (const who of ['administrator', 'bob', 'console'] as const)
    expect([who, may(who, action, resource)]).toEqual([who, true]);
});

test.each(['iam:AttachUserPolicy', 'iam:PutUserPolicy', 'iam:DeactivateMFADevice', 'iam:UpdateUser'])(
  'nobody frees themselves by %s, and an administrator may do so for a colleague',
  (action) => {
    for (const own of ['user/bob', 'user/division/bob']) expect(may('bob', action, iam(own))).toBe(false);
    expect(may('bob', action, iam('user/alice'))).toBe(true);
    expect(may('bob', action, iam('user/administrator'))).toBe(false);
  },
);
