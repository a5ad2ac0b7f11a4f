/** The administrator's credentials: issued once whatever is lost, claimed, expired, issued again on demand. */
import {
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  GetUserCommand,
  ListGroupsForUserCommand,
  ListMFADevicesCommand,
  RemoveUserFromGroupCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { CredentialsWork } from '../../../../src/application/ports/ensures.js';
import type { CredentialsIssued } from '../../../../src/domain/provider/credential-events.js';
import { type Aws, attempt, eventOf, eventually, makeHardenedAccount, startAws } from '../../../support/aws.js';
import { enrolMfa } from '../../../support/mfa.js';

let aws: Aws;
let work: CredentialsWork;
beforeEach(async () => {
  aws = await startAws();
  work = { ...(await makeHardenedAccount(aws)), generation: 1, resetMfa: false };
});
afterEach(() => aws.close());

const issue = async (changes: Partial<CredentialsWork> = {}): Promise<CredentialsIssued> =>
  (await eventually(aws.ensures.IssueCredentials, { ...work, ...changes })) as CredentialsIssued;
const settle = (
  { generation, expiresAt }: CredentialsIssued,
  given: Parameters<typeof attempt>[0] = {},
  mfaSeen = false,
) =>
  aws.ensures.SettleCredentials(
    { ...work, generation, issuedAt: issuedAtOf(expiresAt), expiresAt, mfaSeen },
    attempt(given),
  );
/** By the lifetime in the settings of the test. */
const issuedAtOf = (expiresAt: string): string => new Date(Date.parse(expiresAt) - 3_600_000).toISOString();
const kept = (generation = 1) => aws.vault.get(`credentials/${work.providerId}`, generation);
const password = async (generation = 1): Promise<string> => {
  const secret = await kept(generation);
  return secret.state === 'kept' ? secret.value : '';
};
const signIn = async (secret: string, newPassword?: string) =>
  aws.control.signIn({
    account: work.accountId,
    userName: 'administrator',
    password: secret,
    ...(newPassword ? { newPassword } : {}),
  });
const iam = () => aws.access.account(work, 'automation').iam;
const chosen = 'My-own-Secret-of-2026!';

/** As the account was left by a baseline that made no user, or by somebody who deleted it. */
async function deleteUser(): Promise<void> {
  const UserName = 'administrator';
  await iam().send(new RemoveUserFromGroupCommand({ UserName, GroupName: 'CTLAdministrators' }));
  await iam()
    .send(new DeleteLoginProfileCommand({ UserName }))
    .catch(() => undefined);
  await iam().send(new DeleteUserCommand({ UserName }));
}
const groups = async () =>
  (await iam().send(new ListGroupsForUserCommand({ UserName: 'administrator' }))).Groups?.map(
    ({ GroupName }) => GroupName,
  );

test('the user is in the group, the password opens the console and must be changed', async () => {
  const now = Date.now();
  const issued = eventOf(await aws.ensures.IssueCredentials(work, attempt({ now })));
  expect(issued).toEqual({
    type: 'CredentialsIssued',
    generation: 1,
    userName: 'administrator',
    loginUrl: `${aws.url}/signin/${work.accountId}/console`,
    expiresAt: new Date(now + 3_600_000).toISOString(),
    secret: `credentials/${work.providerId}#1`,
  });
  expect(await groups()).toEqual(['CTLAdministrators']);
  expect(await signIn(await password())).toEqual({ outcome: 'new-password-required' });
  expect(JSON.stringify(issued)).not.toContain(await password());
});

test('where the baseline has made the user, the password is the one thing that is written', async () => {
  const from = (await aws.control.calls({})).length;
  await issue();
  const wrote = (await aws.control.calls({})).slice(from).map(({ operation }) => operation);
  expect(wrote.filter((name) => !/^(Get|List|Describe|Assume)/.test(name))).toEqual(['CreateLoginProfile']);
});

test.each(['CreateUser', 'AddUserToGroup', 'CreateLoginProfile'])(
  'an older baseline has made no user: a lost answer to %s ends in the same password',
  async (operation) => {
    await deleteUser();
    await aws.control.inject({ kind: 'drop', service: 'iam', operation, times: 3 });
    await issue();
    expect(await groups()).toEqual(['CTLAdministrators']);
    expect(await signIn(await password())).toEqual({ outcome: 'new-password-required' });
  },
);

test('a reissue makes a user that was deleted again, in the group that binds it', async () => {
  await issue();
  await deleteUser();
  await issue({ generation: 2, sentSince: new Date().toISOString() });
  expect(await groups()).toEqual(['CTLAdministrators']);
  expect(await signIn(await password(2))).toEqual({ outcome: 'new-password-required' });
});

test('a reissue is not held up by a user that has been moved: where it belongs is re-hardening’s to say', async () => {
  await issue();
  await iam().send(new UpdateUserCommand({ UserName: 'administrator', NewPath: '/elsewhere/' }));
  expect(await aws.ensures.IssueCredentials(work, attempt())).toMatchObject({ event: { reason: 'name-taken' } });
  await issue({ generation: 2, sentSince: new Date().toISOString() });
  expect(await signIn(await password(2))).toEqual({ outcome: 'new-password-required' });
});

test('two workers and a repeat hand out one password', async () => {
  const other = aws.restarted().ensures;
  await Promise.all([issue(), eventually(other.IssueCredentials, work)]);
  await issue();
  expect(await signIn(await password())).toEqual({ outcome: 'new-password-required' });
});

test('a repeat of the first issue never overwrites a password that the customer chose', async () => {
  await issue();
  expect(await signIn(await password(), chosen)).toEqual({ outcome: 'signed-in' });
  await issue();
  expect(await signIn(chosen)).toEqual({ outcome: 'signed-in' });
});

test('a secret that was destroyed is not made anew: it halts', async () => {
  await aws.vault.destroy(`credentials/${work.providerId}`, 1);
  expect(await aws.ensures.IssueCredentials(work, attempt())).toMatchObject({
    event: { type: 'ProvisioningHalted', reason: 'secret-destroyed' },
  });
});

test('unclaimed credentials are looked at again, soon at first and never beyond their expiry', async () => {
  const issued = await issue();
  const restAt = async (given: Parameters<typeof attempt>[0]): Promise<number> => {
    const result = await settle(issued, given);
    return result.kind === 'later' ? result.retryAfterMs : Number.NaN;
  };
  const begun = Date.parse(issuedAtOf(issued.expiresAt));
  // However often it was looked at: a restart must not begin the count anew.
  const soon = await restAt({ now: begun, tries: 500 });
  expect([soon >= 1_000, soon <= 2_000]).toEqual([true, true]);
  const late = await restAt({ now: begun + 3_000_000, tries: 0 });
  expect([late >= 50_000, late <= 100_000]).toEqual([true, true]);
  const shown = await restAt({ now: begun + 3_000_000, nudgedAt: begun + 2_999_000 });
  expect([shown >= 1_000, shown <= 2_000]).toEqual([true, true]);
  const almost = Date.parse(issued.expiresAt) - 700;
  expect(await settle(issued, { now: almost })).toEqual({ kind: 'later', retryAfterMs: 700 });
});

test('a changed password is a claim, and its secret is gone before the claim is said', async () => {
  const issued = await issue();
  await signIn(await password(), chosen);
  expect(await settle(issued)).toEqual({ kind: 'fact', event: { type: 'CredentialsClaimed', generation: 1 } });
  expect(await kept()).toEqual({ state: 'destroyed' });
  expect(await settle(issued)).toEqual({ kind: 'fact', event: { type: 'CredentialsClaimed', generation: 1 } });
});

test('a device that was enrolled at the first sign-in is told before the claim, and once', async () => {
  const issued = await issue();
  await signIn(await password(), chosen);
  await enrolMfa(iam());
  const event = { type: 'MfaEnrolled', generation: 1, device: 'virtual' };
  expect(await settle(issued)).toEqual({ kind: 'fact', event });
  expect(await settle(issued, {}, true)).toMatchObject({ event: { type: 'CredentialsClaimed' } });
});

test('credentials that nobody claimed in time open nothing any more', async () => {
  const issued = await issue();
  const secret = await password();
  const now = Date.parse(issued.expiresAt);
  const expired = { kind: 'fact', event: { type: 'CredentialsExpired', generation: 1 } };
  expect(await settle(issued, { now })).toEqual(expired);
  expect(await kept()).toEqual({ state: 'destroyed' });
  expect(await signIn(secret)).toMatchObject({ outcome: 'refused' });
  expect(await settle(issued, { now })).toEqual(expired);
});

test('a password changed just in time is a claim, also when it is seen after the expiry', async () => {
  const issued = await issue();
  await signIn(await password(), chosen);
  const now = Date.parse(issued.expiresAt) + 1;
  expect(await settle(issued, { now })).toMatchObject({ event: { type: 'CredentialsClaimed' } });
  expect(await signIn(chosen)).toEqual({ outcome: 'signed-in' });
});

test('a password that somebody took away is waited for a while, then counts as expired', async () => {
  const issued = await issue();
  await iam().send(new DeleteLoginProfileCommand({ UserName: 'administrator' }));
  expect(await settle(issued)).toMatchObject({ kind: 'later' });
  const now = Date.now() + 180_000;
  expect(await settle(issued, { now })).toMatchObject({ event: { type: 'CredentialsExpired' } });
  expect(await kept()).toEqual({ state: 'destroyed' });
});

test('a reissue replaces a chosen password, and is not taken for claimed right after', async () => {
  await issue();
  await signIn(await password(), chosen);
  const again = await issue({ generation: 2 });
  expect(again).toMatchObject({ generation: 2, secret: `credentials/${work.providerId}#2` });
  expect(await signIn(chosen)).toMatchObject({ outcome: 'refused' });
  expect(await settle(again)).toMatchObject({ kind: 'later' });
  expect(await signIn(await password(2), `${chosen}2`)).toEqual({ outcome: 'signed-in' });
  const now = Date.now() + 11_000;
  expect(await settle(again, { now })).toMatchObject({ event: { type: 'CredentialsClaimed', generation: 2 } });
});

test('a reissue after an expiry makes the password anew', async () => {
  const issued = await issue();
  await settle(issued, { now: Date.parse(issued.expiresAt) });
  await issue({ generation: 2 });
  expect(await signIn(await password(2))).toEqual({ outcome: 'new-password-required' });
});

test('a reissue takes MFA devices off when asked, and leaves them otherwise', async () => {
  await issue();
  await enrolMfa(iam());
  const devices = async () => (await iam().send(new ListMFADevicesCommand({ UserName: 'administrator' }))).MFADevices;
  await issue({ generation: 2 });
  expect(await devices()).toHaveLength(1);
  await aws.control.inject({ kind: 'drop', service: 'iam', operation: 'DeactivateMFADevice' });
  await issue({ generation: 3, resetMfa: true });
  expect(await devices()).toHaveLength(0);
  await enrolMfa(iam());
});

test('a late worker of an earlier generation cannot put its password back', async () => {
  await issue({ generation: 2 });
  await signIn(await password(2), chosen);
  await aws.vault.destroy(`credentials/${work.providerId}`, 2);
  await aws.ensures.IssueCredentials({ ...work, generation: 2 }, attempt());
  expect(await signIn(chosen)).toEqual({ outcome: 'signed-in' });
});

test.each([
  ['GetLoginProfile', 'Throttling', 400],
  ['DeleteLoginProfile', 'EntityTemporarilyUnmodifiable', 409],
])('%s answering %s is tried again', async (operation, code, status) => {
  const issued = await issue();
  await aws.control.inject({ kind: 'error', service: 'iam', operation, code, status, times: 3 });
  const now = Date.parse(issued.expiresAt);
  expect(await settle(issued, { now })).toMatchObject({ kind: 'later' });
});

test('the user that IAM does not show yet is waited for', async () => {
  const code = 'NoSuchEntity';
  await deleteUser();
  await aws.control.inject({ kind: 'error', service: 'iam', operation: 'AddUserToGroup', code, status: 404 });
  expect(await aws.ensures.IssueCredentials(work, attempt())).toMatchObject({ kind: 'later' });
  await issue();
  expect((await iam().send(new GetUserCommand({ UserName: 'administrator' }))).User).toBeDefined();
});
