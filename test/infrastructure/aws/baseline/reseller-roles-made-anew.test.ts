/**
 * A reseller who deletes and makes its own roles again still gets into every account: trusts name accounts and, in a condition,
 * an ARN. IAM turns a role that is named as the principal into its unique id, which dies with it.
 */
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { AccountWork } from '../../../../src/application/ports/ensures.js';
import { type Aws, eventually, firstPayer, makeHardenedAccount, startAws } from '../../../support/aws.js';

let aws: Aws;
let work: AccountWork;
beforeEach(async () => {
  aws = await startAws();
  work = await makeHardenedAccount(aws);
});
afterEach(() => aws.close());

const AdministratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess';
const reseller = '210987654321';
const vendingRole = `arn:aws:iam::${firstPayer}:role/PartnerCloudVending`;

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
const as = (credentials: Keys) => ({ endpoint: aws.url, region: 'us-east-1', credentials });

async function assumed(RoleArn: string, by: Keys): Promise<Keys> {
  const asked = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' });
  const { Credentials } = await new STSClient(as(by)).send(asked);
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

/** Whoever the account lets assume roles; what the roles of a reseller trust is not what this is about. */
const trusting = (account: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' }],
  });

async function make(iam: IAMClient, RoleName: string, AssumeRolePolicyDocument: string): Promise<string> {
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: AdministratorAccess }));
  return Role?.RoleId ?? '';
}

/** Has another administrator of the account delete a role and make it again; answers with the keys of that administrator. */
async function makeAnew(account: string, RoleName: string, by: Keys, trust?: string): Promise<Keys> {
  await make(new IAMClient(as(by)), 'Helper', trusting(account));
  const helper = await assumed(`arn:aws:iam::${account}:role/Helper`, by);
  const iam = new IAMClient(as(helper));
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: AdministratorAccess }));
  await iam.send(new DeleteRoleCommand({ RoleName }));
  const id = await make(iam, RoleName, trust ?? decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''));
  expect(id).not.toBe(Role?.RoleId);
  return helper;
}

const key = (): Keys => aws.settings.credentials as Keys;
const ours = new GetRoleCommand({ RoleName: 'CTLDeveloperRole' });

test('the role that this service runs as: a session of the former one opens nothing, one of the new one all', async () => {
  const name = 'PartnerCloudAutomation';
  const helper = await makeAnew(reseller, name, key(), trusting(reseller));
  await expect(aws.restarted().access.account(work, 'automation').iam.send(ours)).rejects.toThrow();
  const credentials = await assumed(`arn:aws:iam::${reseller}:role/${name}`, helper);
  const { access, ensures } = aws.restarted({ credentials });
  await access.account(work, 'automation').iam.send(ours);
  await access.account(work, 'way-in').iam.send(ours);
  expect(await eventually(ensures.PasswordPolicy, work)).toMatchObject({ type: 'BaselineStepApplied', changes: [] });
});

test('the payer`s role, through which the default role of an account is assumed', async () => {
  await makeAnew(firstPayer, 'PartnerCloudVending', await assumed(vendingRole, key()));
  const { access, ensures } = aws.restarted();
  await access.account(work, 'way-in').iam.send(ours);
  expect(await eventually(ensures.AutomationAccess, work)).toMatchObject({ type: 'BaselineStepApplied', changes: [] });
});
