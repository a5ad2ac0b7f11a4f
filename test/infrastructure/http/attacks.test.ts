/** A customer with a good token tries to reach what is another's, to be taken for somebody else, and to have the service do what it should not. */
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DemoPerson } from '../../../src/infrastructure/identity/demo/people.js';
import { type Api, startApi } from '../../support/api.js';
import { fieldsOf, key, production, register, request, subscribe, typeOf } from '../../support/people.js';
import { eligible } from '../../support/story.js';

let api: Api;
/** Of the attacker, and of the other organization. */
let own: string;
let others: string[];
let webhookOfOthers: string;

beforeAll(async () => {
  api = await startApi();
  await register(api);
  await register(api, 'globex');
  others = [];
  for (const n of [1, 2, 3]) others.push(await request(api, `of-globex-${n}`, 'outsider', 'globex'));
  own = await request(api, 'own');
  await api.call('outsider', 'POST', `/v1/providers/${others[0]}/rename`, { body: { name: 'Renamed' } });
  webhookOfOthers = await subscribe(api, 'of-globex', 'outsider');
});
afterAll(() => api.close());

const get = (who: DemoPerson, path: string, headers = {}) => api.call(who, 'GET', path, { headers });
const reached = () => `minPosition=${api.store.head()}`;
const isOthers = (text: string): boolean => [...others, webhookOfOthers, 'globex'].some((word) => text.includes(word));

test("a cursor, a position and an event id of another organization's lists lead to one's own things alone", async () => {
  const list = await get('outsider', `/v1/organizations/globex/providers?limit=1&${reached()}`);
  const history = await get('outsider', `/v1/providers/${others[0]}/history?limit=1`);
  const hooks = await get('outsider', `/v1/webhooks?limit=1&${reached()}`);
  expect([list.body.next, history.body.next]).toEqual([expect.any(String), expect.any(String)]);
  const position = String((history.body.items as { position: string }[])[0]?.position);
  const stolen = [
    `/v1/organizations/acme/providers?cursor=${list.body.next}`,
    `/v1/providers/${own}/history?cursor=${history.body.next}`,
    `/v1/webhooks?cursor=${hooks.body.next ?? list.body.next}`,
    `/v1/providers/${own}?at=${position}`,
    `/v1/statistics?from=2020-01-01&to=2030-01-01`,
  ];
  for (const path of stolen) {
    const { status, text } = await get('administrator', path);
    expect([path, [200, 400, 404].includes(status), isOthers(text)]).toEqual([path, true, false]);
  }
  const feed = await api.send('administrator', 'GET', `/v1/changes?after=${position}`);
  expect([feed.status, isOthers(await feed.text())]).toEqual([200, false]);
  const receipt = await get('administrator', `/v1/providers/${own}/receipt?position=${position}`);
  expect([receipt.status, isOthers(receipt.text)]).toEqual([404, false]);
});

test("what is another's and what is not there are answered alike, to the byte", async () => {
  const nobodys = '00000000-0000-4000-8000-000000000000';
  const alike = async (method: string, pathOf: (id: string) => string, id: string, body?: object) => {
    const answers = [id, nobodys].map(async (each) => {
      const headers = { 'x-request-id': 'alike' };
      const { status, text } = await api.call('administrator', method, pathOf(each), { body, headers });
      return [status, text.replaceAll(each, 'ID')];
    });
    const [theirs, none] = await Promise.all(answers);
    expect(theirs).toEqual(none);
    expect(theirs?.[0]).toBe(404);
  };
  const [provider = ''] = others;
  for (const what of ['', '/history', '/changes', '/hardening', '/receipt?position=a:1'])
    await alike('GET', (id) => `/v1/providers/${id}${what}`, provider);
  for (const what of ['withdraw', 'credentials/reveal', 'credentials/reissue', 'hardening-checks'])
    await alike('POST', (id) => `/v1/providers/${id}/${what}`, provider);
  await alike('POST', (id) => `/v1/providers/${id}/console-sessions`, provider, { role: 'administrator' });
  await alike('GET', (id) => `/v1/webhooks/${id}`, webhookOfOthers);
  await alike('DELETE', (id) => `/v1/webhooks/${id}`, webhookOfOthers);
});

test('headers that other servers obey change neither who asks nor what is asked', async () => {
  const headers = {
    'x-http-method-override': 'DELETE',
    'x-original-url': `/v1/providers/${others[0]}`,
    'x-rewrite-url': `/v1/providers/${others[0]}`,
    'x-forwarded-user': 'operator',
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-host': 'globex.example',
    forwarded: 'for=127.0.0.1;host=globex.example',
    'x-organization': 'globex',
    cookie: 'organization=globex',
  };
  const { status, body, text } = await get('member', '/v1/me', headers);
  expect([status, body.organization, isOthers(text)]).toEqual([200, 'acme', false]);
  const actor = await get('member', '/v1/me', { 'x-actor': 'u-2c85d1e6f09b' });
  expect([actor.status, fieldsOf(actor)]).toEqual([400, ['X-Actor']]);
});

/** Sends bytes as they are; all that comes back until the connection is closed. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.write(Buffer.from(text, 'latin1')));
    socket.setEncoding('latin1').on('data', (chunk) => {
      received += chunk;
    });
    socket.on('close', () => resolve(received)).on('error', reject);
  });
}

const smuggled = 'GET /v1/me HTTP/1.1\r\nhost: x\r\n\r\n';

test.each([
  ['a chunked body beside a length', 'content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['a coding that only looks like chunked', 'transfer-encoding: xchunked\r\n\r\n0\r\n\r\n'],
  ['chunked that is not the last coding', 'transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n'],
  ['a header name that ends in a space', 'transfer-encoding : chunked\r\n\r\n0\r\n\r\n'],
  ['a length with a sign', 'content-length: +4\r\n\r\nabcd'],
  ['a length in hexadecimal', 'content-length: 0x4\r\n\r\nabcd'],
  ['a length that overflows', 'content-length: 18446744073709551617\r\n\r\nabcd'],
  ['a chunk whose length overflows', 'transfer-encoding: chunked\r\n\r\n10000000000000004\r\nabcd\r\n0\r\n\r\n'],
  ['a chunk that is longer than it says', 'transfer-encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n'],
  ['a header that goes on in the next line', 'x-a: 1\r\n transfer-encoding: chunked\r\ncontent-length: 0\r\n\r\n'],
  ['a zero byte in a header', 'x-a: \0\r\ncontent-length: 0\r\n\r\n'],
  ['a bare carriage return in a header', 'x-a: 1\rtransfer-encoding: chunked\r\ncontent-length: 0\r\n\r\n'],
])('%s is refused, and what follows it is no request', async (_, rest) => {
  const received = await raw(
    `POST /v1/webhooks HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${rest}${smuggled}`,
  );
  const statuses = [...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
  expect(statuses.filter((status) => status < 400)).toEqual([]);
  expect(statuses.length).toBeLessThanOrEqual(2);
  expect(received.toLowerCase()).toContain('connection: close');
});

test('a path that is written otherwise is the same route under the same rules, or none', async () => {
  for (const path of ['/%761/me', '/v1/%6de', '//v1/me', '/v1//me', '/V1/me', '/v1/me/', '/v1/./me', '/v1/x/..%2fme']) {
    const { status, headers } = await get('member', path);
    expect([path, status === 200 ? headers.get('cache-control') : status]).toEqual([
      path,
      status === 200 ? 'no-store' : 404,
    ]);
    expect([path, [401, 404]]).toEqual([
      path,
      expect.arrayContaining([(await api.call('nobody', 'GET', path)).status]),
    ]);
  }
  const encoded = others[0]?.replace('-', '%2d');
  expect((await get('administrator', `/v1/providers/${encoded}`)).status).toBe(404);
});

test('an organization that is called as a member of every object is one as any other', async () => {
  for (const organization of ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'null', 'undefined', '0']) {
    await register(api, organization);
    const { status, text } = await get('administrator', `/v1/organizations/${organization}/providers`);
    expect([organization, status, text.includes('items')]).toEqual([organization, 404, false]);
    const service = { organizations: [organization], mayAcceptTerms: false };
    const authorization = `Bearer ${await api.issuer.issue('service', { service })}`;
    const headers = { ...key('named'), authorization, 'x-actor': 'constructor' };
    const path = `/v1/organizations/${organization}/providers`;
    const made = await api.call('nobody', 'POST', path, { body: production, headers });
    expect([organization, made.status]).toEqual([organization, 201]);
    const mine = await api.call('nobody', 'GET', `${path}?${reached()}`, { headers: { authorization } });
    expect((mine.body.items as { id: string }[]).map(({ id }) => id)).toEqual([made.body.id]);
    const statistics = await api.call('nobody', 'GET', '/v1/statistics', { headers: { authorization } });
    expect([200, 403]).toContain(statistics.status);
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
});

const facts = { ...eligible };

test.each<[string, unknown, string]>([
  ['a number instead of a word', { ...facts, billable: 1 }, 'billable'],
  ['a number that is none', '{"billable":1e400,"reseller":false}', 'billable'],
  ['a word instead of a list', { ...facts, officeTerritories: 'US' }, 'officeTerritories'],
  ['an object instead of a list', { ...facts, officeTerritories: { length: 1, 0: 'US' } }, 'officeTerritories'],
  ['a list of lists', { ...facts, officeTerritories: [['US']] }, 'officeTerritories'],
  ['one that only looks like ours', { ...facts, 'billable\u200b': true }, 'billable\u200b'],
])('%s is refused by name', async (_, body, field) => {
  const answer = await api.call('service', 'PUT', '/v1/organizations/acme', { body });
  expect([answer.status, typeOf(answer)]).toEqual([400, 'invalid']);
  expect(fieldsOf(answer).some((name) => name.startsWith(field))).toBe(true);
});

test.each(['toString', 'valueOf', 'hasOwnProperty', '__defineGetter__', 'isPrototypeOf'])(
  'a member that every object has, %s, is refused by name and never passed over',
  async (name) => {
    for (const body of [
      { ...facts, [name]: true },
      { ...facts, [name]: { billable: false } },
    ]) {
      const answer = await api.call('service', 'PUT', '/v1/organizations/acme', { body });
      expect([answer.status, typeOf(answer), answer.body.detail]).toEqual([
        400,
        'malformed-body',
        expect.stringContaining(name),
      ]);
    }
    const query = await get('member', `/v1/organizations/acme/providers?${name}=1`);
    expect([query.status, fieldsOf(query)]).toEqual([400, [name]]);
  },
);

test.each([
  ['that turns the text around', 'Prod\u202ecod'],
  ['that cannot be seen', 'Prod\u200buction'],
  ['of a tag', 'Prod\u{e0041}uction'],
  ['that ends a line', 'Prod\u2028uction'],
  ['of a terminal', 'Prod\u001b[31m'],
  ['that nobody has assigned', 'Prod\u0378'],
  ['of private use', 'Prod\ue000'],
])('a name with a character %s is refused', async (_, name) => {
  const answer = await api.call('administrator', 'POST', `/v1/providers/${own}/rename`, { body: { name } });
  expect([answer.status, fieldsOf(answer)]).toEqual([400, ['name']]);
});

test.each(['?limit=1e2', '?limit=0x10', '?limit=99999999999999999999', '?limit=-1', '?limit=201', '?limit=%EF%BC%91'])(
  'a list with %s is refused',
  async (query) => {
    const answer = await get('member', `/v1/organizations/acme/providers${query}`);
    expect([answer.status, fieldsOf(answer)]).toEqual([400, ['limit']]);
  },
);

test('what a search holds is text and no pattern', async () => {
  for (const name of ['%25', '_', '*', "' OR 1=1 --", '%22', '%5C', '%00']) {
    const answer = await get('member', `/v1/organizations/acme/providers?name=${name}&${reached()}`);
    expect([name, [200, 400].includes(answer.status)]).toEqual([name, true]);
    if (answer.status === 200) expect([name, answer.body.items]).toEqual([name, []]);
  }
});
