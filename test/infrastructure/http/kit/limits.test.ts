/** Nobody takes from others what is shared: writes, live connections, and room in the log. */
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { RateLimit } from '../../../../src/infrastructure/http/kit/rate-limit.js';
import { type Answer, type Api, startApi } from '../../../support/api.js';
import { acceptTerms, issue, key, production, register, request, typeOf } from '../../../support/people.js';
import { eligible } from '../../../support/story.js';
import { until } from '../../../support/waiting.js';

let api: Api;
afterEach(() => api?.close());

test('a minute allows so many, at whatever moment it begins, and says how long to wait', () => {
  const limit = new RateLimit(10);
  const taken = (at: number, times: number) =>
    Array.from({ length: times }, () => limit.take('a', at)).filter(({ allowed }) => allowed).length;
  expect(taken(0, 12)).toBe(10);
  expect(limit.take('a', 1_000)).toEqual({ allowed: false, limit: 10, remaining: 0, seconds: 59 });
  expect(limit.take('b', 1_000)).toEqual({ allowed: true, limit: 10, remaining: 9, seconds: 60 });
  expect(taken(60_000, 5)).toBe(0);
  const { seconds } = limit.take('a', 60_000);
  expect(limit.take('a', 60_000 + seconds * 1_000).allowed).toBe(true);
  expect(taken(90_000, 12)).toBe(4);
  expect(taken(300_000, 12)).toBe(10);
});

const rateOf = ({ headers }: Pick<Answer, 'headers'>) =>
  ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'retry-after'].map((name) => {
    const value = headers.get(name);
    return value === null ? undefined : Number(value);
  });

test('writes of one caller and of one organization are bounded; reads and other organizations are not touched', async () => {
  const calls = { writesPerMinutePerCaller: 4, writesPerMinutePerOrganization: 6 };
  api = await startApi({}, undefined, { calls });
  await register(api);
  await register(api, 'globex');
  const ask = (who: 'administrator' | 'outsider', n: number) => {
    const organization = who === 'outsider' ? 'globex' : 'acme';
    const sending = { body: production, headers: key(`limit-${n}`) };
    return api.call(who, 'POST', `/v1/organizations/${organization}/providers`, sending);
  };
  const statuses: number[] = [];
  for (let n = 0; n < 5; n++) statuses.push((await ask('administrator', n)).status);
  expect(statuses).toEqual([201, 201, 201, 201, 429]);
  const refused = await ask('administrator', 5);
  const [limit, remaining, reset, wait] = rateOf(refused);
  expect([typeOf(refused), limit, remaining, reset]).toEqual(['rate-limited', 4, 0, wait]);
  expect(wait).toBeGreaterThan(0);
  expect((await api.call('administrator', 'GET', '/v1/organizations/acme/providers')).status).toBe(200);
  expect((await ask('outsider', 0)).status).toBe(201);
});

test('reads of one organization are bounded, whoever reads, and each answer tells what is left', async () => {
  api = await startApi({}, undefined, { calls: { readsPerMinutePerCaller: 4, readsPerMinutePerOrganization: 5 } });
  const read = (who: 'administrator' | 'member' | 'outsider') => api.call(who, 'GET', '/v1/me');
  expect(rateOf(await read('member')).slice(0, 2)).toEqual([4, 3]);
  for (const left of [3, 2, 1]) expect(rateOf(await read('administrator'))[1]).toBe(left);
  expect(rateOf(await read('member')).slice(0, 2)).toEqual([5, 0]);
  const refused = await read('member');
  expect([refused.status, ...rateOf(refused).slice(0, 2)]).toEqual([429, 5, 0]);
  expect((await read('outsider')).status).toBe(200);
});

test('a service that works for one organization counts for it, with its people; one that works for several for itself', async () => {
  api = await startApi({}, undefined, { calls: { readsPerMinutePerOrganization: 2 } });
  const tokenFor = (...organizations: readonly string[]) => api.issuer.issue('service', { service: { organizations } });
  const read = async (token: string) => {
    const headers = { authorization: `Bearer ${token}`, 'x-actor': 'u-1' };
    return (await fetch(`${api.url}/v1/territories`, { headers })).status;
  };
  const [one, several] = [await tokenFor('acme'), await tokenFor('acme', 'globex')];
  expect([await read(one), await read(several)]).toEqual([200, 200]);
  expect((await api.call('member', 'GET', '/v1/me')).status).toBe(200);
  expect([await read(one), await read(several), await read(several)]).toEqual([429, 200, 200]);
});

test('requests of one organization that are under way at once are bounded; one that is given up makes room', async () => {
  api = await startApi({}, undefined, { calls: { requestsAtOncePerOrganization: 2 } });
  const token = await api.issuer.issue('administrator');
  const { hostname, port } = new URL(api.url);
  /** A command whose body never comes. */
  const underWay = (): Socket => {
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /v1/organizations/acme/providers HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n` +
        'content-type: application/json\r\ncontent-length: 9\r\nidempotency-key: k\r\n\r\n',
    );
    return socket;
  };
  const held = [underWay(), underWay()];
  const read = () => api.call('member', 'GET', '/v1/me');
  const refused = await until(read, ({ status }) => status === 429);
  expect([typeOf(refused), ...rateOf(refused)]).toEqual(['rate-limited', 2, 0, 1, 1]);
  expect((await api.call('outsider', 'GET', '/v1/me')).status).toBe(200);
  held[0]?.destroy();
  expect((await until(read, ({ status }) => status === 200)).body).toMatchObject({ roles: ['member'] });
  held[1]?.destroy();
});

test('a live connection that is open is no request under way', async () => {
  api = await startApi({}, undefined, { calls: { requestsAtOncePerOrganization: 1 } });
  await register(api);
  const stop = new AbortController();
  const path = `/v1/providers/${await request(api, 'live-under-way')}/changes`;
  for (const at of [path, '/v1/changes']) {
    const headers = { accept: 'text/event-stream' };
    expect((await api.send('administrator', 'GET', at, { signal: stop.signal, headers })).status).toBe(200);
  }
  expect((await api.call('administrator', 'GET', '/v1/me')).status).toBe(200);
  stop.abort();
});

test('live connections of one caller are bounded, and one that is closed makes room', async () => {
  api = await startApi({ mostOpenPerCaller: 2, mostOpenPerOrganization: 3 });
  await register(api);
  const path = `/v1/providers/${await request(api, 'live-bound')}/changes`;
  const stop = new AbortController();
  const open = (who: 'administrator' | 'member' | 'operator', signal?: AbortSignal) =>
    api.send(who, 'GET', path, signal ? { signal } : {});
  expect((await open('administrator', stop.signal)).status).toBe(200);
  expect((await open('administrator')).status).toBe(200);
  const third = await open('administrator');
  expect([third.status, ...rateOf(third)]).toEqual([429, 2, 0, 5, 5]);
  expect([(await open('member')).status, (await open('member')).status]).toEqual([200, 429]);
  expect((await open('operator')).status).toBe(200);
  stop.abort();
  let again = await open('administrator');
  while (again.status === 429) again = await open('administrator');
  expect(again.status).toBe(200);
});

test('the same refusal of the same facts is recorded once, however often it is asked for', async () => {
  api = await startApi();
  await register(api, 'globex', { ...eligible, demo: true });
  const ask = (n: number, body: object = production) =>
    api.call('outsider', 'POST', '/v1/organizations/globex/providers', { body, headers: key(`again-${n}`) });
  const [first, ...others] = await Promise.all(Array.from({ length: 10 }, (_, n) => ask(n)));
  const head = api.store.head();
  const { id, position } = (await ask(11, { ...production, name: 'Other' })).body;
  expect(new Set([first, ...others].map((answer) => answer?.body.id))).toEqual(new Set([id]));
  expect([first?.status, first?.body.position]).toEqual([422, position]);
  expect(api.store.head()).toBe(head);
  await register(api, 'globex', { ...eligible, staff: true });
  expect((await ask(12)).body).toMatchObject({ reasons: [{ reason: 'staff' }] });
  await register(api, 'globex');
  expect((await ask(13)).status).toBe(201);
});

test('only pages of the configured origins may call from a browser', async () => {
  api = await startApi({}, undefined, { allowedOrigins: ['https://console.example'] });
  const preflight = (origin: string) =>
    api.call('nobody', 'OPTIONS', '/v1/territories', { headers: { origin, 'access-control-request-method': 'GET' } });
  const allowed = await preflight('https://console.example');
  expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([
    204,
    'https://console.example',
  ]);
  expect(allowed.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
  const stranger = await preflight('https://other.example');
  expect([stranger.status, stranger.headers.get('access-control-allow-origin')]).toEqual([405, null]);
  const read = await api.call('member', 'GET', '/v1/territories', { headers: { origin: 'https://console.example' } });
  expect(read.headers.get('access-control-expose-headers')).toContain('ETag');
  expect(read.headers.get('vary')).toBe('Origin');
});

test('commands on one provider that come all at once wait in line, and what is over a limit is told so', async () => {
  api = await startApi();
  await register(api);
  const id = await request(api, 'at-once');
  await acceptTerms(api, id);
  await issue(api, id, 'Correct-Horse-9-Battery');
  const atOnce = async (path: string, bodyOf: (n: number) => object | undefined) => {
    const sent = Array.from({ length: 15 }, (_, n) =>
      api.call('administrator', 'POST', `/v1/providers/${id}/${path}`, { body: bodyOf(n) }),
    );
    return (await Promise.all(sent)).map(({ status }) => status).sort();
  };
  expect(new Set(await atOnce('rename', (n) => ({ name: `Name ${n}` })))).toEqual(new Set([200]));
  const reveals = await atOnce('credentials/reveal', () => undefined);
  expect(reveals).toEqual([200, 200, ...Array.from({ length: 13 }, () => 429)]);
  const [limit, remaining, reset, wait] = rateOf(
    await api.call('administrator', 'POST', `/v1/providers/${id}/credentials/reveal`),
  );
  expect([limit, remaining, reset]).toEqual([2, 0, wait]);
});
