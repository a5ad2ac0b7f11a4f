/** What becomes of an account that AWS suspends, and of one that is closed: its state, its path, and who still gets in. */
import { CloudTrailClient, DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CloseAccountCommand,
  DescribeAccountCommand,
  DescribeOrganizationalUnitCommand,
  ListAccountsCommand,
  MoveAccountCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { created, firstPayer, type Keys, SimulatedAws, vendingRole } from '../../support/simulated-payer.js';

const dayMs = 86_400_000;
const roleName = 'OrganizationAccountAccessRole';
const { account: management, organizationId, rootId, customersUnit } = firstPayer;

let aws: SimulatedAws;
let payer: OrganizationsClient;
let account: string;

beforeEach(async () => {
  aws = new SimulatedAws();
  payer = await aws.payer();
  account = await created(aws, payer);
});

afterEach(() => aws.close());

async function member(): Promise<Keys> {
  const keys = await aws.assume({ RoleArn: vendingRole(management) });
  return aws.assume({ RoleArn: `arn:aws:iam::${account}:role/${roleName}` }, keys);
}

function putState(id: string, state: string) {
  const { status, body } = aws.ask('PUT', '/_simulator/account-states', {
    body: JSON.stringify({ account: id, state }),
  });
  return { status, answer: JSON.parse(body) };
}

async function described() {
  return (await payer.send(new DescribeAccountCommand({ AccountId: account }))).Account;
}

const calls: readonly (readonly [service: string, refused: object, call: (keys: Keys) => Promise<unknown>])[] = [
  [
    'IAM',
    { name: 'AccessDenied', $metadata: expect.objectContaining({ httpStatusCode: 403 }) },
    (keys) => new IAMClient(aws.as(keys)).send(new GetRoleCommand({ RoleName: roleName })),
  ],
  [
    'S3',
    { name: 'AccountProblem', $metadata: expect.objectContaining({ httpStatusCode: 403 }) },
    (keys) => new S3Client(aws.as(keys)).send(new ListBucketsCommand({})),
  ],
  [
    'CloudTrail',
    { name: 'AccessDeniedException', $metadata: expect.objectContaining({ httpStatusCode: 400 }) },
    (keys) => new CloudTrailClient(aws.as(keys)).send(new DescribeTrailsCommand({})),
  ],
  [
    'STS',
    { name: 'AccessDenied', $metadata: expect.objectContaining({ httpStatusCode: 403 }) },
    (keys) => new STSClient(aws.as(keys)).send(new GetCallerIdentityCommand({})),
  ],
];

describe('an account that AWS suspends', () => {
  test('says so, stays in its organization, and comes back', async () => {
    expect(putState(account, 'SUSPENDED')).toMatchObject({ status: 200, answer: { id: account, state: 'SUSPENDED' } });
    expect(await described()).toMatchObject({ State: 'SUSPENDED', Status: 'SUSPENDED' });
    const listed = await payer.send(new ListAccountsCommand({}));
    expect(listed.Accounts?.find(({ Id }) => Id === account)?.State).toBe('SUSPENDED');
    expect(putState(account, 'ACTIVE')).toMatchObject({ status: 200, answer: { state: 'ACTIVE' } });
    expect(await described()).toMatchObject({ State: 'ACTIVE' });
  });

  test.each(calls)(
    'refuses %s to a session that began before, until it is reinstated',
    async (_service, refused, call) => {
      const keys = await member();
      await call(keys);
      putState(account, 'SUSPENDED');
      await expect(call(keys)).rejects.toMatchObject(refused);
      putState(account, 'ACTIVE');
      await call(keys);
    },
  );

  test('lets nobody assume its roles', async () => {
    putState(account, 'SUSPENDED');
    await expect(member()).rejects.toMatchObject({ name: 'AccessDenied' });
    putState(account, 'ACTIVE');
    await expect(member()).resolves.toHaveProperty('accessKeyId');
  });

  test('can be closed, and is then closed and not suspended', async () => {
    putState(account, 'SUSPENDED');
    await payer.send(new CloseAccountCommand({ AccountId: account }));
    expect(await described()).toMatchObject({ State: 'CLOSED' });
    expect(putState(account, 'SUSPENDED')).toEqual({
      status: 400,
      answer: { error: `account: "${account}" is closed or closing, so that it cannot be suspended.` },
    });
  });
});

describe('an account that is closed', () => {
  const close = () => payer.send(new CloseAccountCommand({ AccountId: account }));

  test.each(calls)('refuses %s from the moment that closing was asked for', async (_service, refused, call) => {
    const keys = await member();
    aws.ask('PUT', '/_simulator/latencies', { body: JSON.stringify({ createAccountMs: 5000 }) });
    await close();
    expect(await described()).toMatchObject({ State: 'PENDING_CLOSURE', Status: 'PENDING_CLOSURE' });
    await expect(call(keys)).rejects.toMatchObject(refused);
    await expect(member()).rejects.toMatchObject({ name: 'AccessDenied' });
    aws.passes(5000);
    expect(await described()).toMatchObject({ State: 'CLOSED', Status: 'SUSPENDED' });
    await expect(call(keys)).rejects.toMatchObject(refused);
  });

  test('can be reopened for 90 days, and then is gone from the organization', async () => {
    await close();
    aws.passes(89 * dayMs);
    payer = await aws.payer();
    expect(putState(account, 'ACTIVE')).toMatchObject({ status: 200, answer: { state: 'ACTIVE' } });
    await expect(member()).resolves.toHaveProperty('accessKeyId');
    await close();
    aws.passes(90 * dayMs);
    payer = await aws.payer();
    await expect(described()).rejects.toMatchObject({ name: 'AccountNotFoundException' });
    const listed = await payer.send(new ListAccountsCommand({}));
    expect(listed.Accounts?.map(({ Id }) => Id)).toEqual([management]);
    expect(putState(account, 'ACTIVE')).toEqual({
      status: 400,
      answer: { error: `account: "${account}" is no account of this simulator.` },
    });
  });
});

test('the path of an account names all that is above it, and follows it', async () => {
  expect(await described()).toMatchObject({ Paths: [`${organizationId}/${rootId}/${account}/`] });
  await payer.send(
    new MoveAccountCommand({ AccountId: account, SourceParentId: rootId, DestinationParentId: customersUnit }),
  );
  expect(await described()).toMatchObject({ Paths: [`${organizationId}/${rootId}/${customersUnit}/${account}/`] });
  const unit = await payer.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: customersUnit }));
  expect(unit.OrganizationalUnit).toMatchObject({ Path: `${organizationId}/${rootId}/${customersUnit}/` });
});

test.each([
  [{ account: '1', state: 'ACTIVE' }, 'account: "1" is not an account id of 12 digits.'],
  [{ account: '111122223333', state: 'CLOSED' }, 'state: "CLOSED" is not one of SUSPENDED, ACTIVE.'],
  [{ account: '111122223333' }, 'state: nothing is not one of SUSPENDED, ACTIVE.'],
])('a change of state that cannot be meant is refused: %j', (body, error) => {
  expect(aws.ask('PUT', '/_simulator/account-states', { body: JSON.stringify(body) })).toMatchObject({
    status: 400,
    body: expect.stringContaining(JSON.stringify(error).slice(1, -1)),
  });
});
