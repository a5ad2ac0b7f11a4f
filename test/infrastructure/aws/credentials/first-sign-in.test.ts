/** From a temporary password to work: the password is changed, a device is enrolled, and before that nothing else can be done. */
import { EC2Client, EnableEbsEncryptionByDefaultCommand } from '@aws-sdk/client-ec2';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeactivateMFADeviceCommand,
  DeleteVirtualMFADeviceCommand,
  IAMClient,
  ListMFADevicesCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { CredentialsWork } from '../../../../src/application/ports/ensures.js';
import { type Aws, eventually, makeHardenedAccount, startAws } from '../../../support/aws.js';
import { enrolMfa } from '../../../support/mfa.js';

let aws: Aws;
let work: CredentialsWork;
beforeEach(async () => {
  aws = await startAws();
  work = { ...(await makeHardenedAccount(aws)), generation: 1, resetMfa: false };
  await eventually(aws.ensures.IssueCredentials, work);
});
afterEach(() => aws.close());

const UserName = 'administrator';
const chosen = 'My-own-Secret-of-2026!';
const denied = { name: 'AccessDenied' };

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
const as = (credentials: Keys) => ({ endpoint: aws.url, region: 'us-east-1', credentials });

async function signIn(newPassword?: string) {
  const secret = await aws.vault.get(`credentials/${work.providerId}`, 1);
  const password = secret.state === 'kept' ? secret.value : '';
  const asked = { account: work.accountId, userName: UserName, password };
  return aws.control.signIn(newPassword ? { ...asked, newPassword } : asked);
}

/** A long-term key of the administrator, which is as much as its password alone. */
async function keyOf(userName: string): Promise<Keys> {
  const { iam } = aws.access.account(work, 'automation');
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: userName }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
}

test('a user with a temporary password changes it, enrols a device, signs in again and works', async () => {
  expect(await signIn(chosen)).toEqual({ outcome: 'signed-in' });
  const key = await keyOf(UserName);
  const own = new IAMClient(as(key));
  await expect(own.send(new ListUsersCommand({}))).rejects.toMatchObject(denied);
  await expect(own.send(new CreateUserCommand({ UserName: 'bob' }))).rejects.toMatchObject(denied);
  const encrypted = new EnableEbsEncryptionByDefaultCommand({});
  await expect(new EC2Client(as(key)).send(encrypted)).rejects.toThrow(/not authorized|UnauthorizedOperation/);
  const { SerialNumber, code } = await enrolMfa(own);
  expect((await own.send(new ListMFADevicesCommand({}))).MFADevices).toMatchObject([{ UserName, SerialNumber }]);
  await expect(own.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }))).rejects.toMatchObject(denied);
  await expect(own.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }))).rejects.toMatchObject(denied);
  await expect(own.send(new ListUsersCommand({}))).rejects.toMatchObject(denied);
  const asked = new GetSessionTokenCommand({ SerialNumber, TokenCode: code() });
  const { Credentials } = await new STSClient(as(key)).send(asked);
  const session = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  const working = new IAMClient(as(session));
  await working.send(new CreateUserCommand({ UserName: 'bob' }));
  expect((await working.send(new ListUsersCommand({}))).Users).toHaveLength(2);
});

test('a key alone assumes no role', async () => {
  const sts = new STSClient(as(await keyOf(UserName)));
  const asked = { RoleArn: `arn:aws:iam::${work.accountId}:role/theirs`, RoleSessionName: 'bob' };
  await expect(sts.send(new AssumeRoleCommand(asked))).rejects.toMatchObject(denied);
});
