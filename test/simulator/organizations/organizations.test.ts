/** The simulated Organizations, asked by the SDK's own client under a clock of the test. */
import {
  CloseAccountCommand,
  CreateAccountCommand,
  CreateAccountFailureReason,
  DescribeAccountCommand,
  DescribeCreateAccountStatusCommand,
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListChildrenCommand,
  ListCreateAccountStatusCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListPoliciesCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  ListTargetsForPolicyCommand,
  MoveAccountCommand,
  OrganizationsClient,
  RemoveAccountFromOrganizationCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-organizations';
import { afterEach, describe, expect, test } from '@jest/globals';
import { create, created, firstPayer, SimulatedAws, secondPayer, statusOf } from '../../support/simulated-payer.js';

const { account: payerAccount, rootId, customersUnit, leavingUnit } = firstPayer;
const open: SimulatedAws[] = [];

async function aws(...settings: ConstructorParameters<typeof SimulatedAws>) {
  const simulated = new SimulatedAws(...settings);
  open.push(simulated);
  return { simulated, payer: await simulated.payer() };
}

afterEach(() => {
  for (const simulated of open.splice(0)) simulated.close();
});

async function accountPages(payer: OrganizationsClient): Promise<string[][]> {
  const pages: string[][] = [];
  let NextToken: string | undefined;
  do {
    const page = await payer.send(new ListAccountsCommand({ NextToken }));
    pages.push(page.Accounts?.map(({ Id = '' }) => Id) ?? []);
    NextToken = page.NextToken;
  } while (NextToken);
  return pages;
}

describe('creating an account', () => {
  test('is answered at once and done later', async () => {
    const { simulated, payer } = await aws({ createAccountMs: 4000 });
    const id = await create(payer, { AccountName: 'ctl-x' });
    expect(id).toMatch(/^car-[a-z0-9]{8,32}$/);
    const begun = await statusOf(payer, id);
    expect(begun).toEqual({
      Id: id,
      AccountName: 'ctl-x',
      State: 'IN_PROGRESS',
      RequestedTimestamp: new Date(simulated.now),
    });
    simulated.passes(4000);
    const done = await statusOf(payer, id);
    expect(done).toMatchObject({ State: 'SUCCEEDED', AccountId: expect.stringMatching(/^\d{12}$/) });
    expect(done).toMatchObject({ CompletedTimestamp: new Date(simulated.now) });
    expect(JSON.stringify(done)).not.toContain('@');
  });

  test('takes the e-mail for ever, in every organization and whatever its case', async () => {
    const { simulated, payer } = await aws();
    const other = await simulated.payer(secondPayer.account);
    const account = await created(simulated, payer, { Email: 'aws+one@reseller.example' });
    await payer.send(new CloseAccountCommand({ AccountId: account }));
    for (const client of [payer, other]) {
      const again = await create(client, { Email: 'AWS+One@reseller.example' });
      expect(await statusOf(client, again)).toMatchObject({ State: 'FAILED', FailureReason: 'EMAIL_ALREADY_EXISTS' });
    }
  });

  test('fails for a request that repeats one in progress', async () => {
    const { simulated, payer } = await aws({ createAccountMs: 10 });
    const wanted = { Email: 'aws+twin@reseller.example', AccountName: 'ctl-twin' };
    const ids = [await create(payer, wanted), await create(payer, wanted)];
    const otherName = await create(payer, { ...wanted, AccountName: 'ctl-other' });
    simulated.passes(10);
    const outcomes = await Promise.all([...ids, otherName].map((id) => statusOf(payer, id)));
    expect(outcomes.map((status) => status?.FailureReason ?? status?.State)).toEqual([
      'SUCCEEDED',
      'CONCURRENT_ACCOUNT_MODIFICATION',
      'EMAIL_ALREADY_EXISTS',
    ]);
  });

  test('fails with any reason the control API asks for, as often as it asks', async () => {
    const { simulated, payer } = await aws();
    for (const reason of Object.values(CreateAccountFailureReason)) {
      const body = JSON.stringify([{ payer: payerAccount, reason, times: 1 }]);
      expect(simulated.ask('PUT', '/_simulator/creation-failures', { body }).status).toBe(200);
      const wanted = { Email: `aws+${reason.length}.${reason}`.slice(0, 40).concat('@x.example') };
      const failed = await create(payer, wanted);
      expect(await statusOf(payer, failed)).toMatchObject({ State: 'FAILED', FailureReason: reason });
      const next = await create(payer, wanted);
      expect(await statusOf(payer, next)).toMatchObject({ State: 'SUCCEEDED' });
    }
  });

  test('fails for an address that is none', async () => {
    const { payer } = await aws();
    for (const Email of ['.dot@x.example', 'a"b@x.example', 'a@-x.example', 'a@x.example.', 'ä@x.example']) {
      expect(await statusOf(payer, await create(payer, { Email }))).toMatchObject({ FailureReason: 'INVALID_EMAIL' });
    }
  });

  test('has five places at once in each organization, and a failing one holds a place too', async () => {
    const { simulated, payer } = await aws({ createAccountMs: 100 });
    for (let n = 0; n < 5; n += 1) await create(payer, { Email: '.dot@x.example' });
    await expect(create(payer)).rejects.toMatchObject({
      name: 'ConstraintViolationException',
      Reason: 'ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED',
    });
    await expect(create(await simulated.payer(secondPayer.account))).resolves.toMatch(/^car-/);
    simulated.passes(100);
    await expect(create(payer)).resolves.toMatch(/^car-/);
  });

  const refused = [
    [{ Email: undefined }, 'INPUT_REQUIRED'],
    [{ Email: 'a@b.c' }, 'MIN_LENGTH_EXCEEDED'],
    [{ Email: `${'a'.repeat(60)}@x.io` }, 'MAX_LENGTH_EXCEEDED'],
    [{ Email: 'no-address' }, 'INVALID_PATTERN'],
    [{ AccountName: 'x'.repeat(51) }, 'MAX_LENGTH_EXCEEDED'],
    [{ AccountName: 'Zürich' }, 'INVALID_PATTERN'],
    [{ AccountName: '<script>' }, 'INVALID_PATTERN'],
    [{ RoleName: 'AWSServiceRoleForMe' }, 'INVALID_ROLE_NAME'],
    [{ IamUserAccessToBilling: 'MAYBE' }, 'INVALID_ENUM'],
    [{ Tags: [{ Key: 'aws:x', Value: '' }] }, 'INVALID_SYSTEM_TAGS_PARAMETER'],
    [
      {
        Tags: [
          { Key: 'a', Value: '' },
          { Key: 'a', Value: '' },
        ],
      },
      'DUPLICATE_TAG_KEY',
    ],
  ] as const;
  test.each(refused)('refuses %j with %s', async (wrong, Reason) => {
    const { payer } = await aws();
    const input = { Email: 'aws+a@reseller.example', AccountName: 'ctl-a', ...wrong };
    const command = new CreateAccountCommand(input as unknown as ConstructorParameters<typeof CreateAccountCommand>[0]);
    await expect(payer.send(command)).rejects.toMatchObject({
      name: 'InvalidInputException',
      Reason,
      $metadata: { httpStatusCode: 400 },
    });
    expect((await payer.send(new ListCreateAccountStatusCommand({}))).CreateAccountStatuses).toEqual([]);
  });

  test('refuses more than fifty tags', async () => {
    const { payer } = await aws();
    const Tags = Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: '' }));
    const command = new CreateAccountCommand({ Email: 'aws+a@reseller.example', AccountName: 'a', Tags });
    await expect(payer.send(command)).rejects.toMatchObject({ Reason: 'MAX_TAG_LIMIT_EXCEEDED' });
  });

  test('lists requests by state, page by page', async () => {
    const { simulated, payer } = await aws({ createAccountMs: 10 });
    await create(payer, { Email: '.dot@x.example' });
    simulated.passes(10);
    const going = [await create(payer), await create(payer)];
    const first = await payer.send(new ListCreateAccountStatusCommand({ States: ['IN_PROGRESS'], MaxResults: 1 }));
    const { NextToken } = first;
    const second = await payer.send(new ListCreateAccountStatusCommand({ States: ['IN_PROGRESS'], NextToken }));
    const found = [first, second].flatMap(
      ({ CreateAccountStatuses }) => CreateAccountStatuses?.map(({ Id }) => Id) ?? [],
    );
    expect([...found].sort()).toEqual([...going].sort());
    expect(second.NextToken).toBeUndefined();
    const all = await payer.send(new ListCreateAccountStatusCommand({}));
    expect(all.CreateAccountStatuses?.map(({ State }) => State).sort()).toEqual([
      'FAILED',
      'IN_PROGRESS',
      'IN_PROGRESS',
    ]);
  });

  test('is found at once by its id, and in the list after a while', async () => {
    const { simulated, payer } = await aws({ createAccountMs: 1000, listLagMs: 500 });
    const id = await create(payer);
    const listed = async () => (await payer.send(new ListCreateAccountStatusCommand({}))).CreateAccountStatuses;
    expect(await statusOf(payer, id)).toMatchObject({ Id: id });
    expect(await listed()).toEqual([]);
    simulated.passes(500);
    expect(await listed()).toMatchObject([{ Id: id, State: 'IN_PROGRESS' }]);
  });

  test('does not know the request of another organization', async () => {
    const { simulated, payer } = await aws();
    const CreateAccountRequestId = await create(payer);
    const other = await simulated.payer(secondPayer.account);
    const command = new DescribeCreateAccountStatusCommand({ CreateAccountRequestId });
    await expect(other.send(command)).rejects.toMatchObject({ name: 'CreateAccountStatusNotFoundException' });
  });
});

describe('a new account', () => {
  test('does not exist before it is made, is pending first and then active', async () => {
    const { simulated, payer } = await aws({ roleAssumableMs: 2000 });
    const AccountId = await created(simulated, payer);
    const described = async () => (await payer.send(new DescribeAccountCommand({ AccountId }))).Account;
    expect(await described()).toMatchObject({ Id: AccountId, State: 'PENDING_ACTIVATION', JoinedMethod: 'CREATED' });
    simulated.passes(1000);
    expect(await described()).toMatchObject({ State: 'ACTIVE', Status: 'ACTIVE' });
    simulated.now = Date.UTC(2026, 8, 9);
    const later = new OrganizationsClient(
      simulated.as(await simulated.assume({ RoleArn: `arn:aws:iam::${payerAccount}:role/PartnerCloudVending` })),
    );
    expect((await later.send(new DescribeAccountCommand({ AccountId }))).Account).not.toHaveProperty('Status');
  });

  test('is in the lists, with its tags, only after a while', async () => {
    const { simulated, payer } = await aws({ listLagMs: 500 });
    const tags = { Tags: [{ Key: 'owner', Value: 'p-1' }] };
    const command = new CreateAccountCommand({ Email: 'aws+lag@reseller.example', AccountName: 'lag', ...tags });
    const { CreateAccountStatus } = await payer.send(command);
    const status = await statusOf(payer, CreateAccountStatus?.Id ?? '');
    const ResourceId = status?.AccountId ?? '';
    const listed = async () => (await payer.send(new ListAccountsCommand({}))).Accounts?.map(({ Id }) => Id);
    const tagged = async () => (await payer.send(new ListTagsForResourceCommand({ ResourceId }))).Tags;
    expect(await listed()).toEqual([payerAccount]);
    expect(await tagged()).toEqual([]);
    simulated.passes(500);
    expect(await listed()).toContain(ResourceId);
    expect(await tagged()).toEqual(tags.Tags);
  });

  test('belongs to its payer only', async () => {
    const { simulated, payer } = await aws();
    const AccountId = await created(simulated, payer);
    const other = await simulated.payer(secondPayer.account);
    await expect(other.send(new DescribeAccountCommand({ AccountId }))).rejects.toMatchObject({
      name: 'AccountNotFoundException',
    });
    expect((await other.send(new ListAccountsCommand({}))).Accounts?.map(({ Id }) => Id)).toEqual([
      secondPayer.account,
    ]);
  });

  test('is listed once over pages of twenty', async () => {
    const { simulated, payer } = await aws();
    const ids: string[] = [];
    for (let n = 0; n < 25; n += 1) ids.push(await created(simulated, payer));
    const pages = await accountPages(payer);
    expect(pages.map(({ length }) => length)).toEqual([20, 6]);
    expect(pages.flat().sort()).toEqual([payerAccount, ...ids].sort());
  });

  test('leaves a page empty, with a token, that holds only accounts nobody sees yet', async () => {
    const { simulated, payer } = await aws({ listLagMs: 60_000 });
    for (let n = 0; n < 45; n += 1) await created(simulated, payer);
    const pages = await accountPages(payer);
    expect(pages).toHaveLength(3);
    expect(pages.flat()).toEqual([payerAccount]);
  });

  test.each([
    [{ MaxResults: 21 }, 'MAX_VALUE_EXCEEDED'],
    [{ MaxResults: 0 }, 'MIN_VALUE_EXCEEDED'],
    [{ NextToken: 'made-up' }, 'INVALID_NEXT_TOKEN'],
  ])('is not listed for %j', async (input, Reason) => {
    const { payer } = await aws();
    await expect(payer.send(new ListAccountsCommand(input))).rejects.toMatchObject({ Reason });
  });
});

describe('moving an account', () => {
  const moved = (AccountId: string, SourceParentId: string, DestinationParentId: string) =>
    new MoveAccountCommand({ AccountId, SourceParentId, DestinationParentId });

  test('takes it where it should be, and is said to be done when repeated', async () => {
    const { simulated, payer } = await aws();
    const account = await created(simulated, payer);
    const parents = async () => (await payer.send(new ListParentsCommand({ ChildId: account }))).Parents;
    expect(await parents()).toEqual([{ Id: rootId, Type: 'ROOT' }]);
    await payer.send(moved(account, rootId, customersUnit));
    expect(await parents()).toEqual([{ Id: customersUnit, Type: 'ORGANIZATIONAL_UNIT' }]);
    await expect(payer.send(moved(account, rootId, customersUnit))).rejects.toMatchObject({
      name: 'DuplicateAccountException',
    });
    const { Accounts } = await payer.send(new ListAccountsForParentCommand({ ParentId: customersUnit }));
    expect(Accounts?.map(({ Id }) => Id)).toEqual([account]);
    const children = new ListChildrenCommand({ ParentId: customersUnit, ChildType: 'ACCOUNT' });
    expect((await payer.send(children)).Children).toEqual([{ Id: account, Type: 'ACCOUNT' }]);
  });

  test('is seen only after a while, and until then another move conflicts', async () => {
    const { simulated, payer } = await aws({ listLagMs: 500 });
    const account = await created(simulated, payer);
    simulated.passes(500);
    await payer.send(moved(account, rootId, customersUnit));
    const parents = await payer.send(new ListParentsCommand({ ChildId: account }));
    expect(parents.Parents?.[0]?.Id).toBe(rootId);
    await expect(payer.send(moved(account, customersUnit, leavingUnit))).rejects.toMatchObject({
      name: 'ConcurrentModificationException',
    });
    simulated.passes(500);
    await payer.send(moved(account, customersUnit, leavingUnit));
  });

  test.each([
    ['000000000000', rootId, customersUnit, 'AccountNotFoundException'],
    [undefined, leavingUnit, customersUnit, 'SourceParentNotFoundException'],
    [undefined, rootId, 'ou-pay1-nowhere01', 'DestinationParentNotFoundException'],
    [undefined, rootId, secondPayer.customersUnit, 'DestinationParentNotFoundException'],
    [undefined, 'nonsense', customersUnit, 'InvalidInputException'],
  ])('of %s from %s to %s is refused: %s', async (account, source, destination, name) => {
    const { simulated, payer } = await aws();
    const target = account ?? (await created(simulated, payer));
    await expect(payer.send(moved(target, source, destination))).rejects.toMatchObject({ name });
  });
});

describe('tags', () => {
  test('are set, changed, removed, and seen after a while', async () => {
    const { simulated, payer } = await aws({ listLagMs: 100 });
    const ResourceId = await created(simulated, payer);
    const seen = async () => (await payer.send(new ListTagsForResourceCommand({ ResourceId }))).Tags;
    simulated.passes(100);
    await payer.send(
      new TagResourceCommand({
        ResourceId,
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '2' },
        ],
      }),
    );
    expect(await seen()).toEqual([]);
    simulated.passes(100);
    await payer.send(new TagResourceCommand({ ResourceId, Tags: [{ Key: 'a', Value: '3' }] }));
    simulated.passes(100);
    await payer.send(new UntagResourceCommand({ ResourceId, TagKeys: ['b', 'none'] }));
    expect(await seen()).toEqual([
      { Key: 'a', Value: '3' },
      { Key: 'b', Value: '2' },
    ]);
    simulated.passes(100);
    expect(await seen()).toEqual([{ Key: 'a', Value: '3' }]);
  });

  test('are had by units, roots and policies too, and by nothing of another organization', async () => {
    const { payer } = await aws();
    for (const ResourceId of [rootId, customersUnit, 'p-guardrails1', payerAccount]) {
      await payer.send(new TagResourceCommand({ ResourceId, Tags: [{ Key: 'a', Value: '' }] }));
      expect((await payer.send(new ListTagsForResourceCommand({ ResourceId }))).Tags).toEqual([
        { Key: 'a', Value: '' },
      ]);
    }
    for (const ResourceId of [secondPayer.rootId, secondPayer.customersUnit, secondPayer.account, 'p-unknown0']) {
      await expect(payer.send(new ListTagsForResourceCommand({ ResourceId }))).rejects.toMatchObject({
        name: 'TargetNotFoundException',
      });
    }
  });
});

describe('the organization', () => {
  test('has one root, two units and its policies', async () => {
    const { payer } = await aws();
    const { Organization } = await payer.send(new DescribeOrganizationCommand({}));
    expect(Organization).toMatchObject({ FeatureSet: 'ALL', MasterAccountId: payerAccount });
    const { Roots } = await payer.send(new ListRootsCommand({}));
    expect(Roots?.map(({ Id }) => Id)).toEqual([rootId]);
    const units = await payer.send(new ListOrganizationalUnitsForParentCommand({ ParentId: rootId }));
    expect(units.OrganizationalUnits?.map(({ Name }) => Name)).toEqual(['Customers', 'Leaving']);
    const unit = new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: customersUnit });
    expect((await payer.send(unit)).OrganizationalUnit).toMatchObject({ Id: customersUnit, Name: 'Customers' });
    const Filter = 'SERVICE_CONTROL_POLICY';
    const { Policies } = await payer.send(new ListPoliciesForTargetCommand({ TargetId: customersUnit, Filter }));
    expect(Policies?.map(({ Name }) => Name).sort()).toEqual(['FullAWSAccess', 'PartnerCloudGuardrails']);
    const { Policy } = await payer.send(new DescribePolicyCommand({ PolicyId: 'p-guardrails1' }));
    expect(JSON.parse(Policy?.Content ?? '')).toHaveProperty('Statement');
    expect((await payer.send(new ListPoliciesCommand({ Filter: 'TAG_POLICY' }))).Policies).toEqual([]);
    const targets = await payer.send(new ListTargetsForPolicyCommand({ PolicyId: 'p-guardrails1' }));
    expect(targets.Targets).toMatchObject([
      { TargetId: customersUnit, Name: 'Customers', Type: 'ORGANIZATIONAL_UNIT' },
    ]);
  });

  test('answers its management account only', async () => {
    const { simulated, payer } = await aws();
    const account = await created(simulated, payer);
    const vending = await simulated.assume({ RoleArn: `arn:aws:iam::${payerAccount}:role/PartnerCloudVending` });
    const role = { RoleArn: `arn:aws:iam::${account}:role/OrganizationAccountAccessRole` };
    const member = new OrganizationsClient(simulated.as(await simulated.assume(role, vending)));
    await expect(member.send(new DescribeOrganizationCommand({}))).resolves.toMatchObject({
      Organization: { MasterAccountId: payerAccount },
    });
    for (const command of [new ListAccountsCommand({}), new ListRootsCommand({})]) {
      await expect(member.send(command)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    }
    const outside = new OrganizationsClient(simulated.as());
    await expect(outside.send(new ListAccountsCommand({}))).rejects.toMatchObject({
      name: 'AWSOrganizationsNotInUseException',
      message: 'Your account is not a member of an organization.',
    });
  });

  test('closes accounts, three at a time and never its own', async () => {
    const { simulated, payer } = await aws({ createAccountMs: 50 });
    const ids: string[] = [];
    for (let n = 0; n < 4; n += 1) ids.push(await created(simulated, payer));
    const close = (AccountId?: string) => payer.send(new CloseAccountCommand({ AccountId }));
    const state = async (AccountId?: string) =>
      (await payer.send(new DescribeAccountCommand({ AccountId }))).Account?.State;
    for (const id of ids.slice(0, 3)) await close(id);
    expect(await state(ids[0])).toBe('PENDING_CLOSURE');
    await expect(close(ids[0])).rejects.toMatchObject({ name: 'ConcurrentModificationException' });
    await expect(close(ids[3])).rejects.toMatchObject({ Reason: 'CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED' });
    simulated.passes(50);
    expect(await state(ids[0])).toBe('CLOSED');
    await expect(close(ids[0])).rejects.toMatchObject({ name: 'AccountAlreadyClosedException' });
    await expect(close(payerAccount)).rejects.toMatchObject({ Reason: 'CANNOT_CLOSE_MANAGEMENT_ACCOUNT' });
  });

  test('does not let a created account go', async () => {
    const { simulated, payer } = await aws();
    const AccountId = await created(simulated, payer);
    const remove = new RemoveAccountFromOrganizationCommand({ AccountId });
    await expect(payer.send(remove)).rejects.toMatchObject({ Reason: 'WAIT_PERIOD_ACTIVE' });
    simulated.passes(4 * 86_400_000);
    const later = await simulated.payer();
    await expect(later.send(remove)).rejects.toMatchObject({ Reason: 'MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED' });
  });
});
