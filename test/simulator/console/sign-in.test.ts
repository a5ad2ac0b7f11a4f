/** Signing in at the console's page, as a person in a browser and through the control API. */
import {
  CreateLoginProfileCommand,
  CreateUserCommand,
  GetLoginProfileCommand,
  IAMClient,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type RunningSimulator, startSimulator } from '../../support/simulator.js';

const account = '210987654321';
const temporary = 'Temporary-Passw0rd!';
const chosen = 'Chosen-by-me-4711';
let simulator: RunningSimulator;
let iam: IAMClient;

beforeEach(async () => {
  simulator = await startSimulator();
  iam = new IAMClient({
    region: 'us-east-1',
    endpoint: simulator.url,
    credentials: { accessKeyId: 'ASIASIMULATOR00000001', secretAccessKey: 'simulator-secret' },
  });
  await iam.send(
    new UpdateAccountPasswordPolicyCommand({
      MinimumPasswordLength: 14,
      RequireNumbers: true,
      AllowUsersToChangePassword: true,
    }),
  );
  await iam.send(new CreateUserCommand({ UserName: 'ann' }));
  await iam.send(new CreateLoginProfileCommand({ UserName: 'ann', Password: temporary, PasswordResetRequired: true }));
});

afterEach(() => simulator.close());

async function post(form: Record<string, string>) {
  const body = new URLSearchParams({ account, userName: 'ann', ...form });
  const response = await fetch(`${simulator.url}/signin/${account}/console`, { method: 'POST', body });
  return { status: response.status, page: await response.text() };
}

const resetRequired = async () =>
  (await iam.send(new GetLoginProfileCommand({ UserName: 'ann' }))).LoginProfile?.PasswordResetRequired;

test('the page asks who it is, and loads nothing from elsewhere', async () => {
  const response = await fetch(`${simulator.url}/signin/${account}/console`);
  const page = await response.text();
  expect(response.status).toBe(200);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(response.headers.get('cache-control')).toBe('no-store');
  for (const name of ['account', 'userName', 'password']) expect(page).toContain(`name="${name}"`);
  expect(page).toContain(`value="${account}"`);
});

test('a temporary password leads to a new one, and then in', async () => {
  const first = await post({ password: temporary });
  expect(first).toMatchObject({ status: 200, page: expect.stringContaining('You must change your password') });
  expect(first.page).not.toContain(temporary);
  expect(await resetRequired()).toBe(true);

  const change = { password: temporary, newPassword: chosen, newPasswordAgain: chosen };
  const second = await post(change);
  expect(second).toMatchObject({ status: 200, page: expect.stringContaining('You are signed in') });
  expect(second.page).toContain(`arn:aws:iam::${account}:user/ann`);
  expect(await resetRequired()).toBe(false);

  expect((await post({ password: temporary })).status).toBe(401);
  expect((await post({ password: chosen })).page).toContain('You are signed in');
});

test('a new password that is typed differently or against the policy in force changes nothing', async () => {
  const differently = await post({ password: temporary, newPassword: chosen, newPasswordAgain: `${chosen}!` });
  expect(differently).toMatchObject({ status: 400, page: expect.stringContaining('are not the same') });
  const short = await post({ password: temporary, newPassword: 'short-1', newPasswordAgain: 'short-1' });
  expect(short).toMatchObject({ status: 400, page: expect.stringContaining('class="refused"') });
  expect(await resetRequired()).toBe(true);
});

test.each([
  ['another password', { password: 'wrong' }],
  ['another user', { userName: 'bob', password: temporary }],
  ['another account', { account: '111122223333', password: temporary }],
])('%s is refused without saying what was wrong', async (_what, form) => {
  expect(await post(form)).toMatchObject({
    status: 401,
    page: expect.stringContaining('Your authentication information is incorrect. Please try again.'),
  });
});

test('what is typed comes back as text, never as HTML', async () => {
  const { page } = await post({ userName: '"><script>alert(1)</script>', password: 'x' });
  expect(page).not.toContain('<script>');
  expect(page).toContain('&quot;&gt;&lt;script&gt;');
});

test('other methods and paths are not pages', async () => {
  expect((await fetch(`${simulator.url}/signin/${account}/console`, { method: 'DELETE' })).status).toBe(405);
  expect((await fetch(`${simulator.url}/signin/elsewhere`)).status).toBe(404);
});

test('the control API signs in the same way', async () => {
  const who = { account, userName: 'ann' };
  expect(await simulator.control.signIn({ ...who, password: temporary })).toEqual({ outcome: 'new-password-required' });
  expect(await simulator.control.signIn({ ...who, password: temporary, newPassword: 'short' })).toMatchObject({
    outcome: 'new-password-refused',
  });
  expect(await simulator.control.signIn({ ...who, password: temporary, newPassword: chosen })).toEqual({
    outcome: 'signed-in',
  });
  expect(await simulator.control.signIn({ ...who, password: 'wrong' })).toMatchObject({ outcome: 'refused' });
});

test('no password is in the record of calls', async () => {
  await post({ password: temporary });
  await simulator.control.signIn({ account, userName: 'ann', password: temporary, newPassword: chosen });
  const calls = await simulator.control.calls();
  expect(calls.filter(({ operation }) => operation === 'ConsoleLogin')).toHaveLength(2);
  expect(calls.find(({ operation }) => operation === 'CreateLoginProfile')?.input).toEqual({
    UserName: 'ann',
    Password: '***',
    PasswordResetRequired: 'true',
  });
  expect(JSON.stringify(calls)).not.toContain(temporary);
  expect(JSON.stringify(calls)).not.toContain(chosen);
});
