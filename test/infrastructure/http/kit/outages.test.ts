/** What cannot be served now is a problem that says whether anything was recorded, and when to come again. */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { IdentityUnavailable } from '../../../../src/application/authorization/identity.js';
import { SessionUnavailable } from '../../../../src/application/ports/account-sessions.js';
import {
  OutcomeUnknown,
  RevisionConflict,
  StoreUnavailable,
} from '../../../../src/application/ports/event-store-errors.js';
import { ReadModelsUnavailable } from '../../../../src/application/ports/read-models.js';
import { caughtUp } from '../../../../src/infrastructure/http/kit/freshness.js';
import { problemOf } from '../../../../src/infrastructure/http/kit/problem-of.js';
import { type Api, type Commit, startApi } from '../../../support/api.js';
import { damageInUse } from '../../../support/damaged-file.js';
import { readEvents } from '../../../support/event-source.js';
import { key, production, register, request, typeOf } from '../../../support/people.js';

const well: Commit = (db) => db.exec('COMMIT');
let commit: Commit;
let api: Api;
let log: string;

beforeAll(async () => {
  commit = well;
  api = await startApi({}, (db) => commit(db));
  log = join(api.folder, 'log.db');
  await register(api);
});
afterAll(() => api.close());
beforeEach(() => {
  commit = well;
});

const ask = (idempotencyKey: string) =>
  api.call('administrator', 'POST', '/v1/organizations/acme/providers', {
    body: production,
    headers: key(idempotencyKey),
  });

test('a commit that did not hold is unavailable, and the same request succeeds later', async () => {
  commit = () => {
    throw new Error('disk I/O error');
  };
  const refused = await ask('lost-1');
  commit = well;
  expect([refused.status, typeOf(refused), refused.headers.get('retry-after')]).toEqual([503, 'unavailable', '5']);
  expect((await ask('lost-1')).body).toMatchObject({ stage: 'requested' });
});

test('reads go on while nothing can be recorded', async () => {
  const id = await request(api, 'reads-1');
  const { position } = (await ask('reads-1')).body;
  commit = () => {
    throw new Error('disk I/O error');
  };
  expect((await ask('reads-2')).status).toBe(503);
  const read = await api.call('member', 'GET', `/v1/providers/${id}?minPosition=${position}`);
  expect([read.status, read.body.stage]).toEqual([200, 'requested']);
});

test('a read that asks for what the read models do not reach is told to come again', async () => {
  const late = await startApi();
  await register(late);
  late.stopReading();
  await late.readModels.ended;
  await register(late, 'globex');
  const waitFor = (position: string) => late.readModels.waitFor(position, 1);
  const asked = caughtUp({ ...late.readModels, waitFor }, String(late.store.head()), ['provider-status']);
  const headers = { 'retry-after': '2' };
  await expect(asked).rejects.toMatchObject({ status: 503, code: 'not-caught-up', headers });
  await late.close();
});

test('a log that the disk does not give back is unavailable, with the reason in our own log alone', async () => {
  const failing = await startApi();
  await register(failing);
  const ids = await Promise.all(Array.from({ length: 20 }, (_, n) => request(failing, `disk-${n}`)));
  expect(await failing.readModels.waitFor(String(failing.store.head()), 5_000)).toBe(true);
  damageInUse(join(failing.folder, 'log.db'));
  const read = await failing.call('member', 'GET', `/v1/providers/${ids[0]}/history`);
  expect([read.status, typeOf(read), read.headers.get('retry-after')]).toEqual([503, 'unavailable', '5']);
  expect(read.body.detail).toBe('What is recorded cannot be read now; send the request again.');
  const logged = failing.lines.filter((line) => line.includes(String(read.body.traceId)));
  expect(logged.join('')).toMatch(/cannot be read: database disk image is malformed/);
  expect((await failing.call('member', 'GET', `/v1/providers/${ids[0]}`)).status).toBe(200);
  expect(read.text).not.toMatch(/disk|malformed/);
  await failing.close();
});

/** The commit holds, its answer is lost, and the log cannot be asked: a folder stands where it was. */
const vanishes: Commit = (db) => {
  db.exec('COMMIT');
  renameSync(log, `${log}.hidden`);
  mkdirSync(log);
  throw new Error('disk I/O error');
};

function comesBack(): void {
  rmSync(log, { recursive: true });
  renameSync(`${log}.hidden`, log);
}

const rename = (id: string, name: string, idempotencyKey: string) => {
  const sending = { body: { name }, headers: key(idempotencyKey) };
  return api.call('administrator', 'POST', `/v1/providers/${id}/rename`, sending);
};

test('a command of unknown outcome says so, and the same request with the same key finds out', async () => {
  const id = await request(api, 'unknown-1');
  commit = vanishes;
  const unknown = await rename(id, 'One', 'unknown-2');
  const meanwhile = await rename(id, 'Two', 'unknown-3');
  comesBack();
  commit = well;
  expect([unknown.status, typeOf(unknown), unknown.headers.get('retry-after')]).toEqual([503, 'outcome-unknown', '5']);
  expect(unknown.body.detail).toMatch(/may be recorded or not.*same Idempotency-Key/);
  expect(unknown.text).not.toMatch(/disk|I\/O|log\.db/);
  expect([meanwhile.status, typeOf(meanwhile)]).toEqual([503, 'unavailable']);
  const told = await rename(id, 'One', 'unknown-2');
  expect([told.status, told.body.name]).toEqual([200, 'One']);
  expect((await rename(id, 'One', 'unknown-2')).body).toEqual(told.body);
  expect((await api.store.read(`provider-${id}`)).map(({ event }) => event.type)).toEqual([
    'ProviderRequested',
    'ProviderRenamed',
  ]);
});

test('live changes go on where they stood once the log can be read again', async () => {
  const id = await request(api, 'live-1');
  const leave = new AbortController();
  const path = `/v1/providers/${id}/changes`;
  const events = readEvents(await api.send('administrator', 'GET', path, { signal: leave.signal }));
  await events.take(1);
  commit = vanishes;
  const unknown = await rename(id, 'One', 'live-2');
  while (api.standstills.length === 0) await nextTurn();
  comesBack();
  commit = well;
  await rename(id, 'Two', 'live-3');
  expect(typeOf(unknown)).toBe('outcome-unknown');
  expect((await events.take(2)).map(({ data }) => data.data)).toEqual([{ name: 'One' }, { name: 'Two' }]);
  leave.abort();
}, 15_000);

const about = { contact: 'us', subject: 'id', methods: () => [], reads: false, formerLogs: new Set<string>() };

test.each([
  ['read models that are to be made anew', new ReadModelsUnavailable('damage'), 503, 'unavailable'],
  ['a store that cannot be written', new StoreUnavailable('disk'), 503, 'unavailable'],
  ['an append of unknown outcome', new OutcomeUnknown('disk'), 503, 'outcome-unknown'],
  ['keys that cannot be had', new IdentityUnavailable('keys'), 503, 'unavailable'],
  ['others who keep winning', new RevisionConflict('provider-1', 1, 2), 409, 'conflict'],
  [
    'a console that AWS keeps shut',
    new SessionUnavailable('console', 'AWS does not answer.'),
    503,
    'console-unavailable',
  ],
  ['keys that AWS does not give', new SessionUnavailable('command-line', 'No answer.'), 503, 'session-unavailable'],
])('%s: the problem says when to come again, and nothing of what is inside', (_, error, status, code) => {
  const problem = problemOf(error, about);
  expect(problem).toMatchObject({ status, code, headers: { 'retry-after': expect.stringMatching(/^\d+$/) } });
  expect(problem.detail).not.toMatch(/disk|keys|provider-1/);
});
