/** An account is moved into the customers' unit once, tagged, and its guardrails are named. */
import {
  AttachPolicyCommand,
  DetachPolicyCommand,
  MoveAccountCommand,
  UntagResourceCommand,
  UpdatePolicyCommand,
} from '@aws-sdk/client-organizations';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openEnsures } from '../../../../src/infrastructure/aws/ensures.js';
import { type Aws, attempt, eventually, makeAccount, startAws } from '../../../support/aws.js';

let aws: Aws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());

const linked = {
  type: 'PayerLinked',
  payerId: 'payer-1',
  organizationalUnit: 'ou-pay1-customers1',
  guardrails: ['CTLGuardrailBilling', 'CTLGuardrailHardening', 'CTLGuardrailMembership', 'PartnerCloudGuardrails'],
  bound: ['CTLGuardrailMembership', 'CTLGuardrailHardening', 'CTLGuardrailBilling'],
};
const own = ['p-guardrails2', 'p-guardrails3', 'p-guardrails4'];
const theLeavingUnit = 'ou-pay1-leaving001';
const attach = (PolicyId: string, TargetId: string) =>
  aws.access.payer('payer-1').organizations.send(new AttachPolicyCommand({ PolicyId, TargetId }));
const detach = (PolicyId: string, TargetId = linked.organizationalUnit) =>
  aws.access.payer('payer-1').organizations.send(new DetachPolicyCommand({ PolicyId, TargetId }));
const calls = (operation: string) => aws.control.calls({ operation });

test('a new account is moved out of the root, and a repeat moves and tags nothing', async () => {
  const work = await makeAccount(aws);
  expect(await aws.ensures.LinkPayer(work, attempt())).toEqual({ kind: 'fact', event: linked });
  expect(await aws.control.accounts()).toContainEqual(
    expect.objectContaining({ id: work.accountId, parentId: 'ou-pay1-customers1' }),
  );
  expect(await aws.ensures.LinkPayer(work, attempt())).toEqual({ kind: 'fact', event: linked });
  expect(await calls('MoveAccount')).toHaveLength(1);
  expect(await calls('TagResource')).toHaveLength(0);
});

test('an account that was moved elsewhere meanwhile is brought back', async () => {
  const work = await makeAccount(aws);
  await aws.ensures.LinkPayer(work, attempt());
  const { organizations } = aws.access.payer('payer-1');
  const [SourceParentId, DestinationParentId] = ['ou-pay1-customers1', 'ou-pay1-leaving001'];
  await organizations.send(new MoveAccountCommand({ AccountId: work.accountId, SourceParentId, DestinationParentId }));
  expect(await aws.ensures.LinkPayer(work, attempt())).toEqual({ kind: 'fact', event: linked });
});

test('the guardrails of the unit are named also while AWS still shows the account where it was before', async () => {
  const work = await makeAccount(aws);
  await aws.control.setLatencies({ listLagMs: 3_600_000 });
  expect(await aws.ensures.LinkPayer(work, attempt())).toEqual({ kind: 'fact', event: linked });
});

test('a missing owner tag is written', async () => {
  const work = await makeAccount(aws);
  const TagKeys = ['partner-cloud:provider'];
  const command = new UntagResourceCommand({ ResourceId: work.accountId, TagKeys });
  await aws.access.payer('payer-1').organizations.send(command);
  await aws.ensures.LinkPayer(work, attempt());
  expect(await calls('TagResource')).toHaveLength(1);
});

test('a move whose answer was lost is found done', async () => {
  const work = await makeAccount(aws);
  await aws.control.inject({ kind: 'drop', service: 'organizations', operation: 'MoveAccount' });
  expect(await eventually(aws.ensures.LinkPayer, work)).toEqual(linked);
});

test('an account that AWS calls a duplicate in its unit is linked once it is seen there', async () => {
  const work = await makeAccount(aws);
  const code = 'DuplicateAccountException';
  await aws.control.inject({ kind: 'error', service: 'organizations', operation: 'MoveAccount', code, status: 400 });
  expect(await aws.ensures.LinkPayer(work, attempt())).toMatchObject({ kind: 'later' });
  expect(await eventually(aws.ensures.LinkPayer, work)).toEqual(linked);
  expect(await aws.control.accounts()).toContainEqual(
    expect.objectContaining({ id: work.accountId, parentId: linked.organizationalUnit }),
  );
});

test.each([
  ['root', () => 'r-pay1'],
  ['account itself', (accountId: string) => accountId],
])('guardrails of the %s bind the account, though none is attached to its unit', async (_, target) => {
  const work = await makeAccount(aws);
  const payers = aws.settings.payers.map((payer) => ({ ...payer, customersUnit: theLeavingUnit }));
  const { ensures } = aws.restarted({ payers, guardrails: 'report' });
  const linkedBy = async () => {
    const event = await eventually(ensures.LinkPayer, work);
    return event.type === 'PayerLinked' && { guardrails: event.guardrails, bound: event.bound };
  };
  expect(await linkedBy()).toEqual({ guardrails: [], bound: [] });
  for (const id of own) await attach(id, target(work.accountId));
  expect(await linkedBy()).toEqual({ guardrails: [...linked.bound].sort(), bound: linked.bound });
});

test('no account is linked where no guardrail is in force, and no other is made there until it is', async () => {
  const work = await makeAccount(aws);
  const payers = aws.settings.payers.map((payer) => ({ ...payer, customersUnit: theLeavingUnit }));
  const { ensures } = aws.restarted({ payers });
  expect(await ensures.LinkPayer(work, attempt())).toMatchObject({
    kind: 'payer-refused',
    payerId: 'payer-1',
    reason: 'guardrails-not-applied',
    words: expect.stringMatching(/npm run guardrails -- plan --payer payer-1.*POST \/v1\/payers\/payer-1\/resume/),
    event: { type: 'ProvisioningHalted', step: 'LinkPayer', reason: 'guardrails-not-applied', whoMustAct: 'operator' },
  });
  for (const id of own) await attach(id, theLeavingUnit);
  const event = { ...linked, organizationalUnit: theLeavingUnit, guardrails: [...linked.bound].sort() };
  expect(await ensures.LinkPayer(work, attempt())).toEqual({ kind: 'fact', event });
});

const weaken = () =>
  aws.access.payer('payer-1').organizations.send(
    new UpdatePolicyCommand({
      PolicyId: 'p-guardrails3',
      Content: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'a:b', Resource: '*' }] }),
    }),
  );

test.each([
  ['one is missing', () => detach('p-guardrails2'), /CTLGuardrailMembership is attached nowhere over the account/],
  ['one says something else', weaken, /CTLGuardrailHardening does not say what was applied/],
  ['its unit allows nothing', () => detach('p-FullAWSAccess'), /no policy at ou-pay1-customers1 allows everything/],
])('where %s no account is linked, and the operator reads what it takes', async (_, breakIt, words) => {
  const work = await makeAccount(aws);
  await breakIt();
  expect(await aws.ensures.LinkPayer(work, attempt())).toMatchObject({
    kind: 'payer-refused',
    reason: 'guardrails-not-binding',
    words: expect.stringMatching(words),
    event: { reason: 'guardrails-not-binding', whoMustAct: 'operator' },
  });
});

test('with `report` an account is linked all the same, and its record names just those that bind', async () => {
  const work = await makeAccount(aws);
  await weaken();
  const { ensures } = aws.restarted({ guardrails: 'report' });
  const bound = ['CTLGuardrailMembership', 'CTLGuardrailBilling'];
  expect(await ensures.LinkPayer(work, attempt())).toEqual({ kind: 'fact', event: { ...linked, bound } });
});

test('what an operator applied is what must bind, whatever this version would apply', async () => {
  const work = await makeAccount(aws);
  const foreign = '{"Version":"2012-10-17","Statement":[]}';
  const applied = async (payerId: string) =>
    payerId === 'payer-1' ? [{ name: 'PartnerCloudGuardrails', content: foreign }] : undefined;
  const ensures = openEnsures({ ...aws, applied, aloneSince: 0 });
  expect(await ensures.LinkPayer(work, attempt())).toMatchObject({
    reason: 'guardrails-not-binding',
    words: expect.stringMatching(/PartnerCloudGuardrails does not say what was applied/),
  });
});

test.each(['SourceParentNotFoundException', 'ConcurrentModificationException', 'TooManyRequestsException'])(
  '%s passes by itself',
  async (code) => {
    const work = await makeAccount(aws);
    const fault = { kind: 'error', code, status: 400, times: 3 } as const;
    await aws.control.inject({ ...fault, service: 'organizations', operation: 'MoveAccount' });
    expect(await aws.ensures.LinkPayer(work, attempt())).toMatchObject({ kind: 'later' });
  },
);

test('an account that the organization does not list yet is waited for, and said when it lasts', async () => {
  const work = { ...(await makeAccount(aws)), accountId: '999999999999' };
  expect(await aws.ensures.LinkPayer(work, attempt())).toMatchObject({ kind: 'later' });
  expect(await aws.ensures.LinkPayer(work, attempt({ tries: 3 }))).toMatchObject({ reason: 'account-not-listed' });
});

test("a customers' unit that does not exist halts for the operator, and no other account is made there", async () => {
  const work = await makeAccount(aws);
  const payers = aws.settings.payers.map((payer) => ({ ...payer, customersUnit: 'ou-pay1-nosuchunit' }));
  expect(await aws.restarted({ payers }).ensures.LinkPayer(work, attempt())).toMatchObject({
    kind: 'payer-refused',
    payerId: 'payer-1',
    event: { type: 'ProvisioningHalted', reason: 'customers-unit-missing', call: { operation: 'MoveAccount' } },
  });
});
