/** A new account under the real SDK clients and a clock of the test's own: from the request to services that serve it. */
import { ConfigServiceClient, DescribeConfigurationRecordersCommand } from '@aws-sdk/client-config-service';
import { IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import {
  CreateAccountCommand,
  DescribeCreateAccountStatusCommand,
  ListAccountsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Simulator } from '../../../src/simulator/engine/core.js';
import { inProcess } from '../../../src/simulator/engine/request-handler.js';
import { openSimulator } from '../../../src/simulator/simulator.js';

const latencies = {
  createAccountMs: 4000,
  roleAssumableMs: 2000,
  servicesReadyMs: 5000,
  propagationMs: 0,
  listLagMs: 0,
  enableRegionMs: 0,
};
const automation = { accessKeyId: 'ASIASIMULATOR00000001', secretAccessKey: 'simulator-secret' };
const payer = '111122223333';
let simulator: Simulator;
let now: number;

beforeEach(() => {
  simulator = openSimulator({ file: ':memory:', latencies });
  now = Date.parse('2026-11-24T00:00:00.000Z');
});

afterEach(() => simulator.close());

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const settings = (credentials: Keys) => ({
  region: 'us-east-1',
  credentials,
  maxAttempts: 1,
  requestHandler: inProcess(simulator, () => now),
});

async function assume(credentials: Keys, account: string, role: string): Promise<Keys> {
  const RoleArn = `arn:aws:iam::${account}:role/${role}`;
  const { Credentials } = await new STSClient(settings(credentials)).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

async function createAccount(credentials: Keys): Promise<string> {
  const organizations = new OrganizationsClient(settings(credentials));
  const { CreateAccountStatus: asked } = await organizations.send(
    new CreateAccountCommand({ Email: 'aws+one@reseller.example', AccountName: 'ctl-one' }),
  );
  expect(asked?.State).toBe('IN_PROGRESS');
  now += latencies.createAccountMs;
  const { CreateAccountStatus: made } = await organizations.send(
    new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: asked?.Id }),
  );
  expect(made).toMatchObject({ State: 'SUCCEEDED', AccountId: expect.stringMatching(/^\d{12}$/) });
  return made?.AccountId ?? '';
}

test('an account is made, then its role can be assumed, then its services serve it', async () => {
  const vending = await assume(automation, payer, 'PartnerCloudVending');
  const account = await createAccount(vending);
  const { Accounts = [] } = await new OrganizationsClient(settings(vending)).send(new ListAccountsCommand({}));
  expect(Accounts.map(({ Id }) => Id).sort()).toEqual([payer, account].sort());

  const enter = () => assume(vending, account, 'OrganizationAccountAccessRole');
  await expect(enter()).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
  now += latencies.roleAssumableMs;
  const inside = settings(await enter());
  expect(await new STSClient(inside).send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: account });

  const aliases = () => new IAMClient(inside).send(new ListAccountAliasesCommand({}));
  const buckets = () => new S3Client(inside).send(new ListBucketsCommand({}));
  const recorders = () => new ConfigServiceClient(inside).send(new DescribeConfigurationRecordersCommand({}));
  await expect(aliases()).rejects.toMatchObject({ name: 'OptInRequired' });
  await expect(buckets()).rejects.toMatchObject({ name: 'NotSignedUp' });
  await expect(recorders()).rejects.toMatchObject({ name: 'OptInRequired' });
  now += latencies.servicesReadyMs - latencies.roleAssumableMs;
  expect(await aliases()).toMatchObject({ AccountAliases: [] });
  expect((await buckets()).Buckets ?? []).toEqual([]);
  expect(await recorders()).toMatchObject({ ConfigurationRecorders: [] });
});

test('a session that has ended is refused in the words of each service', async () => {
  const settled = settings(await assume(automation, payer, 'PartnerCloudVending'));
  now += 3_600_001;
  await expect(new STSClient(settled).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'ExpiredToken',
    $metadata: { httpStatusCode: 403 },
  });
  await expect(new OrganizationsClient(settled).send(new ListAccountsCommand({}))).rejects.toMatchObject({
    name: 'ExpiredTokenException',
    $metadata: { httpStatusCode: 400 },
  });
});
