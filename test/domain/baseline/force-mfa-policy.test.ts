/** A password or a key alone opens nothing but the way to a second factor; with one, the policy says nothing at all. */
import { describe, expect, test } from '@jest/globals';
import { forceMfaPolicy } from '../../../src/domain/baseline/force-mfa-policy.js';
import { verdictOf } from '../../../src/simulator/policies/evaluation.js';
import { parsePolicy } from '../../../src/simulator/policies/grammar.js';
import { settings } from './account.js';

const iam = (resource: string): string => `arn:aws:iam::${settings.accountId}:${resource}`;
const statements = parsePolicy(JSON.stringify(forceMfaPolicy(settings)), 'identity');

/** A session after a password, keys of a user, and a session after a password and a device. */
const signedIn = {
  'a password alone': { 'aws:MultiFactorAuthPresent': 'false' },
  'a key alone': {},
  'a device': { 'aws:MultiFactorAuthPresent': 'true' },
} as const;
type By = keyof typeof signedIn;

const denies = (by: By, action: string, resource: string, user = 'administrator'): boolean => {
  const context = { 'aws:username': user, 'aws:PrincipalArn': iam(`user/${user}`), ...signedIn[by] };
  return verdictOf(statements, { action, resource, context }) === 'denied';
};

/** In the order in which a person takes them. */
const path = [
  ['iam:GetAccountPasswordPolicy', '*'],
  ['iam:ChangePassword', iam('user/administrator')],
  ['iam:GetUser', iam('user/administrator')],
  ['iam:ListVirtualMFADevices', '*'],
  ['iam:CreateVirtualMFADevice', iam('mfa/phone')],
  ['iam:EnableMFADevice', iam('user/administrator')],
  ['iam:ListMFADevices', iam('user/administrator')],
  ['iam:ResyncMFADevice', iam('user/administrator')],
  ['sts:GetSessionToken', '*'],
] as const;

describe.each(['a password alone', 'a key alone'] as const)('with %s', (by) => {
  test.each(path)('%s on %s is open', (action, resource) => expect(denies(by, action, resource)).toBe(false));

  test.each([
    ['ec2:RunInstances', '*'],
    ['iam:CreateAccessKey', iam('user/administrator')],
    ['iam:DeactivateMFADevice', iam('user/bob')],
    ['iam:DeleteVirtualMFADevice', iam('mfa/phone')],
    ['iam:AddUserToGroup', iam('group/CTLAdministrators')],
    ['sts:AssumeRole', iam('role/application')],
    ['iam:EnableMFADevice', iam('user/bob')],
    ['iam:ResyncMFADevice', iam('user/bob')],
    ['iam:GetUser', iam('user/bob')],
  ])('%s on %s is not', (action, resource) => expect(denies(by, action, resource)).toBe(true));

  test('a user on a path enrols a device as well', () => {
    expect(denies(by, 'iam:EnableMFADevice', iam('user/division/bob'), 'bob')).toBe(false);
    expect(denies(by, 'iam:EnableMFADevice', iam('user/division/alice'), 'bob')).toBe(true);
  });
});

test('with a device nothing is denied', () => {
  const asked = [...path, ['ec2:RunInstances', '*'], ['iam:EnableMFADevice', iam('user/bob')]] as const;
  expect(asked.filter(([action, resource]) => denies('a device', action, resource))).toEqual([]);
});
