/** The simulated STS, young accounts and trust policies, asked by the SDK's own clients under a clock of the test. */
import { CloudTrailClient, DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { ConfigServiceClient, DescribeConfigurationRecordersCommand } from '@aws-sdk/client-config-service';
import { CreateRoleCommand, GetAccountSummaryCommand, IAMClient } from '@aws-sdk/client-iam';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Principal } from '../../../src/simulator/engine/core.js';
import { PolicyFault } from '../../../src/simulator/policies/elements.js';
import { parsePolicy } from '../../../src/simulator/policies/grammar.js';
import type { RequestPrincipal } from '../../../src/simulator/policies/principals.js';
import { resourceAllows } from '../../../src/simulator/policies/resource-policy.js';
import {
  created,
  firstPayer,
  type Keys,
  SimulatedAws,
  secondPayer,
  vendingRole,
} from '../../support/simulated-payer.js';

const automation = 'arn:aws:iam::210987654321:role/PartnerCloudAutomation';
const wayIn = (account: string) => `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`;
let aws: SimulatedAws;

beforeEach(() => {
  aws = new SimulatedAws({ roleAssumableMs: 2000, servicesReadyMs: 5000 });
});
afterEach(() => aws.close());

/** A member account just made, and the keys of its payer's vending role. */
async function newAccount(): Promise<{ account: string; vending: Keys }> {
  const vending = await aws.assume({ RoleArn: vendingRole(firstPayer.account) });
  return { account: await created(aws, await aws.payer()), vending };
}

const identity = (keys?: Keys) => new STSClient(aws.as(keys)).send(new GetCallerIdentityCommand({}));

describe('assuming a role', () => {
  test('makes the caller a session of that role', async () => {
    expect(await identity()).toMatchObject({ Account: '210987654321', Arn: expect.stringContaining('assumed-role') });
    const keys = await aws.assume({ RoleArn: vendingRole(firstPayer.account), RoleSessionName: 'me' });
    const arn = `arn:aws:sts::${firstPayer.account}:assumed-role/PartnerCloudVending/me`;
    const who = await identity(keys);
    expect(who).toMatchObject({ Account: firstPayer.account, Arn: arn, UserId: expect.stringMatching(/^AROA\w+:me$/) });
  });

  test('answers credentials that end when they say, and only with their own token', async () => {
    const command = new AssumeRoleCommand({
      RoleArn: vendingRole(firstPayer.account),
      RoleSessionName: 'me',
      DurationSeconds: 900,
    });
    const { Credentials, AssumedRoleUser } = await new STSClient(aws.as()).send(command);
    expect(Credentials?.Expiration).toEqual(new Date(aws.now + 900_000));
    expect(AssumedRoleUser?.AssumedRoleId).toMatch(/^AROA\w+:me$/);
    const keys = await aws.assume({ RoleArn: vendingRole(firstPayer.account), DurationSeconds: 900 });
    aws.passes(899_999);
    await identity(keys);
    await expect(identity({ ...keys, sessionToken: 'another' })).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
    await expect(identity({ ...keys, accessKeyId: 'ASIAUNKNOWN000000000' })).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
      $metadata: { httpStatusCode: 403 },
    });
    aws.passes(1);
    await expect(identity(keys)).rejects.toMatchObject({ name: expect.stringMatching(/^ExpiredToken/) });
  });

  test.each([
    ['a missing role', `arn:aws:iam::${firstPayer.account}:role/Nobody`],
    ['a role of a missing account', wayIn('000000000000')],
    ['a role under another path', `arn:aws:iam::${firstPayer.account}:role/x/PartnerCloudVending`],
    ['a role that trusts another', automation],
  ])('is denied for %s in the same words', async (_, RoleArn) => {
    await expect(aws.assume({ RoleArn })).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:sts::210987654321:assumed-role/PartnerCloudAutomation/partner-cloud is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
      $metadata: { httpStatusCode: 403 },
    });
  });

  test.each([
    [{ DurationSeconds: 899 }, /at 'durationSeconds' failed .*greater than or equal to 900/],
    [{ DurationSeconds: 43_201 }, /at 'durationSeconds' failed .*less than or equal to 43200/],
    [{ DurationSeconds: 3601 }, /exceeds the 1 hour session limit for roles assumed by role chaining/],
    [{ RoleSessionName: 'a b' }, /at 'roleSessionName' failed to satisfy constraint: .*pattern/],
    [{ RoleSessionName: 'x' }, /at 'roleSessionName' failed .*greater than or equal to 2/],
    [{ RoleSessionName: 'x'.repeat(65) }, /at 'roleSessionName' failed .*less than or equal to 64/],
    [{ SourceIdentity: 'aws:me' }, /sourceIdentity/],
    [{ RoleArn: 'arn:aws:iam::1:role/abcdefgh' }, /is invalid/],
    [{ TransitiveTagKeys: ['a'] }, /transitive tag key a/],
  ])('refuses %j', async (wrong, message) => {
    const input = { RoleArn: vendingRole(firstPayer.account), ...wrong };
    await expect(aws.assume(input)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringMatching(message),
    });
  });

  test('carries a source identity through the chain, which every role must allow', async () => {
    const { account } = await newAccount();
    aws.passes(2000);
    const vending = await aws.assume({ RoleArn: vendingRole(firstPayer.account), SourceIdentity: 'p-1' });
    await expect(aws.assume({ RoleArn: wayIn(account) }, vending)).rejects.toMatchObject({
      message: expect.stringContaining('sts:SetSourceIdentity'),
    });
    const tagged = { RoleArn: vendingRole(firstPayer.account), Tags: [{ Key: 'a', Value: 'b' }] };
    const passing = await aws.assume({ ...tagged, TransitiveTagKeys: ['a'] });
    await expect(aws.assume({ RoleArn: wayIn(account) }, passing)).rejects.toMatchObject({
      message: expect.stringContaining('sts:TagSession'),
    });
    await aws.assume({ RoleArn: wayIn(account) }, await aws.assume(tagged));
  });

  test('has no further session tokens to give', async () => {
    await expect(new STSClient(aws.as()).send(new GetSessionTokenCommand({}))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });
});

describe('a young account', () => {
  test('lets its payer in after a while, and nobody else ever', async () => {
    const { account, vending } = await newAccount();
    const tried = (region: string, keys: Keys = vending) =>
      aws.assume({ RoleArn: wayIn(account) }, keys, region).then(
        () => 'assumed',
        ({ name }: Error) => name,
      );
    expect(await tried('eu-west-1')).toBe('AccessDenied');
    aws.passes(1999);
    expect(await tried('eu-west-1')).toBe('RegionDisabledException');
    expect(await tried('us-east-1')).toBe('AccessDenied');
    aws.passes(1);
    expect(await tried('eu-west-1')).toBe('assumed');
    const other = await aws.assume({ RoleArn: vendingRole(secondPayer.account) });
    expect(await tried('eu-west-1', other)).toBe('AccessDenied');
  });

  test('is refused by each service in its own words until they are ready', async () => {
    const { account, vending } = await newAccount();
    aws.passes(2000);
    const settings = aws.as(await aws.assume({ RoleArn: wayIn(account) }, vending));
    const calls = [
      () => new IAMClient(settings).send(new GetAccountSummaryCommand({})),
      () => new S3Client(settings).send(new ListBucketsCommand({})),
      () => new CloudTrailClient(settings).send(new DescribeTrailsCommand({})),
      () => new ConfigServiceClient(settings).send(new DescribeConfigurationRecordersCommand({})),
    ];
    const outcomes = () =>
      Promise.all(
        calls.map((call) =>
          call().then(
            () => 'ready',
            ({ name }: Error) => name,
          ),
        ),
      );
    const refused = ['OptInRequired', 'NotSignedUp', 'SubscriptionRequiredException', 'OptInRequired'];
    expect(await outcomes()).toEqual(refused);
    aws.passes(2999);
    expect(await outcomes()).toEqual(refused);
    aws.passes(1);
    expect(await outcomes()).toEqual(['ready', 'ready', 'ready', 'ready']);
  });

  test('goes by the trust policies of the roles made in it', async () => {
    const { account, vending } = await newAccount();
    aws.passes(5000);
    const iam = new IAMClient(aws.as(await aws.assume({ RoleArn: wayIn(account) }, vending)));
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: automation },
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
      Condition: { StringEquals: { 'sts:ExternalId': 'secret-of-two' } },
    };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await iam.send(new CreateRoleCommand({ RoleName: 'Own', AssumeRolePolicyDocument }));
    const RoleArn = `arn:aws:iam::${account}:role/Own`;
    await expect(aws.assume({ RoleArn })).rejects.toMatchObject({ name: 'AccessDenied' });
    const keys = await aws.assume({ RoleArn, ExternalId: 'secret-of-two', SourceIdentity: 'p-1' });
    expect(await identity(keys)).toMatchObject({ Account: account });
  });
});

describe('a trust policy', () => {
  const principal: Principal = {
    type: 'role-session',
    uniqueId: 'AROA',
    account: '111122223333',
    arn: 'arn:aws:sts::111122223333:assumed-role/Role/me',
    roleArn: 'arn:aws:iam::111122223333:role/Role',
    userId: 'AROA:me',
    chained: true,
  };
  const context = {
    'aws:PrincipalArn': [principal.roleArn],
    'sts:RoleSessionName': ['me'],
    'aws:TagKeys': ['a', 'b'],
    'aws:MultiFactorAuthAge': '600',
  };
  const decided = (statement: object, subject: RequestPrincipal = principal) => {
    const statements = [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' }, statement];
    const policy = JSON.stringify({
      Statement: 'Effect' in statement ? statements : { ...statements[0], ...statement },
    });
    return resourceAllows(parsePolicy(policy, 'trust'), subject, { action: 'sts:AssumeRole', resource: '*', context });
  };

  test.each([
    [{}, true],
    [{ Principal: { AWS: '*' } }, true],
    [{ Principal: { AWS: principal.roleArn } }, true],
    [{ Principal: { AWS: ['arn:aws:iam::1:root', principal.arn] } }, true],
    [{ Principal: { AWS: '111122223333' } }, true],
    [{ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, true],
    [{ Principal: { AWS: 'arn:aws:iam::444455556666:root' } }, false],
    [{ Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } }, false],
    [{ Principal: { Service: 'config.amazonaws.com' } }, false],
    [{ Principal: undefined, NotPrincipal: { AWS: 'arn:aws:iam::444455556666:root' } }, true],
    [{ Action: 'sts:*' }, true],
    [{ Action: ['STS:assumerole'] }, true],
    [{ Action: 'sts:TagSession' }, false],
    [{ Condition: { ArnLike: { 'aws:principalarn': 'arn:aws:iam::*:role/Ro*' } } }, true],
    [{ Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*/Role' } } }, false],
    [{ Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Role' } } }, false],
    [{ Condition: { StringLike: { 'sts:RoleSessionName': ['you', 'm?'] } } }, true],
    [{ Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }, false],
    [{ Condition: { StringEqualsIfExists: { 'sts:ExternalId': 'x' } } }, true],
    [{ Condition: { StringNotEquals: { 'sts:ExternalId': 'x' } } }, true],
    [{ Condition: { Null: { 'sts:ExternalId': true } } }, true],
    [{ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }, false],
    [{ Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b', 'c'] } } }, true],
    [{ Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } } }, false],
    [{ Condition: { NumericLessThan: { 'aws:x': '1' } } }, false],
    [{ Effect: 'Deny', Principal: '*', Action: '*' }, false],
    [
      { Effect: 'Deny', Principal: '*', Action: '*', Condition: { StringEquals: { 'sts:RoleSessionName': 'you' } } },
      true,
    ],
    [{ Condition: { 'ForAnyValue:StringNotEquals': { 'aws:RequestTag/owner': 'us' } } }, false],
    [{ Condition: { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': 'a' } } }, true],
    [{ Condition: { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['c'] } } }, true],
    [{ Condition: { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['b'] } } }, false],
    [{ Condition: { 'ForAnyValue:StringEqualsIfExists': { 'aws:RequestTag/owner': 'us' } } }, true],
    [{ Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } } }, true],
    [{ Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '60' } } }, false],
    // A condition on a key that the request lacks does not hold, so that the denial does not apply.
    [{ Effect: 'Deny', Principal: '*', Action: '*', Condition: { NumericLessThan: { 'aws:x': '1' } } }, true],
  ])('with %j decides %s', (statement, expected) => {
    expect(decided(statement)).toBe(expected);
  });

  test('lets a service in that it names, and is refused when IAM has no such operator', () => {
    const service = { type: 'service', service: 'config.amazonaws.com' } as const;
    expect(decided({ Principal: { Service: 'config.amazonaws.com' } }, service)).toBe(true);
    expect(decided({ Principal: { AWS: '111122223333' } }, service)).toBe(false);
    const strange = { Condition: { StringIsh: { 'sts:RoleSessionName': 'me' } } };
    expect(() => decided(strange)).toThrow(PolicyFault);
  });
});
