/** The ways in: each session is assumed once, shared, and named for nobody; limits hold for every client. */
import { AttachRolePolicyCommand, CreateRoleCommand, GetAccountSummaryCommand } from '@aws-sdk/client-iam';
import { ListRootsCommand } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { wayInOf } from '../../../../src/domain/provider/way-in.js';
import { openAwsAccess } from '../../../../src/infrastructure/aws/calls/clients.js';
import { type Aws, makeAccount, makeHardenedAccount, settingsFor, startAws } from '../../../support/aws.js';

let aws: Aws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());

const assumptions = async (role: string) =>
  (await aws.control.calls({ operation: 'AssumeRole' })).filter(({ input }) => String(input.RoleArn).endsWith(role));

test("a payer's session is assumed once for all who ask at the same time, without a source identity", async () => {
  const { organizations, creations } = aws.access.payer('payer-1');
  await Promise.all([organizations, creations, organizations].map((client) => client.send(new ListRootsCommand({}))));
  const assumed = await assumptions('/PartnerCloudVending');
  expect(assumed).toHaveLength(1);
  expect(assumed[0]?.input).toMatchObject({ RoleSessionName: 'partner-cloud', DurationSeconds: '3600' });
  expect(assumed[0]?.input).not.toHaveProperty('SourceIdentity');
});

test('a session is renewed before its hour is over, by its age and not by what AWS says of its end', async () => {
  let now = Date.now() - 48 * 3_600_000;
  const { organizations } = aws.restarted({ now: () => now }).access.payer('payer-1');
  for (const minutes of [0, 54, 2, 1]) {
    now += minutes * 60_000;
    await organizations.send(new ListRootsCommand({}));
  }
  expect(await assumptions('/PartnerCloudVending')).toHaveLength(2);
});

test('the way in leads through the payer, our own role directly from us and with a source identity', async () => {
  const work = await makeHardenedAccount(aws);
  const { access } = aws.restarted();
  for (const [via, role] of [
    ['way-in', 'OrganizationAccountAccessRole'],
    ['automation', 'CTLDeveloperRole'],
  ] as const) {
    const { Arn } = await access.account(work, via).sts.send(new GetCallerIdentityCommand({}));
    expect(Arn).toBe(`arn:aws:sts::${work.accountId}:assumed-role/${role}/partner-cloud`);
  }
  expect((await assumptions('/CTLDeveloperRole')).at(-1)?.input).toMatchObject({ SourceIdentity: 'partner-cloud' });
});

test("a role that the account's owner made for us is entered directly by us, with the owner's external id", async () => {
  const work = await makeAccount(aws);
  const { iam } = aws.access.account(work, 'way-in');
  const trust = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::210987654321:root' },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': 'customer-7' } },
  };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'ForTheReseller', AssumeRolePolicyDocument }));
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'ForTheReseller', PolicyArn }));
  const entered = (externalId: string) => {
    const wayIn = wayInOf({ roleArn: Role?.Arn ?? '', externalId }, 'of-no-meaning');
    return aws.access.account({ ...work, wayIn }, 'way-in').sts.send(new GetCallerIdentityCommand({}));
  };
  expect((await entered('customer-7')).Arn).toBe(
    `arn:aws:sts::${work.accountId}:assumed-role/ForTheReseller/partner-cloud`,
  );
  expect((await assumptions('/ForTheReseller'))[0]?.input).not.toHaveProperty('SourceIdentity');
  await expect(entered("another customer's")).rejects.toThrow();
});

test('the clients of an account are kept, and forgotten when asked', async () => {
  const work = await makeAccount(aws);
  const first = aws.access.account(work, 'way-in');
  expect(aws.access.account({ ...work }, 'way-in')).toBe(first);
  expect(first.config('eu-west-1')).toBe(first.config('eu-west-1'));
  aws.access.forget(work, 'way-in');
  expect(aws.access.account(work, 'way-in')).not.toBe(first);
});

test('a session that could not be assumed is tried anew', async () => {
  const work = await makeAccount(aws);
  const { iam } = aws.access.account(work, 'way-in');
  const AccessDenied = { kind: 'error', code: 'AccessDenied', status: 403 } as const;
  await aws.control.inject({ ...AccessDenied, service: 'sts', operation: 'AssumeRole' });
  await expect(iam.send(new GetAccountSummaryCommand({}))).rejects.toThrow();
  expect((await iam.send(new GetAccountSummaryCommand({}))).SummaryMap).toBeDefined();
});

test('real AWS is reached at its own endpoints with time limits', async () => {
  const access = openAwsAccess(settingsFor(''));
  const { organizations, creations } = access.payer('payer-1');
  const { s3, iam } = access.account(
    {
      accountId: '123456789012',
      payerId: 'payer-1',
      wayIn: { roleArn: 'arn:aws:iam::123456789012:role/x', throughPayer: 'payer-1' },
    },
    'automation',
  );
  expect(await organizations.config.region()).toBe('us-east-1');
  expect(await creations.config.maxAttempts()).toBe(1);
  expect(await organizations.config.maxAttempts()).toBe(3);
  expect(s3.config.forcePathStyle).toBe(false);
  expect(iam.config.requestHandler).toBe(organizations.config.requestHandler);
  access.close();
});
