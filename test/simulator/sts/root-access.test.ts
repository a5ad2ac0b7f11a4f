/** Centralized root access of the simulated AWS, switched on in order and used for the sessions of one task. */
import {
  DisableOrganizationsRootSessionsCommand,
  EnableOrganizationsRootCredentialsManagementCommand,
  EnableOrganizationsRootSessionsCommand,
  IAMClient,
  ListOrganizationsFeaturesCommand,
} from '@aws-sdk/client-iam';
import { EnableAWSServiceAccessCommand } from '@aws-sdk/client-organizations';
import { AssumeRootCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, expect, test } from '@jest/globals';
import { created, firstPayer, SimulatedAws, vendingRole } from '../../support/simulated-payer.js';

const open: SimulatedAws[] = [];
const audit = { arn: 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials' };

async function payer() {
  const aws = new SimulatedAws();
  open.push(aws);
  const keys = await aws.assume({ RoleArn: vendingRole(firstPayer.account) });
  const organizations = await aws.payer();
  return { aws, keys, organizations, iam: new IAMClient(aws.as(keys)), sts: new STSClient(aws.as(keys, 'eu-west-1')) };
}

afterEach(() => {
  for (const aws of open.splice(0)) aws.close();
});

test('root access is switched on after trusted access, by the management account', async () => {
  const { aws, keys, organizations, iam } = await payer();
  const enable = new EnableOrganizationsRootCredentialsManagementCommand({});
  for (const command of [enable, new ListOrganizationsFeaturesCommand({})]) {
    await expect(iam.send(command)).rejects.toMatchObject({ name: 'ServiceAccessNotEnabledException' });
  }
  await organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: 'iam.amazonaws.com' }));
  expect(await iam.send(enable)).toMatchObject({
    OrganizationId: firstPayer.organizationId,
    EnabledFeatures: ['RootCredentialsManagement'],
  });
  await iam.send(enable);
  await iam.send(new EnableOrganizationsRootSessionsCommand({}));
  expect((await iam.send(new ListOrganizationsFeaturesCommand({}))).EnabledFeatures).toEqual([
    'RootCredentialsManagement',
    'RootSessions',
  ]);
  const account = await created(aws, organizations);
  const member = await aws.assume({ RoleArn: `arn:aws:iam::${account}:role/OrganizationAccountAccessRole` }, keys);
  await expect(new IAMClient(aws.as(member)).send(enable)).rejects.toMatchObject({
    name: 'CallerIsNotManagementAccountException',
  });
  await expect(new IAMClient(aws.as()).send(enable)).rejects.toMatchObject({ name: 'OrganizationNotFoundException' });
  const off = await iam.send(new DisableOrganizationsRootSessionsCommand({}));
  expect(off.EnabledFeatures).toEqual(['RootCredentialsManagement']);
});

test('a session as root of a member account is for one task and 15 minutes', async () => {
  const { aws, organizations, iam, sts } = await payer();
  const account = await created(aws, organizations);
  const assume = (target: string) => new AssumeRootCommand({ TargetPrincipal: target, TaskPolicyArn: audit });
  await expect(sts.send(assume(account))).rejects.toMatchObject({ name: 'AccessDenied' });
  await organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: 'iam.amazonaws.com' }));
  await iam.send(new EnableOrganizationsRootSessionsCommand({}));
  const { Credentials } = await sts.send(assume(account));
  expect(Credentials?.Expiration).toEqual(new Date(aws.now + 900_000));
  const root = new STSClient(
    aws.as({
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    }),
  );
  expect(await root.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: account,
    Arn: `arn:aws:iam::${account}:root`,
    UserId: account,
  });
  for (const foreign of [firstPayer.account, '444455556666', '999999999999']) {
    await expect(sts.send(assume(foreign))).rejects.toMatchObject({ name: 'AccessDenied' });
  }
  const other = { arn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
  await expect(
    sts.send(new AssumeRootCommand({ TargetPrincipal: account, TaskPolicyArn: other })),
  ).rejects.toMatchObject({ name: 'ValidationError' });
});
