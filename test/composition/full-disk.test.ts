/** A disk that is full refuses what cannot be kept, loses nothing that was, and is in nobody's way once there is room. */
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { healthOf } from '../../src/composition/health/health.js';
import { openSqliteVault } from '../../src/infrastructure/vault/sqlite-vault.js';
import { type Api, type Commit, startApi } from '../support/api.js';
import { readEvents } from '../support/event-source.js';
import { key, production, register, request, typeOf } from '../support/people.js';
import { nameOf } from '../support/read-model-names.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Keeps a file from growing, as a full disk does: SQLite itself then answers SQLITE_FULL. */
function fill(db: DatabaseSync): void {
  const { page_count: pages } = db.prepare('PRAGMA page_count').get() as { page_count: number };
  db.exec(`PRAGMA max_page_count = ${pages}`);
}
const makeRoom = (db: DatabaseSync): void => db.exec('PRAGMA max_page_count = 1000000');

let api: Api;
let log: DatabaseSync;
const remembers: Commit = (db) => {
  log = db;
  db.exec('COMMIT');
};

beforeEach(async () => {
  api = await startApi({}, remembers);
  await register(api);
});
afterEach(() => api.close());

const ask = (name: string, idempotencyKey: string) =>
  api.call('administrator', 'POST', '/v1/organizations/acme/providers', {
    body: { ...production, name },
    headers: key(idempotencyKey),
  });
const ready = () => healthOf(api).ready();
const rename = (id: string, name: string) =>
  api.call('administrator', 'POST', `/v1/providers/${id}/rename`, { body: { name } });

/** Requests until the last free page is used up; answers with those that were recorded, and the refusal. */
async function requestUntilFull() {
  const recorded: string[] = [];
  for (;;) {
    const answer = await ask('Production', `full-${recorded.length}`);
    if (answer.status !== 201) return { recorded, refused: answer };
    recorded.push(String(answer.body.id));
  }
}

test('a full disk under the log refuses commands, says so, and takes them again once there is room', async () => {
  const id = await request(api, 'before');
  const live = new AbortController();
  const sent = await api.send('administrator', 'GET', `/v1/providers/${id}/changes`, { signal: live.signal });
  const events = readEvents(sent);
  fill(log);
  const { recorded, refused } = await requestUntilFull();
  expect([refused.status, typeOf(refused), refused.headers.get('retry-after')]).toEqual([503, 'unavailable', '5']);
  expect((await ready()).checks['event-log']).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/disk is full/),
  });
  expect((await api.call('member', 'GET', `/v1/providers/${id}`)).status).toBe(200);

  makeRoom(log);
  const again = await ask('Production', `full-${recorded.length}`);
  expect([again.status, (await ready()).ok]).toEqual([201, true]);
  expect(await api.readModels.waitFor(String(again.body.position), 60_000)).toBe(true);
  const list = await api.call('administrator', 'GET', '/v1/organizations/acme/providers?limit=100');
  const listed = (list.body.items as { id: string }[]).map((item) => item.id);
  expect(listed.sort()).toEqual([id, ...recorded, String(again.body.id)].sort());
  await rename(id, 'Told live');
  expect((await events.take(2)).map(({ event }) => event)).toEqual(['ProviderRequested', 'ProviderRenamed']);
  live.abort();
});

test('a full disk under the read models holds them up, and they go on by themselves', async () => {
  const id = await request(api, 'first');
  const rows = api.db.models['provider-status'].current.db;
  fill(rows);
  const { position } = (await rename(id, 'N'.repeat(60))).body;
  for (let n = 0; (await ready()).ok && n < 500; n++) await ask('M'.repeat(60), `more-${n}`);
  const still = (await ready()).checks[nameOf('provider-status')];
  expect(still).toMatchObject({ ok: false, detail: expect.stringMatching(/disk is full; it is tried again/) });
  const last = await rename(id, 'Recorded all the same');
  expect([last.status, (await api.call('member', 'GET', `/v1/providers/${id}`)).status]).toEqual([200, 200]);

  makeRoom(rows);
  expect(await api.readModels.waitFor(String(last.body.position), 60_000)).toBe(true);
  const seen = await api.call('member', 'GET', `/v1/providers/${id}?minPosition=${position}`);
  expect(seen.body.name).toBe('Recorded all the same');
  expect(await ready()).toMatchObject({ ok: true });
});

test('a full disk under the vault keeps what is there, and takes the secret again once there is room', async () => {
  let file: DatabaseSync | undefined;
  const vault = openSqliteVault({
    file: join(temporaryFolder(), 'vault.db'),
    key: new Uint8Array(32).fill(7),
    opened: (db) => {
      file = db;
    },
  });
  if (!file) throw new Error('The vault did not show its file.');
  await vault.putIfAbsent('credentials/kept', 1, 'first');
  fill(file);
  const large = 'x'.repeat(100_000);
  await expect(vault.putIfAbsent('credentials/late', 1, large)).rejects.toThrow(/full/);
  expect(await vault.get('credentials/kept', 1)).toEqual({ state: 'kept', value: 'first' });
  expect(await vault.get('credentials/late', 1)).toEqual({ state: 'absent' });
  makeRoom(file);
  expect(await vault.putIfAbsent('credentials/late', 1, large)).toEqual({ state: 'kept', value: large });
  await vault.destroy('credentials/kept', 1);
  expect(await vault.get('credentials/kept', 1)).toEqual({ state: 'destroyed' });
  vault.close();
});

test('readiness lets requests come again after a while, since only a write can tell that there is room', async () => {
  fill(log);
  await requestUntilFull();
  const late = healthOf({
    ...api,
    store: { ...api.store, health: () => ({ ...api.store.health(), failedAt: Date.now() - 60_000 }) },
  });
  expect((await ready()).ok).toBe(false);
  expect((await late.ready()).ok).toBe(true);
  makeRoom(log);
});
