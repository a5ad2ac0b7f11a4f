/** Whichever answer is lost, whichever call fails, with or without a restart: one account, one password that opens it. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { CreateAccountWork } from '../../../../src/application/ports/ensures.js';
import { type Aws, creation, eventually, makeAccount, startAws } from '../../../support/aws.js';

let aws: Aws;
beforeEach(async () => {
  aws = await startAws({ createAccountMs: 20, roleAssumableMs: 20, servicesReadyMs: 40, listLagMs: 20 });
});
afterEach(() => aws.close());

/** All steps but those of the baseline that nothing here rests on; each by a process that has just started. */
async function vend(work: CreateAccountWork): Promise<string> {
  const fresh = () => aws.restarted().ensures;
  const account = await makeAccount({ ensures: fresh() }, work);
  for (const step of ['LinkPayer', 'AwaitReadiness', 'AutomationAccess', 'PasswordPolicy', 'AccessModel'] as const)
    await eventually(fresh()[step], account);
  await eventually(fresh().IssueCredentials, { ...account, generation: 1, resetMfa: false });
  const kept = await aws.vault.get(`credentials/${work.providerId}`, 1);
  if (kept.state !== 'kept') throw new Error(`The vault holds no password but is ${kept.state}`);
  const { outcome } = await aws.control.signIn({
    account: account.accountId,
    userName: 'administrator',
    password: kept.value,
  });
  return outcome;
}

/** More often than the SDK tries by itself. */
const times = 4;
const reads = [
  ['organizations', 'ListCreateAccountStatus'],
  ['organizations', 'DescribeCreateAccountStatus'],
  ['organizations', 'ListParents'],
  ['organizations', 'ListPoliciesForTarget'],
  ['organizations', 'DescribeAccount'],
  ['sts', 'GetCallerIdentity'],
  ['iam', 'GetUser'],
] as const;
const writes = [
  ['organizations', 'CreateAccount'],
  ['organizations', 'MoveAccount'],
  ['sts', 'AssumeRole'],
  ['iam', 'CreateUser'],
  ['iam', 'AddUserToGroup'],
  ['iam', 'CreateLoginProfile'],
] as const;
const mishaps = [
  ...reads.map((read) => [...read, 'error'] as const),
  ...writes.flatMap((write) => (['drop', 'drop-before', 'error'] as const).map((kind) => [...write, kind] as const)),
];

test.each(mishaps)('%s %s: %s', async (service, operation, kind) => {
  const work = creation();
  await aws.control.inject({ kind, service, operation, times });
  expect(await vend(work)).toBe('new-password-required');
  const accounts = (await aws.control.accounts()).filter(({ email }) => email === work.rootEmail);
  expect(accounts).toHaveLength(1);
  expect(accounts[0]).toMatchObject({ parentId: 'ou-pay1-customers1' });
});
