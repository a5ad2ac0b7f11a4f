/** Policies of the simulated Organizations: made, changed, attached, and enabled as a type. */
import {
  AttachPolicyCommand,
  CreateOrganizationalUnitCommand,
  CreatePolicyCommand,
  DeletePolicyCommand,
  DescribePolicyCommand,
  DetachPolicyCommand,
  DisableAWSServiceAccessCommand,
  DisablePolicyTypeCommand,
  EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
  ListTargetsForPolicyCommand,
  type OrganizationsClient,
  type PolicyType,
  UpdatePolicyCommand,
} from '@aws-sdk/client-organizations';
import { afterEach, describe, expect, test } from '@jest/globals';
import { created, firstPayer, SimulatedAws } from '../../support/simulated-payer.js';

const { rootId: RootId, customersUnit, leavingUnit } = firstPayer;
const scp = 'SERVICE_CONTROL_POLICY';
const rcp = 'RESOURCE_CONTROL_POLICY';
const open: SimulatedAws[] = [];

async function aws(...settings: ConstructorParameters<typeof SimulatedAws>) {
  const simulated = new SimulatedAws(...settings);
  open.push(simulated);
  return { simulated, payer: await simulated.payer() };
}

afterEach(() => {
  for (const simulated of open.splice(0)) simulated.close();
});

const document = (Sid: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid, Effect: 'Deny', Action: 's3:*', Resource: '*' }] });

async function policy(payer: OrganizationsClient, Name: string, Content = document('One'), Type: PolicyType = scp) {
  const { Policy } = await payer.send(new CreatePolicyCommand({ Name, Content, Type, Description: '' }));
  return Policy?.PolicySummary?.Id ?? '';
}

async function namesOn(payer: OrganizationsClient, TargetId: string, Filter: PolicyType = scp) {
  const { Policies } = await payer.send(new ListPoliciesForTargetCommand({ TargetId, Filter }));
  return Policies?.map(({ Name }) => Name).sort();
}

describe('a service control policy', () => {
  test('is made, changed, attached, detached and deleted', async () => {
    const { payer } = await aws();
    const PolicyId = await policy(payer, 'Mine');
    expect(PolicyId).toMatch(/^p-[0-9a-z]{10}$/);
    await payer.send(new UpdatePolicyCommand({ PolicyId, Content: document('Two') }));
    const { Policy } = await payer.send(new DescribePolicyCommand({ PolicyId }));
    expect(Policy).toMatchObject({
      PolicySummary: { Name: 'Mine', Type: scp, AwsManaged: false },
      Content: document('Two'),
    });
    const attach = new AttachPolicyCommand({ PolicyId, TargetId: leavingUnit });
    await payer.send(attach);
    await expect(payer.send(attach)).rejects.toMatchObject({ name: 'DuplicatePolicyAttachmentException' });
    expect(await namesOn(payer, leavingUnit)).toEqual(['FullAWSAccess', 'Mine']);
    const remove = new DeletePolicyCommand({ PolicyId });
    await expect(payer.send(remove)).rejects.toMatchObject({ name: 'PolicyInUseException' });
    await payer.send(new DetachPolicyCommand({ PolicyId, TargetId: leavingUnit }));
    await expect(payer.send(new DetachPolicyCommand({ PolicyId, TargetId: leavingUnit }))).rejects.toMatchObject({
      name: 'PolicyNotAttachedException',
    });
    await payer.send(remove);
    await expect(payer.send(attach)).rejects.toMatchObject({ name: 'PolicyNotFoundException' });
  });

  test.each([
    ['no JSON', '{'],
    [
      'a principal',
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }],
      }),
    ],
    ['no version', JSON.stringify({ Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] })],
    ['no resource', JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*' }] })],
  ])('with %s is malformed', async (_what, Content) => {
    const { payer } = await aws();
    await expect(policy(payer, 'Bad', Content)).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
  });

  test('has 10,240 characters at most, white space included, and a name of its own', async () => {
    const { payer } = await aws();
    const PolicyId = await policy(payer, 'Long', document('One').padEnd(10_240));
    await expect(policy(payer, 'Longer', document('One').padEnd(10_241))).rejects.toMatchObject({
      Reason: 'POLICY_CONTENT_LIMIT_EXCEEDED',
    });
    await expect(
      payer.send(new UpdatePolicyCommand({ PolicyId, Content: document('One').padEnd(10_241) })),
    ).rejects.toMatchObject({ Reason: 'POLICY_CONTENT_LIMIT_EXCEEDED' });
    await expect(policy(payer, 'Long')).rejects.toMatchObject({ name: 'DuplicatePolicyException' });
  });

  test('is one of ten on a unit at most, and the last one stays', async () => {
    const { payer } = await aws();
    for (let n = 1; n <= 10; n += 1) {
      const attach = new AttachPolicyCommand({ PolicyId: await policy(payer, `P${n}`), TargetId: leavingUnit });
      if (n < 10) await payer.send(attach);
      else
        await expect(payer.send(attach)).rejects.toMatchObject({ Reason: 'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED' });
    }
    await expect(
      payer.send(new DetachPolicyCommand({ PolicyId: 'p-FullAWSAccess', TargetId: RootId })),
    ).rejects.toMatchObject({ Reason: 'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED' });
  });

  test('of AWS itself cannot be changed, but be taken off where another hangs', async () => {
    const { payer } = await aws();
    const PolicyId = 'p-FullAWSAccess';
    const refused = { name: 'InvalidInputException', Reason: 'IMMUTABLE_POLICY' };
    await expect(payer.send(new UpdatePolicyCommand({ PolicyId, Name: 'Mine' }))).rejects.toMatchObject(refused);
    await expect(payer.send(new DeletePolicyCommand({ PolicyId }))).rejects.toMatchObject(refused);
    await payer.send(new DetachPolicyCommand({ PolicyId, TargetId: customersUnit }));
    expect(await namesOn(payer, customersUnit)).toEqual(['PartnerCloudGuardrails']);
  });
});

test('FullAWSAccess is on every new account and unit, under names that are new in their parent', async () => {
  const { simulated, payer } = await aws();
  const account = await created(simulated, payer);
  const unit = new CreateOrganizationalUnitCommand({ ParentId: customersUnit, Name: 'Canary' });
  const { OrganizationalUnit } = await payer.send(unit);
  const { Id = '', Path } = OrganizationalUnit ?? {};
  expect(Path).toBe(`o-pay1simulator/${RootId}/${customersUnit}/${Id}/`);
  await expect(payer.send(unit)).rejects.toMatchObject({ name: 'DuplicateOrganizationalUnitException' });
  for (const target of [account, Id, RootId]) expect(await namesOn(payer, target)).toEqual(['FullAWSAccess']);
  const { Targets } = await payer.send(new ListTargetsForPolicyCommand({ PolicyId: 'p-FullAWSAccess' }));
  expect(Targets?.map(({ TargetId }) => TargetId)).toEqual(
    [account, firstPayer.account, customersUnit, leavingUnit, Id, RootId].sort(),
  );
  let parent = Id;
  for (let depth = 3; depth <= 5; depth += 1) {
    const deeper = new CreateOrganizationalUnitCommand({ ParentId: parent, Name: 'Deeper' });
    parent = (await payer.send(deeper)).OrganizationalUnit?.Id ?? '';
  }
  await expect(
    payer.send(new CreateOrganizationalUnitCommand({ ParentId: parent, Name: 'TooDeep' })),
  ).rejects.toMatchObject({ Reason: 'OU_DEPTH_LIMIT_EXCEEDED' });
});

describe('a type of policies', () => {
  test('is enabled after a while, with full access everywhere, and loses all attachments when it is disabled', async () => {
    const { simulated, payer } = await aws({ listLagMs: 500 });
    const types = async () => (await payer.send(new ListRootsCommand({}))).Roots?.[0]?.PolicyTypes;
    const enable = new EnablePolicyTypeCommand({ RootId, PolicyType: rcp });
    await payer.send(enable);
    await expect(payer.send(enable)).rejects.toMatchObject({ name: 'PolicyTypeAlreadyEnabledException' });
    expect(await types()).toContainEqual({ Type: rcp, Status: 'PENDING_ENABLE' });
    const Statement = [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }];
    const PolicyId = await policy(payer, 'OfResources', JSON.stringify({ Version: '2012-10-17', Statement }), rcp);
    const attach = new AttachPolicyCommand({ PolicyId, TargetId: customersUnit });
    await expect(payer.send(attach)).rejects.toMatchObject({ name: 'PolicyTypeNotEnabledException' });
    simulated.passes(500);
    expect(await types()).toContainEqual({ Type: rcp, Status: 'ENABLED' });
    await payer.send(attach);
    expect(await namesOn(payer, customersUnit, rcp)).toEqual(['OfResources', 'RCPFullAWSAccess']);
    await expect(
      payer.send(new DetachPolicyCommand({ PolicyId: 'p-RCPFullAWSAccess', TargetId: customersUnit })),
    ).rejects.toMatchObject({ Reason: 'NON_DETACHABLE_POLICY' });
    const disable = new DisablePolicyTypeCommand({ RootId, PolicyType: rcp });
    await payer.send(disable);
    expect(await namesOn(payer, customersUnit, rcp)).toEqual([]);
    await expect(payer.send(disable)).rejects.toMatchObject({ name: 'PolicyTypeNotEnabledException' });
    await payer.send(enable);
    simulated.passes(500);
    expect(await namesOn(payer, customersUnit, rcp)).toEqual(['RCPFullAWSAccess']);
  });

  test('is enabled in the root of the organization alone', async () => {
    const { payer } = await aws();
    const elsewhere = new EnablePolicyTypeCommand({ RootId: 'r-none', PolicyType: rcp });
    await expect(payer.send(elsewhere)).rejects.toMatchObject({ name: 'RootNotFoundException' });
  });

  test('of resources may only deny, to everybody, and names its services', async () => {
    const { payer } = await aws();
    const statement = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' };
    const wrong = [{ Effect: 'Allow' }, { Principal: { AWS: '111122223333' } }, { Action: '*' }];
    for (const change of wrong) {
      const Content = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...change }] });
      await expect(policy(payer, 'Bad', Content, rcp)).rejects.toMatchObject({
        name: 'MalformedPolicyDocumentException',
      });
    }
  });
});

test('services are trusted by their principals, once each', async () => {
  const { simulated, payer } = await aws();
  const enable = new EnableAWSServiceAccessCommand({ ServicePrincipal: 'iam.amazonaws.com' });
  await payer.send(enable);
  const since = new Date(simulated.now);
  simulated.passes(1000);
  await payer.send(enable);
  const list = async () =>
    (await payer.send(new ListAWSServiceAccessForOrganizationCommand({}))).EnabledServicePrincipals;
  expect(await list()).toEqual([{ ServicePrincipal: 'iam.amazonaws.com', DateEnabled: since }]);
  await payer.send(new DisableAWSServiceAccessCommand({ ServicePrincipal: 'iam.amazonaws.com' }));
  expect(await list()).toEqual([]);
  await expect(
    payer.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: 'example.com' })),
  ).rejects.toMatchObject({ Reason: 'UNRECOGNIZED_SERVICE_PRINCIPAL' });
});
