/** AWS's own role in an account lets in two roles of the payer and nobody else, and never leaves the reseller outside. */
import { AttachRolePolicyCommand, CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { AccountWork } from '../../../../src/application/ports/ensures.js';
import { type Aws, attempt, eventually, firstPayer, makeHardenedAccount, startAws } from '../../../support/aws.js';

let aws: Aws;
let work: AccountWork;
beforeEach(async () => {
  aws = await startAws();
  work = await makeHardenedAccount(aws);
});
afterEach(() => aws.close());

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
const as = (credentials: Keys) => ({ endpoint: aws.url, region: 'us-east-1', credentials });
const ofPayer = (role: string): string => `arn:aws:iam::${firstPayer}:role/${role}`;

async function assumed(RoleArn: string, by: Keys): Promise<Keys> {
  const asked = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' });
  const { Credentials } = await new STSClient(as(by)).send(asked);
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

const wholePayer = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${firstPayer}:root` }, Action: 'sts:AssumeRole' }],
});

/** A session of another administrator of the payer, by a role of its own. */
async function anotherOfThePayer(RoleName: string): Promise<Keys> {
  const vending = await assumed(ofPayer('PartnerCloudVending'), aws.settings.credentials as Keys);
  const iam = new IAMClient(as(vending));
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: wholePayer }));
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  return assumed(ofPayer(RoleName), vending);
}

const ours = new GetRoleCommand({ RoleName: 'CTLDeveloperRole' });
const throughPayer = () => aws.restarted().access.account(work, 'way-in').iam.send(ours);
const throughOwn = () => aws.restarted().access.account(work, 'automation').iam.send(ours);

test('before it is narrowed everybody whom the payer lets gets in, and then those two roles alone', async () => {
  const person = await anotherOfThePayer('Person');
  const emergency = await anotherOfThePayer('BreakGlass');
  await assumed(work.wayIn.roleArn, person);
  const defaultRole = { trusts: 'named-roles', breakGlassRole: 'BreakGlass' } as const;
  const { ensures } = aws.restarted({ baseline: { ...aws.settings.baseline, defaultRole } });
  const fact = await eventually(ensures.DefaultRole, work);
  expect(fact).toMatchObject({ changes: ['role trust OrganizationAccountAccessRole: trust rewritten'] });
  await expect(assumed(work.wayIn.roleArn, person)).rejects.toThrow(/not authorized/);
  await assumed(work.wayIn.roleArn, emergency);
  await throughPayer();
  await throughOwn();
});

test('left to the payer it stays as AWS makes it, and one that was narrowed is opened again', async () => {
  const defaultRole = { trusts: 'payer', breakGlassRole: '' } as const;
  const { ensures } = aws.restarted({ baseline: { ...aws.settings.baseline, defaultRole } });
  expect(await eventually(ensures.DefaultRole, work)).toMatchObject({ changes: [] });
  await eventually(aws.ensures.DefaultRole, work);
  const person = await anotherOfThePayer('Person');
  await expect(assumed(work.wayIn.roleArn, person)).rejects.toThrow(/not authorized/);
  expect(await eventually(ensures.DefaultRole, work)).toMatchObject({ changes: [expect.stringMatching(/rewritten/)] });
  await assumed(work.wayIn.roleArn, person);
});

test('of an account that its owner let us into nothing is touched', async () => {
  const wayIn = { roleArn: work.wayIn.roleArn, externalId: 'theirs' };
  const fact = await eventually(aws.ensures.DefaultRole, { ...work, wayIn });
  expect(fact).toMatchObject({ changes: [], regions: [] });
});

test.each([
  ['GetRole', 'drop-before'],
  ['UpdateAssumeRolePolicy', 'drop-before'],
  ['UpdateAssumeRolePolicy', 'drop'],
] as const)(
  'whoever is killed while %s is under way (%s) finds both ways in open, and completes it',
  async (operation, kind) => {
    await aws.control.inject({ kind, service: 'iam', operation, times: 100 });
    const { ensures } = aws.restarted();
    await ensures.DefaultRole(work, attempt()).catch(() => undefined);
    await aws.control.withdrawFaults();
    await throughPayer();
    await throughOwn();
    await eventually(aws.restarted().ensures.DefaultRole, work);
    await throughPayer();
    await throughOwn();
  },
);
