/** Positions of a log that was moved: wherever one can be sent, the answer says that they are gone, and how to go on. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { logs, streamOf } from '../../../../src/application/streams/aggregates.js';
import { openSqliteEventStore } from '../../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { controllers } from '../../../../src/infrastructure/http/http.module.js';
import { fieldsOf as fieldsOfShape, type Shape } from '../../../../src/infrastructure/http/kit/field-registry.js';
import { type ServedRoute, servedRoutes } from '../../../../src/infrastructure/http/openapi/served-routes.js';
import { type Api, type Sending, startApi } from '../../../support/api.js';
import { draft, sample } from '../../../support/events.js';
import { fieldsOf, key, register, request, typeOf } from '../../../support/people.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const [former, before, unknown] = ['log-before:7', 'log-before-that:3', 'log-of-others:7'];

let api: Api;
let id: string;

/** The log goes on with one that went on with another itself. */
async function movedLog(folder: string): Promise<string> {
  const file = join(folder, 'events.db');
  const store = openSqliteEventStore({ file });
  const { logId } = store;
  const moved = (from: string, to: string) => draft(sample('LogContinued', { from, to }));
  await store.append(streamOf(logs, 'log-before'), -1, [moved('log-before-that', 'log-before')]);
  await store.append(streamOf(logs, logId), -1, [moved('log-before', logId)]);
  await store.close();
  return file;
}

beforeAll(async () => {
  api = await startApi({}, undefined, { events: await movedLog(temporaryFolder()) });
  await register(api);
  id = await request(api, 'moved');
});
afterAll(() => api.close());

/** Inputs that take a position, or may. */
const names = ['minPosition', 'at', 'after', 'position', 'cursor'];

/** What stands in the place of other inputs that a route cannot do without. */
const others: Readonly<Record<string, string>> = { from: '2026-01-01', to: '2026-01-02' };

const pathOf = ({ path }: ServedRoute): string =>
  path.replace('payers/{id}', 'payers/payer-1').replace('{id}', id).replace('{organization}', 'acme');

function queryOf(query: Shape, name: string, position: string): string {
  const needed = [...fieldsOfShape(query)].filter(([each, { optional }]) => !optional && each !== name);
  return new URLSearchParams({
    ...Object.fromEntries(needed.map(([each]) => [each, others[each] ?? ''])),
    [name]: position,
  }).toString();
}

/** A route of reads with the name of an input that takes a position. */
const takes = servedRoutes(controllers).flatMap((route) => {
  const { query, method } = route;
  if (method !== 'get' || query === undefined) return [];
  const fields = fieldsOfShape(query);
  return names
    .filter((name) => fields.get(name)?.schema.pattern?.includes(':'))
    .map((name) => [`${route.path}?${name}`, route, query, name] as const);
});

test('there are places to try', () => {
  expect(takes.length).toBeGreaterThan(10);
  expect(new Set(takes.map(([, , , name]) => name))).toEqual(new Set(names));
});

test.each(takes)('%s', async (_, route, query, name) => {
  const ask = (position: string) => api.call('auditor', 'GET', `${pathOf(route)}?${queryOf(query, name, position)}`);
  for (const position of [former, before]) {
    const gone = await ask(position);
    expect([gone.status, typeOf(gone), fieldsOf(gone)]).toEqual([410, 'former-log', [name]]);
    expect(gone.body.detail).toMatch(/goes on with its facts.*\. [A-Z]/);
  }
  const wrong = await ask(unknown);
  expect([wrong.status, typeOf(wrong), fieldsOf(wrong)]).toEqual([400, 'invalid', [name]]);
});

test.each(['/v1/changes', '/v1/providers/ID/changes'])('Last-Event-ID at %s', async (path) => {
  const come = (position: string) =>
    api.call('auditor', 'GET', path.replace('ID', id), { headers: { 'last-event-id': position } });
  const gone = await come(former);
  expect([gone.status, typeOf(gone), fieldsOf(gone)]).toEqual([410, 'former-log', ['Last-Event-ID']]);
  expect(gone.body.detail).toMatch(/pass over the facts whose id you have/);
  expect((await come(unknown)).status).toBe(400);
});

test('a command that was decided on a fact at a former position is to be decided anew', async () => {
  const rename = (tag: string): Sending => ({ body: { name: 'Renamed' }, headers: { 'if-match': `"${tag}"` } });
  const send = (tag: string) => api.call('administrator', 'POST', `/v1/providers/${id}/rename`, rename(tag));
  const gone = await send(former);
  expect([gone.status, typeOf(gone), fieldsOf(gone)]).toEqual([410, 'former-log', ['If-Match']]);
  expect((await send(unknown)).status).toBe(412);
});

test('what a webhook shall send again begins at a position of this log', async () => {
  const subscribed = await api.call('administrator', 'POST', '/v1/webhooks', {
    body: { url: 'https://receiver.example/hook', types: [] },
    headers: key('hook-1'),
  });
  const replay = (after: string) =>
    api.call('administrator', 'POST', `/v1/webhooks/${subscribed.body.id}/replay`, { body: { after } });
  const gone = await replay(former);
  expect([gone.status, typeOf(gone), fieldsOf(gone)]).toEqual([410, 'former-log', ['after']]);
  expect((await replay(unknown)).status).toBe(400);
});
