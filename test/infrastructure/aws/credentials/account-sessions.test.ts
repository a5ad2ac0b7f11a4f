/** Sessions open as one of our roles, for a person known by an opaque name, and it is said in words when they cannot. */

import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { SessionUnavailable } from '../../../../src/application/ports/account-sessions.js';
import { opaqueName, openAccountSessions } from '../../../../src/infrastructure/aws/credentials/account-sessions.js';
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
  const { url, goodForSeconds } = await openAccountSessions(aws).openConsole({ accountId, role, person });
  expect(goodForSeconds).toBe(900);
  const page = await fetch(url);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain(`arn:aws:sts::${accountId}:assumed-role/${roleName}/${person}`);
  expect((await fetch(url)).status).toBe(400);
});

test.each([
  ['administrator', 'CTLIntegrationAdminRole'],
  ['read-only', 'CTLIntegrationReadOnlyRole'],
] as const)('%s gets keys of %s, good for an hour at most', async (role, roleName) => {
  const { accountId } = await makeHardenedAccount(aws);
  const { expiresAt, ...keys } = await openAccountSessions(aws).openCommandLine({ accountId, role, person });
  expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(3_600_000);
  const sts = new STSClient({ region: 'us-east-1', endpoint: aws.settings.endpoint, credentials: keys });
  const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
  expect(Arn).toBe(`arn:aws:sts::${accountId}:assumed-role/${roleName}/${person}`);
  sts.destroy();
});

test('the session carries the person as source identity, and no duration goes to the federation endpoint', async () => {
  const { accountId } = await makeHardenedAccount(aws);
  await openAccountSessions(aws).openConsole({ accountId, role: 'administrator', person });
  const assumed = (await aws.control.calls({ operation: 'AssumeRole' })).at(-1);
  expect(assumed?.input).toMatchObject({ RoleSessionName: person, SourceIdentity: person });
  const [federated] = await aws.control.calls({ operation: 'getSigninToken' });
  expect(federated?.input).not.toHaveProperty('SessionDuration');
});

test('an account without our role is said to be closed to us, without secrets', async () => {
  const { accountId } = await makeAccount(aws);
  const opening = openAccountSessions(aws).openConsole({ accountId, role: 'administrator', person });
  await expect(opening).rejects.toThrow(SessionUnavailable);
  await expect(opening).rejects.toThrow(/does not let us into the account \(AssumeRole: AccessDenied, request /);
});

test('a federation endpoint that refuses or breaks off is said to be unavailable', async () => {
  const { accountId } = await makeHardenedAccount(aws);
  const open = () => openAccountSessions(aws).openConsole({ accountId, role: 'administrator', person });
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
