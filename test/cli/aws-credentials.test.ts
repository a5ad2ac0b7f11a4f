/** `partner-cloud-aws-credentials` prints the JSON that AWS's tools read, keeps the keys for their time, and signs people in. */
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { signIn } from '../../src/cli/aws-credentials/sign-in.js';
import { openAccountSessions } from '../../src/infrastructure/aws/credentials/account-sessions.js';
import { demoClient } from '../../src/infrastructure/identity/demo/people.js';
import { type DemoSignIn, serveDemoSignIn } from '../../src/infrastructure/identity/demo/server.js';
import { type Api, startApi } from '../support/api.js';
import { type Aws, makeHardenedAccount, startAws } from '../support/aws.js';
import { browserAt } from '../support/browser.js';
import { ended, startScript } from '../support/child.js';
import { acceptTerms, record, register, request } from '../support/people.js';
import { active, credentialsIssued } from '../support/story.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let aws: Aws;
let api: Api;
let demo: DemoSignIn;
let provider: string;
let accountId: string;

beforeAll(async () => {
  [aws, api] = await Promise.all([startAws(), startApi()]);
  demo = await serveDemoSignIn(join(api.folder, 'keys'), 0);
  const { settings } = api.dependencies;
  const limits = { ...settings.limits, commandLineSessionsPerHour: 10 };
  Object.assign(api.dependencies, { accountSessions: openAccountSessions(aws), settings: { ...settings, limits } });
  ({ accountId } = await makeHardenedAccount(aws));
  await register(api);
  provider = await request(api, 'first');
  await acceptTerms(api, provider);
  const story = active.slice(2, -1).map((event) => (event.type === 'AccountCreated' ? { ...event, accountId } : event));
  await record(api, provider, ...(story as typeof active), credentialsIssued());
});
afterAll(() => Promise.all([demo.close(), api.close(), aws.close()]));

const run = (cache: string, token: string | undefined, ...more: readonly string[]) => {
  const env = { XDG_CACHE_HOME: cache, ...(token !== undefined && { PARTNER_CLOUD_TOKEN: token }) };
  const args = ['--url', api.url, '--provider', provider, ...more];
  return ended(startScript('src/cli/aws-credentials.ts', args, env));
};

async function arnOf(printed: string): Promise<string> {
  const {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
  } = JSON.parse(printed);
  const credentials = { accessKeyId, secretAccessKey, sessionToken };
  const sts = new STSClient({ region: 'us-east-1', endpoint: aws.url, credentials });
  const { Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
  sts.destroy();
  return Arn;
}

test('prints keys that AWS takes, and the same ones again from a file of the user alone', async () => {
  const cache = temporaryFolder();
  const token = await api.issuer.issue('member');
  const first = await run(cache, token);
  expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
  expect(Object.keys(JSON.parse(first.stdout))).toEqual([
    ...['Version', 'AccessKeyId', 'SecretAccessKey', 'SessionToken', 'Expiration'],
  ]);
  expect(await arnOf(first.stdout)).toContain(`::${accountId}:assumed-role/CTLIntegrationReadOnlyRole/`);
  const folder = join(cache, 'partner-cloud');
  const [file = ''] = readdirSync(folder);
  expect([statSync(folder).mode & 0o777, statSync(join(folder, file)).mode & 0o777]).toEqual([0o700, 0o600]);
  const head = api.store.head();
  expect((await run(cache, await api.issuer.issue('member'))).stdout).toBe(first.stdout);
  expect(api.store.head()).toBe(head);
  chmodSync(join(folder, file), 0o644);
  const anew = await run(cache, token);
  expect([anew.code, anew.stdout === first.stdout]).toEqual([0, false]);
});

test('keys are printed again until five minutes before they end, and then they are new ones', async () => {
  const cache = temporaryFolder();
  const token = await api.issuer.issue('member');
  const { code, stdout: first, stderr } = await run(cache, token, '--role', 'read-only');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const folder = join(cache, 'partner-cloud');
  const [file = ''] = readdirSync(folder);
  const endingIn = (minutes: number): string => {
    const kept = { ...JSON.parse(first), Expiration: new Date(Date.now() + minutes * 60_000).toISOString() };
    writeFileSync(join(folder, file), JSON.stringify(kept));
    return kept.Expiration;
  };
  const expirationOf = async () => JSON.parse((await run(cache, token, '--role', 'read-only')).stdout).Expiration;
  const later = endingIn(6);
  expect(await expirationOf()).toBe(later);
  const soon = endingIn(4.9);
  expect(Date.parse(await expirationOf())).toBeGreaterThan(Date.parse(soon) + 5 * 60_000);
});

test('says in the words of the service why there are no keys, and prints nothing', async () => {
  const { code, stdout, stderr } = await run(temporaryFolder(), await api.issuer.issue('outsider'));
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/gives no keys \(404\): There is no such provider/);
});

test.each([
  [[], /PARTNER_CLOUD_TOKEN holds no token/],
  [['--role', 'root'], /--role: administrator and read-only/],
  [['--url', 'http://partner-cloud.example', '--issuer', 'https://login.example', '--client', 'x'], /--url: an https/],
  [['--provder', 'x'], /provder/],
] as const)('%j is answered with what would be right', async (args, words) => {
  const { code, stdout, stderr } = await run(temporaryFolder(), undefined, ...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(words);
  expect(stderr).toContain('Usage: partner-cloud-aws-credentials');
});

test('signs a person in through the browser, whose token the service takes', async () => {
  const options = { issuer: new URL(demo.url), client: demoClient, scope: 'openid' };
  const token = await signIn(options, async (address) => {
    const open = browserAt(demo.url);
    const { at } = await open((await open(address)).at.href, { person: 'administrator' });
    const forged = new URL(at.href);
    forged.searchParams.set('state', 'somebody-elses');
    expect((await fetch(forged)).status).toBe(404);
    expect((await fetch(at)).status).toBe(200);
  });
  const { code, stdout } = await run(temporaryFolder(), token, '--role', 'administrator');
  expect(code).toBe(0);
  expect(await arnOf(stdout)).toContain('assumed-role/CTLIntegrationAdminRole/');
});
