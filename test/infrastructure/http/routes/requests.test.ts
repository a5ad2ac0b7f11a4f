/** Every bad request gets the right status and a problem that names the field; every good one happens once. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, type Api, startApi } from '../../../support/api.js';
import {
  acceptTerms,
  currentDocuments,
  fieldsOf,
  issue,
  key,
  production,
  record,
  register,
  request,
  typeOf,
} from '../../../support/people.js';
import { accountCreated, eligible, halted, payerAssigned } from '../../../support/story.js';

let api: Api;

beforeAll(async () => {
  api = await startApi();
  await register(api);
});
afterAll(() => api.close());

const providersPath = '/v1/organizations/acme/providers';
const post = (path: string, body?: unknown, headers = {}): Promise<Answer> =>
  api.call('administrator', 'POST', path, { body, headers });

function expectProblem(answer: Answer, status: number, type: string, ...fields: string[]): void {
  expect([answer.status, typeOf(answer), fieldsOf(answer)]).toEqual([status, type, fields]);
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answer.body).toMatchObject({ status, traceId: answer.headers.get('x-request-id') });
  expect(String(answer.body.detail).length).toBeGreaterThan(10);
}

test('a request is answered with where the provider is and what to wait for', async () => {
  const answer = await post(providersPath, { ...production, name: '  Prod  ' }, key('request-1'));
  const { id, position } = answer.body;
  expect(answer.status).toBe(201);
  expect(answer.headers.get('location')).toBe(`/v1/providers/${id}`);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const { head: _, ...said } = answer.body;
  expect(said).toEqual({
    id,
    position,
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    stage: 'requested',
    name: 'Prod',
  });
  const status = await api.call('member', 'GET', `/v1/providers/${id}?minPosition=${position}`);
  expect(status.body).toMatchObject({ id, stage: 'requested', name: 'Prod', organization: 'acme', position });
});

test('a dry run of a request tells what it would come to, and records nothing', async () => {
  const before = api.store.head();
  const dry = await post(`${providersPath}?dryRun=true`, production, key('dry-1'));
  expect(dry.status).toBe(200);
  expect(dry.body).toMatchObject({
    dryRun: true,
    reasons: [],
    events: [{ type: 'ProviderRequested', data: { organization: 'acme', name: 'Production', territory: 'US' } }],
    prospect: { slotFree: true, queue: { position: 1, ahead: 0 } },
  });
  expect(dry.text).not.toMatch(/rootEmail|payer-1/);
  const { etaRange, steps } = dry.body.prospect as { etaRange: Record<string, number>; steps: unknown[] };
  expect(Number(etaRange.fromSeconds)).toBeLessThan(Number(etaRange.toSeconds));
  expect(steps).toContainEqual(
    expect.objectContaining({ step: 'CreateAccount', calls: ['organizations:CreateAccount'] }),
  );
  expect(api.store.head()).toBe(before);
  const real = await post(providersPath, production, key('dry-1'));
  expect(real.body.id).toBe(dry.body.id);
  const again = await post(`${providersPath}?dryRun=true`, production, key('dry-1'));
  expect(again.body).toEqual({ dryRun: true, id: dry.body.id, events: [], reasons: [] });
});

test('a dry run of an acceptance is refused as it would be, and tells what would follow', async () => {
  const id = await request(api, 'dry-2');
  const before = api.store.head();
  const path = `/v1/providers/${id}/terms-acceptance?dryRun=true`;
  expectProblem(await post(path, { documents: [] }), 409, 'stale-terms', 'documents', 'documents');
  const dry = await post(path, { documents: await currentDocuments(api) });
  expect(dry.body).toMatchObject({ id, events: [{ type: 'TermsAccepted' }], prospect: { slotFree: true } });
  const strange = await post(`/v1/providers/${id}/terms-acceptance?dryRun=yes`, { documents: [] });
  expectProblem(strange, 400, 'invalid', 'dryRun');
  expect(api.store.head()).toBe(before);
});

test('a dry run tells every reason of an organization that would be refused, and why a slot would be waited for', async () => {
  await register(api, 'globex', { ...eligible, billable: false, demo: true });
  const ask = (who: 'outsider' | 'administrator', organization: string) =>
    api.call(who, 'POST', `/v1/organizations/${organization}/providers?dryRun=true`, {
      body: production,
      headers: key('dry-3'),
    });
  const refused = await ask('outsider', 'globex');
  expect(refused.body).toMatchObject({
    events: [{ type: 'ProviderRefused' }],
    reasons: [{ reason: 'not-billable' }, { reason: 'demo' }],
  });
  expect(refused.body).not.toHaveProperty('prospect');
  await api.call('operator', 'POST', '/v1/payers/all/pause', { body: { words: 'A test.' } });
  const { body } = await ask('administrator', 'acme');
  expect(body.prospect).toMatchObject({ slotFree: false, waitsFor: { reason: 'vending-paused' } });
  expect(body.prospect).not.toHaveProperty('etaRange');
  await api.call('operator', 'POST', '/v1/payers/all/resume');
});

test('a request repeated gives the same provider and records nothing', async () => {
  const first = await post(providersPath, production, key('request-2'));
  const again = await post(providersPath, { territory: 'US', origin: 'new', name: 'Production' }, key('request-2'));
  expect(again.status).toBe(201);
  expect(again.body).toEqual(first.body);
});

test('a request repeated with another body is refused', async () => {
  await post(providersPath, production, key('request-3'));
  const other = await post(providersPath, { ...production, name: 'Other' }, key('request-3'));
  expectProblem(other, 422, 'idempotency-key-reused', 'Idempotency-Key');
});

test.each([
  ['no key', {}],
  ['an empty key', key('')],
  ['a key with a space', key('a b')],
  ['a key that is too long', key('k'.repeat(256))],
])('a request with %s is refused', async (_, headers) => {
  expectProblem(await post(providersPath, production, headers), 400, 'invalid', 'Idempotency-Key');
});

test.each([
  ['no name', { origin: 'new', territory: 'US' }, ['name']],
  ['an empty name', { ...production, name: '' }, ['name']],
  ['a blank name', { ...production, name: '   ' }, ['name']],
  ['a name that is too long', { ...production, name: 'n'.repeat(65) }, ['name']],
  ['a name that cannot be printed', { ...production, name: 'a\u0000b' }, ['name']],
  ['a name that is a number', { ...production, name: 7 }, ['name']],
  ['another origin', { ...production, origin: 'stolen' }, ['origin']],
  ['an unknown territory', { ...production, territory: 'ZZ' }, ['territory']],
  ['a territory of another form', { ...production, territory: 'U S' }, ['territory']],
  ['a field we do not know', { ...production, payer: 'payer-1' }, ['payer']],
  ['nothing right', {}, ['name', 'origin', 'territory']],
  ['a list', [production], ['body']],
])('a request with %s is refused', async (_, body, fields) => {
  expectProblem(await post(providersPath, body, key('malformed')), 400, 'invalid', ...fields);
});

test('a name is refused with its length and what is allowed', async () => {
  const { body } = await post(providersPath, { ...production, name: 'n'.repeat(71) }, key('long'));
  expect(body.errors).toEqual([
    { field: 'name', problem: 'has 71 characters, at most 64 are allowed', allowed: '1 to 64 printable characters' },
  ]);
});

test('a body that is no JSON, too large or of another type is refused', async () => {
  const send = (body: string, type = 'application/json') =>
    api.call('administrator', 'POST', providersPath, { body, headers: { ...key('b'), 'content-type': type } });
  expectProblem(await send('{"name":'), 400, 'malformed-body', 'body');
  expectProblem(await send('{"__proto__":{}}'), 400, 'malformed-body', 'body');
  expectProblem(await send(JSON.stringify({ name: 'n'.repeat(70_000) })), 413, 'body-too-large', 'body');
  expectProblem(
    await send('name=x', 'application/x-www-form-urlencoded'),
    415,
    'unsupported-media-type',
    'Content-Type',
  );
});

test('an ineligible organization is refused with every reason and the contact, on record', async () => {
  const facts = { ...eligible, billable: false, staff: true, officeTerritories: [] };
  await register(api, 'globex', facts);
  const send = () =>
    api.call('outsider', 'POST', '/v1/organizations/globex/providers', { body: production, headers: key('g') });
  const answer = await send();
  expectProblem(answer, 422, 'ineligible', 'organization', 'organization', 'territory');
  expect(answer.body).toMatchObject({
    contact: 'cloud-support@reseller.example',
    reasons: [{ reason: 'not-billable' }, { reason: 'staff' }, { reason: 'no-office-in-territory' }],
  });
  const history = `/v1/providers/${answer.body.id}/history?minPosition=${answer.body.position}`;
  const { body } = await api.call('outsider', 'GET', history);
  expect(body.items).toMatchObject([{ type: 'ProviderRefused' }]);
  expect((await send()).body).toEqual({ ...answer.body, traceId: expect.any(String) });
});

test('an organization that is not known is not found', async () => {
  const answer = await api.call('operator', 'GET', '/v1/organizations/initech/options?territory=US');
  expectProblem(answer, 404, 'not-found', 'organization');
});

test('terms are accepted once, and a repeat records nothing', async () => {
  const id = await request(api, 'terms-1');
  const first = await acceptTerms(api, id);
  expect([first.status, first.body.stage]).toEqual([200, 'accepted']);
  expect((await acceptTerms(api, id)).body).toEqual(first.body);
});

test('stale terms are refused with what is current', async () => {
  const id = await request(api, 'terms-2');
  const documents = await currentDocuments(api);
  const stale = documents.map((document, n) => (n === 0 ? document : { ...document, version: '2001-01' }));
  const answer = await post(`/v1/providers/${id}/terms-acceptance`, { documents: stale });
  expectProblem(answer, 409, 'stale-terms', 'documents[1].version');
  expect(answer.body.current).toEqual(documents.map((document) => ({ ...document, territory: 'US' })));
});

test.each([
  ['no documents', {}, ['documents']],
  ['documents that are none', { documents: [7] }, ['documents']],
  ['a list in a list', { documents: [[]] }, ['documents']],
  [
    'a document with everything wrong',
    { documents: [{ party: 'us', version: 'a b', digest: 'XYZ' }] },
    ['documents[0].party', 'documents[0].version', 'documents[0].digest'],
  ],
])('an acceptance with %s is refused', async (_, body, fields) => {
  const id = await request(api, 'terms-3');
  expectProblem(await post(`/v1/providers/${id}/terms-acceptance`, body), 400, 'invalid', ...fields);
});

test('terms are refused once the organization is no longer eligible', async () => {
  const id = await request(api, 'terms-4');
  await register(api, 'acme', { ...eligible, reseller: true });
  const answer = await acceptTerms(api, id);
  await register(api);
  expectProblem(answer, 422, 'ineligible', 'organization');
  expect(answer.body).toMatchObject({ contact: 'cloud-support@reseller.example', reasons: [{ reason: 'reseller' }] });
});

const uses = [
  ['credentials/reveal', {}],
  ['console-sessions', { role: 'read-only' }],
] as const;

test('what comes out of order is refused in words', async () => {
  const id = await request(api, 'order-1');
  expectProblem(await post(`/v1/providers/${id}/credentials/reissue`), 409, 'wrong-stage', 'id');
  for (const [call, body] of uses) {
    const answer = await post(`/v1/providers/${id}/${call}`, body);
    expectProblem(answer, 409, 'wrong-stage', 'id');
    expect(answer.body.detail).toBe('The terms are not accepted yet; the AWS account is made once they are.');
  }
  await acceptTerms(api, id);
  await record(api, id, payerAssigned(), accountCreated());
  expectProblem(await post(`/v1/providers/${id}/withdraw`), 409, 'wrong-stage', 'id');
});

test('a call that takes no body refuses one', async () => {
  const id = await request(api, 'order-3');
  expectProblem(await post(`/v1/providers/${id}/withdraw`, { force: true }), 400, 'invalid', 'force');
  expect((await post(`/v1/providers/${id}/withdraw`, {})).status).toBe(200);
});

test('a withdrawn provider accepts no terms any more', async () => {
  const id = await request(api, 'order-2');
  expect((await post(`/v1/providers/${id}/withdraw`)).body.stage).toBe('withdrawn');
  expectProblem(await acceptTerms(api, id), 409, 'wrong-stage', 'id');
  for (const [call, body] of uses)
    expect((await post(`/v1/providers/${id}/${call}`, body)).body.detail).toMatch(/was withdrawn/);
});

test('a rename is made once for its key, whatever comes between', async () => {
  const id = await request(api, 'rename-1');
  const rename = (name: string, k: string) => post(`/v1/providers/${id}/rename`, { name }, key(k));
  const first = await rename('One', 'rename-a');
  await rename('Two', 'rename-b');
  expect((await rename('One', 'rename-a')).body).toEqual({ ...first.body, name: 'Two' });
  expectProblem(await rename('Three', 'rename-a'), 422, 'idempotency-key-reused', 'Idempotency-Key');
  expectProblem(await rename('n'.repeat(65), 'rename-c'), 400, 'invalid', 'name');
});

test('an operator resumes what has halted', async () => {
  const id = await request(api, 'resume-1');
  await acceptTerms(api, id);
  await record(api, id, payerAssigned(), halted());
  const answer = await api.call('operator', 'POST', `/v1/providers/${id}/resume`);
  expect([answer.status, answer.body.stage]).toEqual([200, 'resumed']);
});

test('the temporary password is shown, counted, limited, and never cached', async () => {
  const id = await request(api, 'reveal-1');
  await acceptTerms(api, id);
  await issue(api, id, 'Correct-Horse-9-Battery');
  const reveal = () => post(`/v1/providers/${id}/credentials/reveal`);
  const shown = await reveal();
  expect(shown.status).toBe(200);
  expect(shown.headers.get('cache-control')).toBe('no-store');
  expect(shown.body).toMatchObject({ userName: 'administrator', temporaryPassword: 'Correct-Horse-9-Battery' });
  expect(api.nudged).toContain(id);
  const history = `/v1/providers/${id}/history?minPosition=${shown.body.position}`;
  const { items } = (await api.call('member', 'GET', history)).body as { items: { type: string; position: string }[] };
  expect(items.at(-1)).toMatchObject({ type: 'CredentialsRevealed', position: shown.body.position });
  await reveal();
  const limited = await reveal();
  expectProblem(limited, 429, 'rate-limited', 'id');
  expect(limited.headers.get('retry-after')).toBe(String(limited.body.retryAfterSeconds));
  expect(limited.body.detail).toMatch(/try again in \d+ minutes/);
});

test('new credentials are asked for once', async () => {
  const id = await request(api, 'reissue-1');
  await acceptTerms(api, id);
  await issue(api, id, 'Correct-Horse-9-Battery');
  const reissue = (body?: unknown) => post(`/v1/providers/${id}/credentials/reissue`, body);
  const first = await reissue({ resetMfa: true });
  expect([first.status, first.body.stage]).toEqual([200, 'active']);
  expect((await reissue()).body).toEqual(first.body);
  expectProblem(await reissue({ resetMfa: null }), 400, 'invalid', 'resetMfa');
});

test('a console that AWS does not open is a problem to try again', async () => {
  const id = await request(api, 'console-1');
  await acceptTerms(api, id);
  await issue(api, id, 'Correct-Horse-9-Battery');
  const open = (body: unknown) => post(`/v1/providers/${id}/console-sessions`, body);
  const answer = await open({ role: 'administrator' });
  expectProblem(answer, 503, 'console-unavailable');
  expect(answer.headers.get('retry-after')).toBe('30');
  expectProblem(await open({ role: 'root' }), 400, 'invalid', 'role');
  expectProblem(await open(undefined), 400, 'invalid', 'role');
});

test('an organization is reported with all its facts or not at all', async () => {
  const put = (body: unknown, organization = 'initrode') =>
    api.call('service', 'PUT', `/v1/organizations/${organization}`, { body });
  const first = await put(eligible);
  expect(first.body).toMatchObject({ organization: 'initrode', facts: eligible });
  expect((await put({ ...eligible, officeTerritories: ['US', 'US'] })).body).toEqual(first.body);
  const { billable, ...rest } = eligible;
  expectProblem(await put(rest), 400, 'invalid', 'billable');
  for (const officeTerritories of ['US', ['us'], ['United States'], [7]])
    expectProblem(await put({ ...eligible, officeTerritories }), 400, 'invalid', 'officeTerritories');
  expectProblem(await put(eligible, 'under_score'), 400, 'invalid', 'organization');
});

test('a status that has not changed is not sent again, and one that has is, to each reader their own', async () => {
  const id = await request(api, 'etag-1');
  const read = (who: 'member' | 'auditor', etag?: string | null) =>
    api.call(who, 'GET', `/v1/providers/${id}?minPosition=${api.store.head()}`, {
      headers: etag ? { 'if-none-match': `"other", W/${etag}` } : {},
    });
  const first = await read('member');
  const etag = first.headers.get('etag');
  expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
  const again = await read('member', etag);
  expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
  expect((await read('member')).body).toEqual(first.body);
  await api.call('administrator', 'POST', `/v1/providers/${id}/rename`, { body: { name: 'Changed' } });
  const changed = await read('member', etag);
  expect([changed.status, changed.body.name]).toEqual([200, 'Changed']);
  await acceptTerms(api, id);
  await issue(api, id, 'Correct-Horse-9-Battery');
  const settled = await read('member');
  const { body } = await read('auditor', settled.headers.get('etag'));
  expect([settled.body.account, body.account]).toMatchObject([{ id: expect.any(String) }, { payerId: 'payer-1' }]);
});

test('a command decided on what was changed since is refused, and one that took effect before is answered again', async () => {
  const id = await request(api, 'if-match-1');
  const path = `/v1/providers/${id}`;
  const { headers, body } = await api.call('member', 'GET', `${path}?minPosition=${api.store.head()}`);
  const rename = (name: string, ifMatch: string, idempotencyKey: string) =>
    api.call('administrator', 'POST', `${path}/rename`, {
      body: { name },
      headers: { 'if-match': ifMatch, ...key(idempotencyKey) },
    });
  const etag = String(headers.get('etag'));
  expect((await rename('Mine', etag, 'if-match-2')).status).toBe(200);
  const before = api.store.head();
  const late = await rename('Yours', `"${body.position}"`, 'if-match-3');
  expect([late.status, typeOf(late), fieldsOf(late)]).toEqual([412, 'changed-since', ['If-Match']]);
  expect((await rename('Mine', etag, 'if-match-2')).body).toMatchObject({ name: 'Mine' });
  expect(fieldsOf(await rename('Ours', 'W/"nothing"', 'if-match-4'))).toEqual(['If-Match']);
  expect(api.store.head()).toBe(before);
  const report = (ifMatch: string) =>
    api.call('service', 'PUT', '/v1/organizations/hooli', { body: eligible, headers: { 'if-match': ifMatch } });
  expect((await report(`"${before}"`)).status).toBe(412);
  expect((await report('*')).status).toBe(200);
});

test('names that look alike are one name, in whichever form of Unicode they come', async () => {
  const name = 'Zürich Café 👩‍💻 می‌خواهم';
  const send = (form: 'NFC' | 'NFD') =>
    api.call('administrator', 'POST', '/v1/organizations/acme/providers', {
      body: { ...production, name: name.normalize(form) },
      headers: key('unicode-1'),
    });
  const [composed, taken] = [await send('NFD'), await send('NFC')];
  expect([composed.status, composed.body.name, taken.body.id]).toEqual([201, name.normalize('NFC'), composed.body.id]);
  for (const begins of ['Zürich Café'.normalize('NFD'), 'Zürich Café', 'ZURICH cafe']) {
    const path = `/v1/providers?name=${encodeURIComponent(begins)}&minPosition=${api.store.head()}`;
    expect((await api.call('operator', 'GET', path)).body.items).toMatchObject([{ id: composed.body.id }]);
  }
  const stray = await api.call('administrator', 'POST', `/v1/providers/${composed.body.id}/rename`, {
    body: { name: '\u200dJoined to nothing' },
  });
  expect([stray.status, fieldsOf(stray)]).toEqual([400, ['name']]);
});
