/** Calls are held to the policies that the simulated AWS keeps: identity, boundary, session, resource and organization. */
import { CloudTrailClient, StopLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { EC2Client, EnableEbsEncryptionByDefaultCommand } from '@aws-sdk/client-ec2';
import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand as CreateManagedPolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  EnableMFADeviceCommand,
  EnableOrganizationsRootSessionsCommand,
  GetAccountSummaryCommand,
  GetRoleCommand,
  IAMClient,
  ListUsersCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
  TagUserCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DetachPolicyCommand,
  EnableAWSServiceAccessCommand,
  MoveAccountCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { CreateBucketCommand, GetBucketLocationCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRootCommand, GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { inProcess } from '../../../src/simulator/engine/request-handler.js';
import { codeAt } from '../../../src/simulator/iam/totp.js';
import { openSimulator } from '../../../src/simulator/simulator.js';
import { world } from '../../../src/simulator/world/world.js';
import { created, firstPayer, type Keys, SimulatedAws, vendingRole } from '../../support/simulated-payer.js';

const { rootId, customersUnit, account: payerAccount } = firstPayer;
let aws: SimulatedAws;
let payer: OrganizationsClient;
let vending: Keys;
let account: string;
let owner: Keys;
let iam: IAMClient;

beforeEach(async () => {
  aws = new SimulatedAws();
  payer = await aws.payer();
  vending = await aws.assume({ RoleArn: vendingRole(payerAccount) });
  account = await created(aws, payer);
  owner = await aws.assume({ RoleArn: `arn:aws:iam::${account}:role/OrganizationAccountAccessRole` }, vending);
  iam = new IAMClient(aws.as(owner));
});

afterEach(() => aws.close());

const document = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource: string | string[] = '*', Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});
const deny = (Action: string | string[], Resource: string | string[] = '*', Condition?: object) => ({
  ...allow(Action, Resource, Condition),
  Effect: 'Deny',
});

/** A role of the account that everybody in it may assume, with these inline statements. */
async function role(RoleName: string, ...statements: readonly object[]) {
  const Principal = { AWS: `arn:aws:iam::${account}:root` };
  const trust = document({ Effect: 'Allow', Principal, Action: ['sts:AssumeRole', 'sts:TagSession'] });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  if (statements.length > 0) {
    const PolicyDocument = document(...statements);
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'inline', PolicyDocument }));
  }
  return `arn:aws:iam::${account}:role/${RoleName}`;
}

/** A user of the account with a key of its own. */
async function user(UserName: string, ...statements: readonly object[]): Promise<Keys> {
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument: document(...statements) }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
}

async function guardrail(Name: string, TargetId: string, ...statements: readonly object[]) {
  const made = new CreatePolicyCommand({
    Name,
    Description: '',
    Type: 'SERVICE_CONTROL_POLICY',
    Content: document(...statements),
  });
  const PolicyId = (await payer.send(made)).Policy?.PolicySummary?.Id;
  await payer.send(new AttachPolicyCommand({ PolicyId, TargetId }));
  return PolicyId;
}

const listUsers = (keys: Keys) => new IAMClient(aws.as(keys)).send(new ListUsersCommand({}));
const refused = (arn: string, action: string, resource: string, why: string) => ({
  message: `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
});

describe('policies of identities', () => {
  test('are all that a user may do, in every dialect', async () => {
    const arn = `arn:aws:iam::${account}:user/eve`;
    const keys = await user('eve', allow('cloudtrail:*'), deny('cloudtrail:StopLogging'));
    expect(await new STSClient(aws.as(keys)).send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: arn });
    await expect(listUsers(keys)).rejects.toMatchObject({
      name: 'AccessDenied',
      ...refused(arn, 'iam:ListUsers', '*', 'because no identity-based policy allows the iam:ListUsers action'),
    });
    const trail = `arn:aws:cloudtrail:us-east-1:${account}:trail/audit`;
    await expect(
      new CloudTrailClient(aws.as(keys)).send(new StopLoggingCommand({ Name: 'audit' })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
      ...refused(arn, 'cloudtrail:StopLogging', trail, 'with an explicit deny in an identity-based policy'),
    });
    await expect(new EC2Client(aws.as(keys)).send(new EnableEbsEncryptionByDefaultCommand({}))).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(
      new S3Client({ ...aws.as(keys), forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'eve-1' })),
    ).rejects.toMatchObject({ name: 'AccessDenied', message: expect.stringContaining('s3:CreateBucket') });
  });

  test('hold for a key while it is active, and never for one that is unknown', async () => {
    const keys = await user('eve', allow('iam:ListUsers'));
    await listUsers(keys);
    const change = { UserName: 'eve', AccessKeyId: keys.accessKeyId, Status: 'Inactive' } as const;
    await iam.send(new UpdateAccessKeyCommand(change));
    await expect(listUsers(keys)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    const unknown = { ...keys, accessKeyId: 'AKIAUNKNOWN000000000' };
    await expect(listUsers(unknown)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });

  test('ask for a code of the device where they say so', async () => {
    const whenMfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    const keys = await user('eve', allow('iam:ListUsers', '*', whenMfa));
    const { VirtualMFADevice } = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' }));
    const seed = Buffer.from(VirtualMFADevice?.Base32StringSeed ?? '').toString();
    const SerialNumber = VirtualMFADevice?.SerialNumber;
    const code = (offset: number) => codeAt(seed, Math.floor(aws.now / 30_000) + offset);
    const codes = { AuthenticationCode1: code(-1), AuthenticationCode2: code(0) };
    await iam.send(new EnableMFADeviceCommand({ UserName: 'eve', SerialNumber, ...codes }));
    await expect(listUsers(keys)).rejects.toMatchObject({ name: 'AccessDenied' });
    const sts = new STSClient(aws.as(keys));
    await expect(sts.send(new GetSessionTokenCommand({ SerialNumber, TokenCode: '000000' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    const { Credentials } = await sts.send(new GetSessionTokenCommand({ SerialNumber, TokenCode: code(0) }));
    const session = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    await listUsers(session);
    await expect(new STSClient(aws.as(session)).send(new GetSessionTokenCommand({}))).rejects.toMatchObject({
      message: 'Cannot call GetSessionToken with session credentials',
    });
  });

  test('see the tags of a request and of the caller', async () => {
    const onOwnTeam = { StringEquals: { 'aws:RequestTag/team': `\${aws:PrincipalTag/team}` } };
    const RoleArn = await role('Tagger', allow('iam:TagUser', '*', onOwnTeam));
    await user('bob', allow('iam:Get*'));
    const keys = await aws.assume({ RoleArn, Tags: [{ Key: 'team', Value: 'red' }] }, owner);
    const tag = (Value: string) =>
      new IAMClient(aws.as(keys)).send(new TagUserCommand({ UserName: 'bob', Tags: [{ Key: 'team', Value }] }));
    await tag('red');
    await expect(tag('blue')).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

test('a permissions boundary limits whatever a role carries', async () => {
  const RoleArn = await role('Bound', allow('iam:*'));
  const PolicyDocument = document(allow('s3:*'));
  const { Policy } = await iam.send(new CreateManagedPolicyCommand({ PolicyName: 'Limit', PolicyDocument }));
  const keys = await aws.assume({ RoleArn }, owner);
  await listUsers(keys);
  await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'Bound', PermissionsBoundary: Policy?.Arn }));
  await expect(listUsers(keys)).rejects.toMatchObject({
    message: expect.stringContaining('because no permissions boundary allows the iam:ListUsers action'),
  });
});

test('a session policy narrows the session, inline or by ARN', async () => {
  const RoleArn = await role('Wide', allow('*'));
  await listUsers(await aws.assume({ RoleArn, Policy: document(allow('iam:List*')) }, owner));
  const narrow = await aws.assume({ RoleArn, Policy: document(allow('s3:*')) }, owner);
  await expect(listUsers(narrow)).rejects.toMatchObject({
    message: expect.stringContaining('because no session policy allows the iam:ListUsers action'),
  });
  const byArn = await aws.assume(
    { RoleArn, PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' }] },
    owner,
  );
  await expect(listUsers(byArn)).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(aws.assume({ RoleArn, Policy: '{' }, owner)).rejects.toMatchObject({
    name: 'MalformedPolicyDocumentException',
  });
});

test('a bucket’s policy grants to a role that its own policies grant nothing, and denies whatever they grant', async () => {
  const settings = { ...aws.as(owner), forcePathStyle: true };
  const Bucket = `own-${account}`;
  await new S3Client(settings).send(new CreateBucketCommand({ Bucket }));
  const RoleArn = await role('Reader');
  const statement = { Effect: 'Allow', Principal: { AWS: RoleArn }, Action: 's3:GetBucketLocation' };
  const Resource = `arn:aws:s3:::${Bucket}`;
  const reader = new S3Client({ ...aws.as(await aws.assume({ RoleArn }, owner)), forcePathStyle: true });
  const look = () => reader.send(new GetBucketLocationCommand({ Bucket }));
  await expect(look()).rejects.toMatchObject({ name: 'AccessDenied' });
  const put = (...statements: readonly object[]) =>
    new S3Client(settings).send(new PutBucketPolicyCommand({ Bucket, Policy: document(...statements) }));
  await put({ ...statement, Resource });
  await look();
  await put({ ...statement, Resource }, { ...statement, Effect: 'Deny', Principal: '*', Resource });
  await expect(look()).rejects.toMatchObject({
    message: expect.stringContaining('with an explicit deny in a resource-based policy'),
  });
});

describe('service control policies', () => {
  const withheld = deny('iam:ListUsers', '*', {
    ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/OrganizationAccountAccessRole' },
  });

  test('bind every role of the accounts below them but those they exempt, from where the account was moved on', async () => {
    const RoleArn = await role('Admin', allow('*'));
    const keys = await aws.assume({ RoleArn }, owner);
    await guardrail('Withheld', customersUnit, withheld);
    await listUsers(keys);
    const move = { AccountId: account, SourceParentId: rootId, DestinationParentId: customersUnit };
    await payer.send(new MoveAccountCommand(move));
    const arn = `arn:aws:sts::${account}:assumed-role/Admin/partner-cloud`;
    await expect(listUsers(keys)).rejects.toMatchObject(
      refused(arn, 'iam:ListUsers', '*', 'with an explicit deny in a service control policy'),
    );
    await listUsers(owner);
  });

  test('must allow at every level', async () => {
    const narrow = await guardrail('Narrow', account, allow(['s3:*', 'sts:*']));
    await payer.send(new DetachPolicyCommand({ PolicyId: 'p-FullAWSAccess', TargetId: account }));
    await expect(listUsers(owner)).rejects.toMatchObject({
      message: expect.stringContaining('because no service control policy allows the iam:ListUsers action'),
    });
    await payer.send(new AttachPolicyCommand({ PolicyId: 'p-FullAWSAccess', TargetId: account }));
    await payer.send(new DetachPolicyCommand({ PolicyId: narrow, TargetId: account }));
    await listUsers(owner);
  });

  test('never bind the management account', async () => {
    await guardrail('Everything', rootId, deny('*'));
    await expect(listUsers(owner)).rejects.toMatchObject({ name: 'AccessDenied' });
    await listUsers(vending);
  });

  test('deny root but for the sessions of AssumeRoot, which are narrowed to their task', async () => {
    await payer.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: 'iam.amazonaws.com' }));
    await new IAMClient(aws.as(vending)).send(new EnableOrganizationsRootSessionsCommand({}));
    const rootOnly = { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } };
    const noRoot = deny('*', '*', { ...rootOnly, Null: { 'aws:AssumedRoot': 'true' } });
    await guardrail('NobodyIsRoot', account, noRoot);
    const { Credentials } = await new STSClient(aws.as(vending, 'eu-west-1')).send(
      new AssumeRootCommand({
        TargetPrincipal: account,
        TaskPolicyArn: { arn: 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials' },
      }),
    );
    const root = new IAMClient(
      aws.as({
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      }),
    );
    await root.send(new GetAccountSummaryCommand({}));
    await expect(root.send(new ListUsersCommand({}))).rejects.toMatchObject({
      message: expect.stringContaining('because no session policy allows the iam:ListUsers action'),
    });
  });
});

describe('principals that are made again', () => {
  async function remade(RoleName: string) {
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }));
    await iam.send(new DeleteRoleCommand({ RoleName }));
    return await administrator(RoleName);
  }

  async function administrator(RoleName: string) {
    const RoleArn = await role(RoleName);
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }));
    return RoleArn;
  }

  test('are locked out by a trust that named the role itself, which shows the id of the one that is gone', async () => {
    const first = await administrator('Automation');
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'Automation' }));
    const named = document({ Effect: 'Allow', Principal: { AWS: first }, Action: 'sts:AssumeRole' });
    await iam.send(new CreateRoleCommand({ RoleName: 'ByRole', AssumeRolePolicyDocument: named }));
    const trustOf = async () =>
      JSON.parse(
        decodeURIComponent(
          (await iam.send(new GetRoleCommand({ RoleName: 'ByRole' }))).Role?.AssumeRolePolicyDocument ?? '',
        ),
      ).Statement[0].Principal;
    const RoleArn = `arn:aws:iam::${account}:role/ByRole`;
    await aws.assume({ RoleArn }, await aws.assume({ RoleArn: first }, owner));
    expect(await trustOf()).toEqual({ AWS: first });
    const again = await aws.assume({ RoleArn: await remade('Automation') }, owner);
    expect(await trustOf()).toEqual({ AWS: Role?.RoleId });
    await expect(aws.assume({ RoleArn }, again)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('still get in by a trust that names the account and, in a condition, the role', async () => {
    const first = await administrator('Automation');
    const byCondition = document({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'sts:AssumeRole',
      Condition: { ArnEquals: { 'aws:PrincipalArn': first } },
    });
    await iam.send(new CreateRoleCommand({ RoleName: 'ByAccount', AssumeRolePolicyDocument: byCondition }));
    const RoleArn = `arn:aws:iam::${account}:role/ByAccount`;
    const again = await aws.assume({ RoleArn: await remade('Automation') }, owner);
    await aws.assume({ RoleArn }, again);
    await expect(aws.assume({ RoleArn }, owner)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('have no permissions under a session of the one that is gone', async () => {
    const keys = await aws.assume({ RoleArn: await administrator('Automation') }, owner);
    await listUsers(keys);
    await remade('Automation');
    await expect(listUsers(keys)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

test('SimulatePrincipalPolicy is answered by what decides about calls', async () => {
  const PolicySourceArn = await role(
    'Asked',
    allow('iam:*'),
    deny('iam:DeleteUser', '*', { Bool: { 'aws:ViaAWSService': 'false' } }),
  );
  await guardrail('Withheld', account, deny('iam:ListUsers'));
  const ask = async (ActionNames: string[], more: Partial<SimulatePrincipalPolicyCommandInput> = {}) =>
    (await iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames, ...more }))).EvaluationResults;
  expect(await ask(['iam:GetUser', 'iam:ListUsers', 's3:ListBucket'])).toMatchObject([
    {
      EvalActionName: 'iam:GetUser',
      EvalDecision: 'allowed',
      MatchedStatements: [{ SourcePolicyId: 'inline' }],
      MissingContextValues: ['aws:ViaAWSService'],
      OrganizationsDecisionDetail: { AllowedByOrganizations: true },
    },
    { EvalDecision: 'explicitDeny', OrganizationsDecisionDetail: { AllowedByOrganizations: false } },
    { EvalDecision: 'implicitDeny', OrganizationsDecisionDetail: { AllowedByOrganizations: true } },
  ]);
  const ContextEntries = [
    { ContextKeyName: 'aws:ViaAWSService', ContextKeyType: 'boolean', ContextKeyValues: ['false'] } as const,
  ].map((entry) => ({ ...entry, ContextKeyValues: [...entry.ContextKeyValues] }));
  const ResourceArns = [`arn:aws:iam::${account}:user/bob`];
  expect(await ask(['iam:DeleteUser'], { ContextEntries, ResourceArns })).toMatchObject([
    {
      EvalDecision: 'explicitDeny',
      MissingContextValues: [],
      ResourceSpecificResults: [{ EvalResourceName: ResourceArns[0], EvalResourceDecision: 'explicitDeny' }],
    },
  ]);
  const boundary = { PermissionsBoundaryPolicyInputList: [document(allow('s3:*'))] };
  expect(await ask(['iam:GetUser'], boundary)).toMatchObject([
    { EvalDecision: 'implicitDeny', PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } },
  ]);
  const first = await iam.send(
    new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: ['iam:GetUser', 'iam:GetRole'], MaxItems: 1 }),
  );
  expect(first).toMatchObject({ IsTruncated: true, EvaluationResults: [{ EvalActionName: 'iam:GetUser' }] });
  const absent = new SimulatePrincipalPolicyCommand({
    PolicySourceArn: `${PolicySourceArn}2`,
    ActionNames: ['iam:GetUser'],
  });
  await expect(iam.send(absent)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});

test('policies are not looked at where enforcement is off', async () => {
  const free = openSimulator({ file: ':memory:', enforcePolicies: false, latencies: { callMs: 0 } });
  const now = Date.UTC(2026, 5, 1);
  const settings = { region: 'us-east-1', maxAttempts: 1, requestHandler: inProcess(free, () => now) };
  const first = new IAMClient({ ...settings, credentials: world.key });
  await first.send(new CreateUserCommand({ UserName: 'eve' }));
  const { AccessKey } = await first.send(new CreateAccessKeyCommand({ UserName: 'eve' }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: '-' };
  await new IAMClient({ ...settings, credentials }).send(new ListUsersCommand({}));
  free.close();
});
