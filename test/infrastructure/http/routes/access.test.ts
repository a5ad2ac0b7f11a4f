/** Who may do what: a call without a good token or the right role fails and leaves no event; other organizations do not exist. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decodeJwt, importJWK, SignJWT } from 'jose';
import { type Action, actions, rolesFor } from '../../../../src/application/authorization/actions.js';
import type { Role } from '../../../../src/application/authorization/identity.js';
import { providers } from '../../../../src/application/streams/aggregates.js';
import { controllers } from '../../../../src/infrastructure/http/http.module.js';
import { permissionsPage } from '../../../../src/infrastructure/http/openapi/permissions.js';
import { servedRoutes } from '../../../../src/infrastructure/http/openapi/served-routes.js';
import { openDemoIssuer } from '../../../../src/infrastructure/identity/demo/issuer.js';
import { algorithm, openDemoKey } from '../../../../src/infrastructure/identity/demo/key.js';
import type { DemoPerson } from '../../../../src/infrastructure/identity/demo/people.js';
import { type Api, startApi } from '../../../support/api.js';
import {
  acceptTerms,
  fieldsOf,
  issue,
  key,
  production,
  register,
  request,
  subscribe,
  typeOf,
} from '../../../support/people.js';
import { eligible } from '../../../support/story.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

let api: Api;
let id: string;
let requestedAt: string;
/** Of the organization, and the one of an operator that tells of all. */
let webhook: string;
let webhookOfAll: string;

beforeAll(async () => {
  api = await startApi();
  await register(api);
  await register(api, 'globex');
  id = await request(api, 'first');
  requestedAt = String(api.store.head());
  webhook = await subscribe(api, 'first');
  webhookOfAll = await subscribe(api, 'first', 'operator');
  await acceptTerms(api, id);
  await issue(api, id, 'Correct-Horse-9-Battery');
});
afterAll(() => api.close());

const people = ['administrator', 'member', 'auditor', 'operator', 'service', 'portal', 'outsider'] as const;
const roleOf = (who: (typeof people)[number]): Role =>
  who === 'outsider' ? 'administrator' : who === 'portal' ? 'service' : who;

/** Every call that needs a token, with a body that is right, by its name in the table of roles. */
const rolledOut = { canaries: [], perHour: 60, stopAfterFailures: 3 };
const excepted = { owner: 'u-1', reason: 'A test.', until: '2027-01-01T00:00:00.000Z' };
const calls = (): [Action, string, string, unknown?][] => [
  ['reportOrganization', 'PUT', '/v1/organizations/initech', eligible],
  ['readCatalogue', 'GET', '/v1/me'],
  ['readCatalogue', 'GET', '/v1/territories'],
  ['readCatalogue', 'GET', '/v1/terms?territory=US'],
  ['readOptions', 'GET', '/v1/organizations/acme/options?territory=US'],
  ['requestProvider', 'POST', '/v1/organizations/acme/providers', production],
  ['tryRequest', 'POST', '/v1/organizations/acme/providers?dryRun=true', production],
  ['readProviders', 'GET', '/v1/organizations/acme/providers'],
  ['readProviders', 'GET', `/v1/providers/${id}`],
  ['readStatistics', 'GET', '/v1/statistics'],
  ['followChanges', 'GET', '/v1/changes'],
  ['readHistory', 'GET', `/v1/providers/${id}/history`],
  ['readHistory', 'GET', `/v1/providers/${id}/changes`],
  ['acceptTerms', 'POST', `/v1/providers/${id}/terms-acceptance`, { documents: [] }],
  ['tryAcceptance', 'POST', `/v1/providers/${id}/terms-acceptance?dryRun=true`, { documents: [] }],
  ['withdraw', 'POST', `/v1/providers/${id}/withdraw`],
  ['rename', 'POST', `/v1/providers/${id}/rename`, { name: 'Renamed' }],
  ['resume', 'POST', `/v1/providers/${id}/resume`],
  ['resumeHalted', 'POST', '/v1/resumptions', { reason: 'tried-here' }],
  ['revealCredentials', 'POST', `/v1/providers/${id}/credentials/reveal`],
  ['reissueCredentials', 'POST', `/v1/providers/${id}/credentials/reissue`],
  ['openConsole', 'POST', `/v1/providers/${id}/console-sessions`, { role: 'administrator' }],
  ['openReadOnlyConsole', 'POST', `/v1/providers/${id}/console-sessions`, { role: 'read-only' }],
  ['readHardening', 'GET', `/v1/providers/${id}/hardening`],
  ['checkHardening', 'POST', `/v1/providers/${id}/hardening-checks`],
  ['decideExceptions', 'PUT', `/v1/providers/${id}/exceptions/user%2FAIDA1%2Fglobal`, excepted],
  ['decideExceptions', 'DELETE', `/v1/providers/${id}/exceptions/user%2FAIDA1%2Fglobal`],
  ['listExceptions', 'GET', '/v1/exceptions'],
  ['openCommandLine', 'POST', `/v1/providers/${id}/cli-sessions`, { role: 'administrator' }],
  ['openReadOnlyCommandLine', 'POST', `/v1/providers/${id}/cli-sessions`, { role: 'read-only' }],
  ['readRollout', 'GET', '/v1/baseline-rollouts'],
  ['decideRollout', 'POST', '/v1/baseline-rollouts', { ...rolledOut, digest: `jcs1:${'0'.repeat(64)}` }],
  ['decideRollout', 'POST', '/v1/baseline-rollouts/pause'],
  ['decideRollout', 'POST', '/v1/baseline-rollouts/resume'],
  ['readOperations', 'GET', '/v1/payers'],
  ['readOperations', 'GET', '/v1/queue'],
  ['readOperations', 'GET', '/v1/projections'],
  ['readOperations', 'GET', '/v1/providers'],
  ['pauseVending', 'POST', '/v1/payers/payer-1/pause', { words: 'A test.' }],
  ['resumeVending', 'POST', '/v1/payers/payer-1/resume'],
  ['readGuardrails', 'GET', '/v1/payers/payer-1/guardrails'],
  ['applyGuardrails', 'POST', '/v1/payers/payer-1/guardrails', { digest: `jcs1:${'0'.repeat(64)}` }],
  ['readQuarantine', 'GET', '/v1/quarantine'],
  ['decideQuarantine', 'POST', '/v1/quarantine', { stream: `provider-${id}`, reason: 'A test.' }],
  ['decideQuarantine', 'POST', '/v1/quarantine/lift', { stream: `provider-${id}`, reason: 'A test.' }],
  ['readReconciliation', 'GET', '/v1/reconciliation'],
  ['reconcile', 'POST', '/v1/reconciliation'],
  ['subscribeWebhook', 'POST', '/v1/webhooks', { url: 'https://hooks.customer.example/' }],
  ['listWebhooks', 'GET', '/v1/webhooks'],
  ['readWebhook', 'GET', `/v1/webhooks/${webhook}`],
  ['changeWebhook', 'POST', `/v1/webhooks/${webhook}/rotate`],
  ['changeWebhook', 'POST', `/v1/webhooks/${webhook}/disable`, { words: 'A test.' }],
  ['changeWebhook', 'POST', `/v1/webhooks/${webhook}/enable`],
  ['changeWebhook', 'POST', `/v1/webhooks/${webhook}/replay`],
  ['changeWebhook', 'POST', `/v1/webhooks/${webhook}/test`],
  ['readWebhook', 'GET', `/v1/webhooks/${webhook}/deliveries`],
  ['changeWebhook', 'DELETE', `/v1/webhooks/${webhook}`],
  ['exportEvents', 'GET', '/v1/audit/events'],
  ['readEvidence', 'GET', `/v1/audit/providers/${id}/evidence`],
  ['verifyLog', 'POST', '/v1/audit/verify'],
  ['readHeads', 'GET', '/v1/audit/keys'],
  ['readHeads', 'GET', '/v1/audit/head'],
  ['readHeads', 'GET', '/v1/audit/consistency?from=1&to=1'],
  ['readHistory', 'GET', `/v1/providers/${id}/receipt?position=${requestedAt}`],
];

const head = () => api.store.head();
const forPerson = { 'x-actor': 'u-2c85d1e6f09b' };
const isService = (who: string): boolean => who === 'service' || who === 'portal';

async function statusOf(who: DemoPerson | 'nobody', [, method, path, body]: ReturnType<typeof calls>[number]) {
  const stop = new AbortController();
  // What an operator may not do to an organization's webhook, such as make a secret, has a test of its own.
  const own = who === 'operator' ? path.replace(webhook, webhookOfAll) : path;
  const response = await api.send(who, method, own, {
    body,
    headers: { ...key(`${who} ${path}`.replace(/\W/g, '')), ...(isService(who) && method !== 'GET' ? forPerson : {}) },
    signal: stop.signal,
  });
  stop.abort();
  return response.status;
}

test('every call of the table is made here, and every route that needs a token', () => {
  expect([...new Set(calls().map(([call]) => call))].sort()).toEqual(Object.keys(actions).sort());
  const made = calls().map(([call, method, path]) => `${call} ${method} ${path.split('?')[0]}`);
  const missing = servedRoutes(controllers).filter(({ action, method, path }) => {
    const form = new RegExp(`^${action} ${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '[^/]+')}$`);
    return action !== 'open' && !made.some((call) => form.test(call));
  });
  expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
});

test('the page about permissions is made of the tables of the code', () => {
  expect(readFileSync('docs/permissions.md', 'utf8')).toBe(permissionsPage(controllers));
});

/** A token of the administrator as our own issuer signs it, for whom it is told. */
async function tokenFor(audience: string): Promise<string> {
  const key = await openDemoKey(join(api.folder, 'keys'));
  return new SignJWT({ roles: ['administrator'], organization: 'acme' })
    .setProtectedHeader({ alg: algorithm, ...(key.kid && { kid: key.kid }) })
    .setIssuer(api.issuer.issuer)
    .setAudience(audience)
    .setSubject('u-7f3a91c04be2')
    .setExpirationTime('1h')
    .sign(await importJWK(key, algorithm));
}

test('without a good token no call is served, and nothing is recorded', async () => {
  const good = await tokenFor(api.issuer.audience);
  const [header = '', claims = '', signature = ''] = good.split('.');
  const more = Buffer.from(JSON.stringify({ ...decodeJwt(good), roles: ['operator', 'auditor'] })).toString(
    'base64url',
  );
  const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  const bad: Readonly<Record<string, string>> = {
    expired: await api.issuer.issue('administrator', { lifetime: -3_600 }),
    'for another audience': await tokenFor('somebody-else'),
    'with more roles than were signed': [header, more, signature].join('.'),
    'not signed': [none, claims, ''].join('.'),
    "a stranger's": await (await openDemoIssuer(temporaryFolder())).issue('administrator'),
  };
  const authorization = { authorization: `Bearer ${good}` };
  expect((await api.send('nobody', 'GET', '/v1/me', { headers: authorization })).status).toBe(200);
  const before = head();
  for (const call of calls()) {
    expect([call[2], await statusOf('nobody', call)]).toEqual([call[2], 401]);
    for (const [what, token] of Object.entries(bad)) {
      const [, method, path, body] = call;
      const { status } = await api.send('nobody', method, path, {
        body,
        headers: { authorization: `Bearer ${token}` },
      });
      expect([path, what, status]).toEqual([path, what, 401]);
    }
  }
  expect(head()).toBe(before);
});

test('a role that may not make a call is refused, and nothing is recorded', async () => {
  const before = head();
  for (const call of calls())
    for (const who of people) {
      if (!rolesFor(call[0]).includes(roleOf(who)))
        expect([call[2], who, await statusOf(who, call)]).toEqual([call[2], who, 403]);
    }
  expect(head()).toBe(before);
});

test("another organization's things do not exist, and nothing is recorded", async () => {
  const before = head();
  const ofOrganizations = calls().filter(
    ([call, , path]) => /acme|v1\/(providers|webhooks)\//.test(path) && call !== 'decideExceptions',
  );
  expect(ofOrganizations).toHaveLength(29);
  for (const call of ofOrganizations) expect([call[2], await statusOf('outsider', call)]).toEqual([call[2], 404]);
  const service = { organizations: ['globex'], mayAcceptTerms: true };
  const authorization = `Bearer ${await api.issuer.issue('service', { service })}`;
  const ofServices = [...ofOrganizations, ...calls().slice(0, 1)].filter(([call]) =>
    rolesFor(call).includes('service'),
  );
  expect(ofServices).toHaveLength(14);
  for (const [, method, path, body] of ofServices) {
    const headers = { ...key('of-globex'), ...forPerson, authorization };
    expect([path, (await api.send('nobody', method, path, { body, headers })).status]).toEqual([path, 404]);
  }
  expect(head()).toBe(before);
});

test('who may make a call gets past the guard', async () => {
  for (const call of calls())
    for (const role of rolesFor(call[0])) {
      const who = role === 'service' && call[0] !== 'reportOrganization' ? 'portal' : role;
      expect([call[2], who, [401, 403, 404].includes(await statusOf(who, call))]).toEqual([call[2], who, false]);
    }
});

test.each([
  ['no header', undefined, /missing/],
  ['another scheme', 'Basic YTpi', /bearer/],
  ['a token of nonsense', 'Bearer nonsense', /JWT/],
  ['two tokens', 'Bearer a b', /bearer/],
])('%s is refused with a challenge', async (_, authorization, words) => {
  const headers = new Headers(authorization === undefined ? {} : { authorization });
  const answer = await api.call('nobody', 'GET', '/v1/territories', { headers: Object.fromEntries(headers) });
  expect([answer.status, typeOf(answer), fieldsOf(answer)]).toEqual([401, 'unauthenticated', ['Authorization']]);
  expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="partner-cloud"/);
  expect(answer.body.detail).toMatch(words);
});

test('an expired token and one with a changed signature are refused', async () => {
  const expired = await api.issuer.issue('administrator', { lifetime: -3600 });
  const good = await api.issuer.issue('administrator');
  const forged = `${good.slice(0, good.lastIndexOf('.'))}.${'A'.repeat(86)}`;
  for (const [token, words] of [
    [expired, /expired/],
    [forged, /signature/],
  ] as const) {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await api.call('nobody', 'GET', '/v1/territories', { headers });
    expect(answer.status).toBe(401);
    expect(answer.body.detail).toMatch(words);
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(answer.text).not.toContain(token);
  }
});

test('a token that a stranger signed in the name of our issuer is refused', async () => {
  const stranger = await openDemoIssuer(temporaryFolder());
  const headers = { authorization: `Bearer ${await stranger.issue('administrator')}` };
  const answer = await api.call('nobody', 'GET', '/v1/territories', { headers });
  expect([answer.status, typeOf(answer), fieldsOf(answer)]).toEqual([401, 'unauthenticated', ['Authorization']]);
  expect(answer.body.detail).toMatch(/a key that the identity provider does not publish/);
});

test.each(['console-sessions', 'cli-sessions'])(
  'a member opens %s read-only and never as administrator',
  async (what) => {
    const open = (role: string) => api.call('member', 'POST', `/v1/providers/${id}/${what}`, { body: { role } });
    const before = head();
    const refused = await open('administrator');
    expect([refused.status, fieldsOf(refused)]).toEqual([403, ['role']]);
    expect(head()).toBe(before);
  },
);

test('only an administrator is offered a new account', async () => {
  const options = async (who: DemoPerson) => {
    const { body } = await api.call(who, 'GET', '/v1/organizations/acme/options?territory=US');
    return (body.items as { origin: string; offered: boolean }[]).filter(({ offered }) => offered);
  };
  expect(await options('administrator')).toMatchObject([{ origin: 'new' }]);
  expect(await options('member')).toEqual([]);
});

test('an event names its actor by an opaque id and the role acted in', async () => {
  const { state, position } = await api.dependencies.streams.load(providers, id);
  expect(state.stage).not.toBe('unknown');
  const { body } = await api.call('auditor', 'GET', `/v1/providers/${id}/history?minPosition=${position}`);
  expect((body.items as unknown[])[0]).toMatchObject({
    type: 'ProviderRequested',
    actor: 'https://demo.partner-cloud.example#u-7f3a91c04be2',
    role: 'administrator',
  });
});

test('the payer is shown to the reseller and not to the customer', async () => {
  const read = async (who: DemoPerson, what: string) => (await api.call(who, 'GET', `/v1/providers/${id}${what}`)).text;
  for (const what of ['', '/history']) {
    expect(await read('operator', what)).toContain('payer-1');
    expect(await read('administrator', what)).not.toContain('payer-1');
  }
});
