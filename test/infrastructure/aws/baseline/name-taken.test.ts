/** What bears the name of what we make, and is not what we make, stops its step at once and names itself. */
import {
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { AccountWork, CredentialsWork } from '../../../../src/application/ports/ensures.js';
import type { BaselineStep } from '../../../../src/domain/provider/steps.js';
import type { AccountClients } from '../../../../src/infrastructure/aws/calls/clients.js';
import { type Aws, attempt, eventually, makeAccount, makeHardenedAccount, startAws } from '../../../support/aws.js';

let aws: Aws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const anything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});
const Path = '/security/';

/** Another owner's thing of our name, made through the way in before the step. */
type Made = (clients: AccountClients, name: string) => Promise<unknown>;

const policy: Made = ({ iam }, PolicyName) =>
  iam.send(new CreatePolicyCommand({ PolicyName, Path, PolicyDocument: anything }));
const role: Made = ({ iam }, RoleName) =>
  iam.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument: trust }));
const group: Made = ({ iam }, GroupName) => iam.send(new CreateGroupCommand({ GroupName, Path }));

const user: Made = ({ iam }, UserName) => iam.send(new CreateUserCommand({ UserName, Path }));

async function haltOf(step: BaselineStep, work: AccountWork) {
  return eventually(aws.ensures[step], work);
}

test.each([
  ['a managed policy', policy, 'CTLCustomerPolicy', 'managed policy'],
  ['a role', role, 'CTLIntegrationAdminRole', 'role'],
  ['a group', group, 'CTLAdministrators', 'group'],
  ['a user', user, 'administrator', 'user'],
] as const)('%s of our name under another path halts the step that needs it', async (_, make, name, what) => {
  const work = await makeAccount(aws);
  await eventually(aws.ensures.AutomationAccess, work);
  await make(aws.access.account(work, 'way-in'), name);
  const halt = await haltOf('AccessModel', work);
  expect(halt).toMatchObject({ type: 'ProvisioningHalted', reason: 'name-taken', whoMustAct: 'operator' });
  expect(halt).toHaveProperty(
    'words',
    expect.stringContaining(`A ${what} with the name ${name} exists under the path`),
  );
});

test('a trail of our name that has its home elsewhere halts the audit trail', async () => {
  const work = await makeHardenedAccount(aws);
  await eventually(aws.ensures.AuditTrail, work);
  const other = await makeHardenedAccount(aws);
  const home = { ...aws.settings, baseline: { homeRegion: 'eu-west-1', regions: ['us-east-1', 'eu-west-1'] } };
  await eventually(aws.restarted(home).ensures.AuditTrail, other);
  expect(await haltOf('AuditTrail', other)).toMatchObject({
    reason: 'name-taken',
    words: expect.stringContaining('has its home in eu-west-1'),
    call: { operation: 'GetTrail' },
  });
});

const issue = (work: AccountWork): CredentialsWork => ({ ...work, generation: 1, resetMfa: false });

test('a user of our name under another path is given no password, also where the baseline made none', async () => {
  const work = await makeAccount(aws);
  await eventually(aws.ensures.AutomationAccess, work);
  await user(aws.access.account(work, 'automation'), 'administrator');
  expect(await aws.ensures.IssueCredentials(issue(work), attempt())).toMatchObject({
    event: {
      type: 'ProvisioningHalted',
      reason: 'name-taken',
      words: expect.stringContaining('under the path /security/'),
    },
  });
});

test('a password that need not be changed at the sign-in is not taken for one that we set', async () => {
  const work = await makeHardenedAccount(aws);
  const { iam } = aws.access.account(work, 'automation');
  const theirs = {
    UserName: 'administrator',
    Password: 'Correct-Horse-7-Battery-Staple',
    PasswordResetRequired: false,
  };
  await iam.send(new CreateLoginProfileCommand(theirs));
  expect(await aws.ensures.IssueCredentials(issue(work), attempt())).toMatchObject({
    event: { reason: 'name-taken', words: expect.stringContaining('need not be changed') },
  });
});
