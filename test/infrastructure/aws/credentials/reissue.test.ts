/** A reissue is handed out only once nothing that was sent before can undo it: IAM has no way to refuse a late request. */
import { DeleteLoginProfileCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { CredentialsWork, StepResult } from '../../../../src/application/ports/ensures.js';
import { StrayRequests, strayLifeMs } from '../../../../src/infrastructure/aws/calls/stray-requests.js';
import { type Aws, attempt, eventually, makeHardenedAccount, startAws } from '../../../support/aws.js';

let aws: Aws;
let work: CredentialsWork;
beforeEach(async () => {
  aws = await startAws();
  const account = await makeHardenedAccount(aws);
  work = { ...account, generation: 2, resetMfa: false, sentSince: new Date().toISOString() };
  await eventually(aws.ensures.IssueCredentials, { ...work, generation: 1 });
});
afterEach(() => aws.close());

const kept = (generation: number) => aws.vault.get(`credentials/${work.providerId}`, generation);
const signIn = async (generation: number) => {
  const secret = await kept(generation);
  const password = secret.state === 'kept' ? secret.value : '';
  return (await aws.control.signIn({ account: work.accountId, userName: 'administrator', password })).outcome;
};
const times = async (operation: string) => (await aws.control.calls({ operation })).length;

const issued = { kind: 'fact', event: { type: 'CredentialsIssued', generation: 2 } };
const settling = { kind: 'delayed', reason: 'password-settling' };
const waitOf = (result: StepResult): number => ('retryAfterMs' in result ? (result.retryAfterMs ?? 0) : 0);

test('where no request can be on its way, the new password is handed out at once', async () => {
  expect(await aws.ensures.IssueCredentials(work, attempt())).toMatchObject(issued);
  expect(await signIn(2)).toBe('new-password-required');
});

test('the former secret is gone once the password is replaced, also where nobody ever claimed it', async () => {
  expect(await kept(1)).toMatchObject({ state: 'kept' });
  await aws.ensures.IssueCredentials(work, attempt());
  expect(await kept(1)).toEqual({ state: 'destroyed' });
});

test('an UpdateLoginProfile whose answer was lost is outlived before the password is handed out, and not sent again', async () => {
  await aws.control.inject({ kind: 'drop', service: 'iam', operation: 'UpdateLoginProfile' });
  const now = Date.now();
  expect(await aws.ensures.IssueCredentials(work, attempt({ now }))).toMatchObject({ kind: 'later' });
  const second = await aws.ensures.IssueCredentials(work, attempt({ now: now + 1_000 }));
  expect(second).toMatchObject(settling);
  const sent = await times('UpdateLoginProfile');
  const early = now + 1_000 + waitOf(second) - 1;
  expect(await aws.ensures.IssueCredentials(work, attempt({ now: early }))).toMatchObject(settling);
  expect(await aws.ensures.IssueCredentials(work, attempt({ now: early + 1 }))).toMatchObject(issued);
  expect(await times('UpdateLoginProfile')).toBe(sent);
});

test('what took the password away meanwhile is made good before it is handed out', async () => {
  const other = aws.restarted({}, { since: undefined });
  const now = Date.now();
  expect(await other.ensures.IssueCredentials(work, attempt({ now }))).toMatchObject(settling);
  const { iam } = aws.access.account(work, 'automation');
  await iam.send(new DeleteLoginProfileCommand({ UserName: 'administrator' }));
  const after = attempt({ now: now + strayLifeMs });
  expect(await other.ensures.IssueCredentials(work, after)).toMatchObject({ kind: 'later' });
  expect(await other.ensures.IssueCredentials(work, after)).toMatchObject(issued);
  expect(await signIn(2)).toBe('new-password-required');
});

test('a process that has just started outlives what the one before it may have sent', async () => {
  const now = Date.now();
  const { ensures } = aws.restarted({}, { since: now + 1 });
  const first = await ensures.IssueCredentials(work, attempt({ now: now + 2 }));
  expect(first).toMatchObject(settling);
  const later = { ...work, sentSince: new Date(now + 60_000).toISOString() };
  const fresh = aws.restarted({}, { since: now + 1 });
  expect(
    await fresh.ensures.IssueCredentials({ ...later, generation: 3 }, attempt({ now: now + 60_001 })),
  ).toMatchObject({
    event: { type: 'CredentialsIssued', generation: 3 },
  });
});

test('an expiry leaves the password alone that has been replaced already', async () => {
  await aws.vault.putIfAbsent(`credentials/${work.providerId}`, 2, 'The-next-password-2026!');
  const [issuedAt, expiresAt] = [3_600_000, 1].map((ms) => new Date(Date.now() - ms).toISOString()) as [string, string];
  const expired = { ...work, generation: 1, issuedAt, expiresAt, mfaSeen: false };
  expect(await aws.ensures.SettleCredentials(expired, attempt())).toMatchObject({ kind: 'later' });
  expect(await times('DeleteLoginProfile')).toBe(0);
});

test.each([
  ['nobody knows who else sends', undefined, '2026-01-01T00:00:00.000Z', false],
  ['it was sent by this process, whose every answer came', 0, '2026-01-01T00:00:00.000Z', true],
  ['it may have been sent before this process began, a minute ago', 60_000, undefined, false],
  ['it may have been sent before this process began, long ago', strayLifeMs, undefined, true],
])('whether a stray is ruled out when %s', (_, beganAgoMs, sentSince, ruledOut) => {
  const now = Date.parse('2026-01-01T01:00:00.000Z');
  const strays = new StrayRequests(beganAgoMs === undefined ? undefined : beganAgoMs === 0 ? 0 : now - beganAgoMs);
  expect(strays.none({ accountId: '1', ...(sentSince ? { sentSince } : {}) }, now)).toBe(ruledOut);
});

test('a refusal that was read leaves no stray behind, a broken connection does', async () => {
  const strays = new StrayRequests(0);
  const now = 10 * strayLifeMs;
  const fail = (error: object) => strays.watch('1', now, () => Promise.reject(error)).catch(() => undefined);
  await fail({ name: 'EntityTemporarilyUnmodifiableException', $metadata: { httpStatusCode: 409 } });
  expect(strays.none({ accountId: '1' }, now + 1_000)).toBe(true);
  await fail({ name: 'TimeoutError', $metadata: {} });
  expect(strays.none({ accountId: '1' }, now + 1_000)).toBe(false);
  expect(strays.none({ accountId: '2' }, now + 1_000)).toBe(true);
  expect(strays.none({ accountId: '1' }, now + strayLifeMs)).toBe(true);
});
