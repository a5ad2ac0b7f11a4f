/** An account is moved into the customers' unit once, tagged, and its guardrails are named. */
import { AttachPolicyCommand, MoveAccountCommand, UntagResourceCommand } from '@aws-sdk/client-organizations';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
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
  guardrails: ['PartnerCloudGuardrails'],
};
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
])('a guardrail of the %s is in force over the account, though none is attached to its unit', async (_, target) => {
  const work = await makeAccount(aws);
  const payers = aws.settings.payers.map((payer) => ({ ...payer, customersUnit: 'ou-pay1-leaving001' }));
  const { ensures } = aws.restarted({ payers, guardrails: 'report' });
  const guardrails = async () => {
    const event = await eventually(ensures.LinkPayer, work);
    return event.type === 'PayerLinked' && event.guardrails;
  };
  expect(await guardrails()).toEqual([]);
  const command = new AttachPolicyCommand({ PolicyId: 'p-guardrails1', TargetId: target(work.accountId) });
  await aws.access.payer('payer-1').organizations.send(command);
  expect(await guardrails()).toEqual(['PartnerCloudGuardrails']);
});

test('no account is linked where no guardrail is in force, and no other is made there until it is', async () => {
  const work = await makeAccount(aws);
  const payers = aws.settings.payers.map((payer) => ({ ...payer, customersUnit: 'ou-pay1-leaving001' }));
  const { ensures } = aws.restarted({ payers });
  expect(await ensures.LinkPayer(work, attempt())).toMatchObject({
    kind: 'payer-refused',
    payerId: 'payer-1',
    reason: 'guardrails-not-applied',
    words: expect.stringMatching(/npm run guardrails.*POST \/v1\/payers\/payer-1\/resume/),
    event: { type: 'ProvisioningHalted', step: 'LinkPayer', reason: 'guardrails-not-applied', whoMustAct: 'operator' },
  });
  const command = new AttachPolicyCommand({ PolicyId: 'p-guardrails1', TargetId: 'ou-pay1-leaving001' });
  await aws.access.payer('payer-1').organizations.send(command);
  const event = { ...linked, organizationalUnit: 'ou-pay1-leaving001' };
  expect(await ensures.LinkPayer(work, attempt())).toEqual({ kind: 'fact', event });
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
