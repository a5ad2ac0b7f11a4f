/** Live changes: what happened and what happens, in order, without gap or repeat, until either side ends. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { providerIn, streamsAbout } from '../../../../src/application/history/streams-about.js';
import { systemClock } from '../../../../src/application/ports/clock.js';
import { accesses, accessId } from '../../../../src/application/streams/aggregates.js';
import type { DemoPerson } from '../../../../src/infrastructure/identity/demo/people.js';
import { type Answer, type Api, startApi } from '../../../support/api.js';
import { readEvents } from '../../../support/event-source.js';
import { acceptTerms, fieldsOf, record, register, request, typeOf } from '../../../support/people.js';
import { delayed, payerAssigned } from '../../../support/story.js';

let api: Api;
let stop: AbortController;

beforeAll(async () => {
  api = await startApi({ heartbeatMs: 5 }, undefined, { headEverySeconds: 1 });
  stop = new AbortController();
  await register(api);
});
afterAll(async () => {
  stop.abort();
  await api.close();
});

async function listen(id: string, headers = {}, query = '', who: DemoPerson = 'administrator') {
  const response = await api.send(who, 'GET', `/v1/providers/${id}/changes${query}`, { headers, signal: stop.signal });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  return readEvents(response);
}

const rename = (id: string, name: string) =>
  api.call('administrator', 'POST', `/v1/providers/${id}/rename`, { body: { name } });

/** The facts of a history as the live feed tells them: without what each has changed, which the history alone says. */
const factsOf = ({ body }: Answer) =>
  (body.items as Record<string, unknown>[]).map(({ before: _, after: __, causes: ___, ...fact }) => fact);

test('a connection tells what happened so far, then what happens', async () => {
  const id = await request(api, 'live-1');
  const events = await listen(id);
  expect(await events.take(1)).toMatchObject([{ event: 'ProviderRequested', data: { data: { name: 'Production' } } }]);
  const { body } = await acceptTerms(api, id);
  const accepted = await events.next();
  expect(accepted).toMatchObject({ id: body.position, event: 'TermsAccepted', data: { position: body.position } });
  const history = await api.call('administrator', 'GET', `/v1/providers/${id}/history?minPosition=${body.position}`);
  expect(factsOf(history)[1]).toEqual(accepted?.data);
});

test('a connection resumes after the last event it had, by header and by query', async () => {
  const id = await request(api, 'live-2');
  const [first] = await (await listen(id)).take(1);
  await rename(id, 'One');
  await rename(id, 'Two');
  const resumed = await listen(id, { 'last-event-id': first?.id });
  expect((await resumed.take(2)).map(({ data }) => data.data)).toEqual([{ name: 'One' }, { name: 'Two' }]);
  const asked = await listen(id, {}, `?after=${first?.id}`);
  expect((await asked.take(2)).map(({ data }) => data.data)).toEqual([{ name: 'One' }, { name: 'Two' }]);
});

interface Line {
  readonly type?: string;
  readonly stream?: string;
  readonly position?: string;
  readonly data?: object;
  readonly upTo?: string;
}

/** The facts of the feed and how far it reaches; a head is signed when its time has come, and has a test of its own. */
const feed = async (who: DemoPerson, after = ''): Promise<readonly Line[]> =>
  (await wholeFeed(who, after)).filter(({ type }) => type !== 'head.signed');

async function wholeFeed(who: DemoPerson, after = ''): Promise<readonly Line[]> {
  const response = await api.send(who, 'GET', `/v1/changes${after && `?after=${after}`}`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-ndjson; charset=utf-8']);
  const text = await response.text();
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('the feed tells each reader all that they may see, in order and up to the end', async () => {
  await register(api, 'globex');
  const [own, strange] = [await request(api, 'feed-1'), await request(api, 'feed-2', 'outsider', 'globex')];
  await acceptTerms(api, own);
  await record(api, own, payerAssigned());
  const customer = await feed('member');
  const mine = customer.filter(({ stream }) => stream === `provider-${own}`);
  expect(mine.map(({ type, data }) => [type, data])).toMatchObject([
    ['ProviderRequested', { organization: 'acme' }],
    ['TermsAccepted', {}],
    ['PayerAssigned', {}],
  ]);
  expect(mine.at(-1)?.data).toEqual({});
  expect(customer.at(-1)).toEqual({ upTo: api.store.head() });
  expect(JSON.stringify(customer)).not.toContain(strange);
  const all = await feed('operator');
  expect(new Set(all.map(({ stream }) => stream))).toContain(`provider-${strange}`);
  expect(all.map(({ type }) => type)).toContain('OrganizationRegistered');
  expect(all.find(({ type }) => type === 'PayerAssigned')?.data).toMatchObject({ payerId: 'payer-1' });
  expect(await feed('outsider', String(mine[0]?.position))).toMatchObject([
    { type: 'ProviderRequested' },
    { upTo: api.store.head() },
  ]);
  expect(await feed('member', String(api.store.head()))).toEqual([{ upTo: api.store.head() }]);
});

test('the feed goes on as server-sent events, from the last one that a reader had', async () => {
  const id = await request(api, 'feed-3');
  const headers = { accept: 'text/event-stream', 'last-event-id': String(api.store.head()) };
  const response = await api.send('member', 'GET', '/v1/changes', { headers, signal: stop.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const events = await readEvents(response);
  await request(api, 'feed-4', 'outsider', 'globex');
  const other = await request(api, 'feed-5');
  await rename(id, 'Told');
  expect(await events.take(2)).toMatchObject([
    { event: 'ProviderRequested', data: { stream: `provider-${other}` } },
    { event: 'ProviderRenamed', data: { stream: `provider-${id}`, data: { name: 'Told' } } },
  ]);
});

test('a head that is signed comes as an event without a place, and the last one stands before the end of the lines', async () => {
  const headers = { accept: 'text/event-stream', 'last-event-id': String(api.store.head()) };
  const response = await api.send('member', 'GET', '/v1/changes', { headers, signal: stop.signal });
  const events = await readEvents(response);
  await request(api, 'feed-6');
  const data = { type: 'head.signed', data: { id: expect.stringContaining('@'), checkpoint: expect.any(String) } };
  expect(await events.aside()).toMatchObject({ id: 'undefined', event: 'head.signed', data });
  const lines = await wholeFeed('member', String(api.store.head()));
  expect(lines).toMatchObject([data, { upTo: api.store.head() }]);
});

test('the feed takes no position of another log', async () => {
  const answer = await api.call('member', 'GET', '/v1/changes?after=other:1');
  expect([answer.status, fieldsOf(answer)]).toEqual([400, ['after']]);
});

test('connections opened while facts are being recorded miss none and repeat none', async () => {
  const id = await request(api, 'live-3');
  const names = Array.from({ length: 60 }, (_, n) => `Name ${n}`);
  const opened: Promise<Awaited<ReturnType<typeof listen>>>[] = [];
  for (const [n, name] of names.entries()) {
    if (n % 6 === 0) opened.push(listen(id));
    const at = new Date().toISOString();
    await Promise.all([rename(id, name), api.record(accesses, id, { type: 'CredentialsRevealed', generation: n, at })]);
  }
  for (const events of await Promise.all(opened)) {
    const all = await events.take(1 + 2 * names.length);
    const places = all.map(({ id: position }) => Number(position.split(':')[1]));
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
    expect(all.filter(({ event }) => event === 'ProviderRenamed').map(({ data }) => data.data)).toEqual(
      names.map((name) => ({ name })),
    );
  }
});

test('the lines end after the page during which the token expires, and say how far they came', async () => {
  // Clocks may differ by half a minute, so that it is still taken.
  const token = await api.issuer.issue('operator', { lifetime: -10 });
  const answer = await fetch(`${api.url}/v1/changes`, { headers: { authorization: `Bearer ${token}` } });
  const lines: readonly Line[] = (await answer.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.at(-1)).toEqual({ upTo: lines.at(-2)?.position });
  expect(lines.at(-1)?.upTo).not.toBe(api.store.head());
});

test('a customer is not told of the payer, the operator is', async () => {
  const id = await request(api, 'live-4');
  await acceptTerms(api, id);
  await record(api, id, payerAssigned(), delayed('CreateAccount', 'young-account'));
  const [, , assigned] = await (await listen(id)).take(4);
  expect(assigned).toMatchObject({ event: 'PayerAssigned', data: { data: {} } });
  const [, , told] = await (await listen(id, {}, '', 'operator')).take(4);
  expect(told?.data.data).toEqual({ payerId: 'payer-1' });
});

test('a silent connection is kept alive by comments', async () => {
  const id = await request(api, 'live-5');
  expect(await (await listen(id)).comment()).toBe(': still here');
});

test.each([
  ['no position', 'nonsense'],
  ["another log's position", 'another-log:1'],
  ['a position that is still to come', 'later'],
])('a Last-Event-ID that is %s is refused', async (_, given) => {
  const id = await request(api, 'live-6');
  const lastEventId = given === 'later' ? `${api.store.logId}:999999` : given;
  const answer = await api.call('administrator', 'GET', `/v1/providers/${id}/changes`, {
    headers: { 'last-event-id': lastEventId },
  });
  expect([answer.status, typeOf(answer), fieldsOf(answer)]).toEqual([400, 'invalid', ['Last-Event-ID']]);
  const asked = await api.call('administrator', 'GET', `/v1/providers/${id}/changes?after=${lastEventId}`);
  expect([asked.status, typeOf(asked), fieldsOf(asked)]).toEqual([400, 'invalid', ['after']]);
});

test('every stream that is told of is one that changes are heard from', async () => {
  const id = await request(api, 'about-1');
  const streams = await streamsAbout(api.store, systemClock, id);
  const month = new Date().toISOString().slice(0, 7);
  expect(streams).toEqual(expect.arrayContaining([`provider-${id}`, `access-${id}`, `access-${id}-${month}`]));
  expect(new Set(streams.map(providerIn))).toEqual(new Set([id]));
});

test('what was used before uses were kept by month, and in other months, is told in order', async () => {
  const id = await request(api, 'months-1');
  const at = new Date().toISOString();
  const use = (stream: string, generation: number) =>
    api.record(accesses, stream, { type: 'CredentialsRevealed', generation, at });
  for (const [n, stream] of [id, accessId(id, at), id, accessId(id, at)].entries()) await use(stream, n);
  const events = await (await listen(id)).take(5);
  expect(events.slice(1).map(({ data }) => data.data)).toEqual([0, 1, 2, 3].map((generation) => ({ generation, at })));
  const resumed = await (await listen(id, { 'last-event-id': events[2]?.id })).take(2);
  expect(resumed).toEqual(events.slice(3));
  const history = await api.call('administrator', 'GET', `/v1/providers/${id}/history?minPosition=${events[4]?.id}`);
  expect(factsOf(history)).toEqual(events.map(({ data }) => data));
});

test('a full house sends newcomers away, and one that leaves makes room', async () => {
  const small = await startApi({ mostOpen: 1 });
  try {
    await register(small);
    const id = await request(small, 'full-1');
    const leave = new AbortController();
    const path = `/v1/providers/${id}/changes`;
    const first = await small.send('administrator', 'GET', path, { signal: leave.signal });
    expect(first.status).toBe(200);
    const refused = await small.call('administrator', 'GET', path);
    expect([refused.status, typeOf(refused), refused.headers.get('retry-after')]).toEqual([503, 'unavailable', '5']);
    leave.abort();
    for (;;) {
      const again = await small.send('administrator', 'GET', path);
      await again.body?.cancel();
      if (again.status === 200) break;
    }
  } finally {
    await small.close();
  }
});

test('a connection ends when its time is over and makes room, and one that comes again goes on after the last event it had', async () => {
  const brief = await startApi({ heartbeatMs: 5, longestMs: 20, mostOpen: 1 });
  try {
    await register(brief);
    const id = await request(brief, 'brief-1');
    const path = `/v1/providers/${id}/changes`;
    const events = readEvents(await brief.send('administrator', 'GET', path));
    const [first] = await events.take(1);
    expect(await events.next()).toBeUndefined();
    const { body } = await acceptTerms(brief, id);
    const headers = { 'last-event-id': String(first?.id) };
    let again = await brief.send('administrator', 'GET', path, { headers });
    while (again.status === 503) again = await brief.send('administrator', 'GET', path, { headers });
    expect(await readEvents(again).take(1)).toMatchObject([{ id: body.position, event: 'TermsAccepted' }]);
  } finally {
    await brief.close();
  }
});

test('closing the server ends every connection and refuses no fact', async () => {
  const closing = await startApi();
  await register(closing);
  const id = await request(closing, 'close-1');
  const response = await closing.send('administrator', 'GET', `/v1/providers/${id}/changes`);
  const events = readEvents(response);
  await events.take(1);
  await closing.stopServing();
  expect(await events.next()).toBeUndefined();
  await expect(closing.call('administrator', 'GET', '/health/live')).rejects.toThrow();
  await closing.close();
});
