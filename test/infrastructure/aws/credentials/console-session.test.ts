/** The console opens as one of our roles, for a person known by an opaque name, and says so in words when it cannot. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ConsoleUnavailable } from '../../../../src/application/ports/console-sessions.js';
import { opaqueName, openConsoleSessions } from '../../../../src/infrastructure/aws/credentials/console-session.js';
import { type Aws, makeAccount, makeHardenedAccount, startAws } from '../../../support/aws.js';

let aws: Aws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());

const person = 'u-7f3a91';

test.each([
  ['administrator', 'CTLIntegrationAdminRole'],
  ['read-only', 'CTLIntegrationReadOnlyRole'],
] as const)('%s signs in as %s by a URL that works once', async (role, roleName) => {
  const { accountId } = await makeHardenedAccount(aws);
  const { url, goodForSeconds } = await openConsoleSessions(aws).open({ accountId, role, person });
  expect(goodForSeconds).toBe(900);
  const page = await fetch(url);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain(`arn:aws:sts::${accountId}:assumed-role/${roleName}/${person}`);
  expect((await fetch(url)).status).toBe(400);
});

test('the session carries the person as source identity, and no duration goes to the federation endpoint', async () => {
  const { accountId } = await makeHardenedAccount(aws);
  await openConsoleSessions(aws).open({ accountId, role: 'administrator', person });
  const assumed = (await aws.control.calls({ operation: 'AssumeRole' })).at(-1);
  expect(assumed?.input).toMatchObject({ RoleSessionName: person, SourceIdentity: person });
  const [federated] = await aws.control.calls({ operation: 'getSigninToken' });
  expect(federated?.input).not.toHaveProperty('SessionDuration');
});

test('an account without our role is said to be closed to us, without secrets', async () => {
  const { accountId } = await makeAccount(aws);
  const opening = openConsoleSessions(aws).open({ accountId, role: 'administrator', person });
  await expect(opening).rejects.toThrow(ConsoleUnavailable);
  await expect(opening).rejects.toThrow(/does not let us into the account \(AssumeRole: AccessDenied, request /);
});

test('a federation endpoint that refuses or breaks off is said to be unavailable', async () => {
  const { accountId } = await makeHardenedAccount(aws);
  const open = () => openConsoleSessions(aws).open({ accountId, role: 'administrator', person });
  await aws.control.inject({ kind: 'error', service: 'federation', operation: '*', status: 400, code: 'BadRequest' });
  await expect(open()).rejects.toThrow(/refused the session \(status 400\)/);
  await aws.control.inject({ kind: 'drop', service: 'federation', operation: '*' });
  await expect(open()).rejects.toThrow(/does not answer/);
});

test('a name that AWS would refuse is made fitting, and stays one of its own', () => {
  expect(opaqueName('u-7f3a91')).toBe('u-7f3a91');
  for (const odd of ['x', 'auth0|5f7c8ec7', 'aws:somebody', 'a'.repeat(200), 'Ä Ö Ü'])
    expect(opaqueName(odd)).toMatch(/^(?!aws:)[\w+=,.@-]{2,64}$/);
  expect(opaqueName('a|b')).not.toBe(opaqueName('a/b'));
});
