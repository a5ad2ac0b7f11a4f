/** The whole service with its log on an EventStoreDB: nothing above the port of the store knows. */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { reveal } from '../../src/cli/demo/journey.js';
import { LogLost } from '../../src/composition/log/remembered-log.js';
import { openEventStoreDb } from '../../src/infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { rememberLog } from '../../src/infrastructure/known-logs.js';
import { drafts } from '../support/events.js';
import { ServerLog } from '../support/eventstoredb/log.js';
import { type SmallServer, startSmallServer } from '../support/eventstoredb/server.js';
import { unpacked, verified } from '../support/evidence-pack.js';
import { acceptedProvider, credentialsOf, type Grounds, prepare, startRunning } from '../support/service.js';
import { type RunningSimulator, startSimulator } from '../support/simulator.js';
import { until } from '../support/waiting.js';

let aws: RunningSimulator;
let server: SmallServer;
let grounds: Grounds;

beforeEach(async () => {
  [aws, server] = await Promise.all([startSimulator(), startSmallServer()]);
  grounds = await prepare(aws.url);
  grounds.env.PARTNER_CLOUD_EVENT_STORE_URL = server.url;
});
afterEach(async () => {
  server.stop();
  await aws.close();
});

const ours = async () => (await aws.control.accounts()).filter(({ email }) => email.startsWith('aws+'));

test('an account is vended, and a service that starts on the same log with no read models goes on with it', async () => {
  let service = await startRunning(grounds);
  const id = await acceptedProvider(service.api, grounds.tokens);
  await credentialsOf(service.api, grounds.tokens, id);
  await service.stop();
  rmSync(join(grounds.data, 'read-models'), { recursive: true });

  service = await startRunning(grounds);
  const status = await credentialsOf(service.api, grounds.tokens, id);
  expect(status.stage).toBe('active');
  expect((await reveal(service.api, grounds.tokens, id)).userName).toBeTruthy();
  expect(await ours()).toHaveLength(1);
  await service.stop();
});

test('the server may be killed and come back on the way; there is one account, and nothing is left behind', async () => {
  const service = await startRunning(grounds);
  const id = await acceptedProvider(service.api, grounds.tokens);
  for (let n = 0; n < 3; n++) await server.restart();
  const status = await credentialsOf(service.api, grounds.tokens, id);
  expect(status.stage).toBe('active');
  expect(await ours()).toHaveLength(1);
  await service.stop();
});

test('of two instances one acts, for the other as well, and the other goes on when it stops', async () => {
  const other = await prepare(aws.url);
  const env = { ...grounds.env, PARTNER_CLOUD_DATA: other.data };
  const [first, second] = [await startRunning(grounds), await startRunning({ ...grounds, env })];
  const before = await acceptedProvider(second.api, grounds.tokens, 'First');
  expect((await credentialsOf(second.api, grounds.tokens, before)).stage).toBe('active');
  expect(second.logged()).not.toMatch(/This process acts on the log now/);

  await first.stop();
  const after = await acceptedProvider(second.api, grounds.tokens, 'Second');
  expect((await credentialsOf(second.api, grounds.tokens, after)).stage).toBe('active');
  expect(second.logged()).toMatch(/This process acts on the log now/);
  expect(await ours()).toHaveLength(2);
  await second.stop();
});

test('an auditor verifies, exports and takes evidence away, and only the instance that acts signs', async () => {
  const other = await prepare(aws.url);
  const elsewhere = { PARTNER_CLOUD_DATA: other.data };
  const [first, second] = [
    await startRunning(grounds),
    await startRunning({ ...grounds, env: { ...grounds.env, ...elsewhere } }),
  ];
  const id = await acceptedProvider(first.api, grounds.tokens);
  await credentialsOf(first.api, grounds.tokens, id);
  const authorization = `Bearer ${await grounds.token('auditor')}`;
  const ask = (url: string, path: string, method = 'GET') =>
    fetch(`${url}${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(method === 'POST' && { body: '{}' }),
    });
  const events = await (await ask(second.url, '/v1/audit/events')).text();
  expect(events).toContain(`"stream":"provider-${id}"`);
  const [, log, place] = /"position":"([^:]+):(\d+)"/.exec(events) ?? [];
  for (const nowhere of [Number(place) + 1, 99_999_999]) {
    const refused = await ask(second.url, `/v1/audit/events?after=${log}:${nowhere}`);
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('"field":"after"')]);
  }
  const pack = await until(
    () => ask(second.url, `/v1/audit/providers/${id}/evidence`),
    ({ status }) => status === 200,
  );
  expect(verified(unpacked(new Uint8Array(await pack.arrayBuffer())))).toMatchObject({ code: 0 });
  const found = await (await ask(second.url, '/v1/audit/verify', 'POST')).json();
  expect(found).toMatchObject({ verdict: 'matches-head', findings: [] });
  await second.stop();
  await first.stop();
});

test('a server is restored from its backup and serves; restored from an older one it is refused', async () => {
  const life = async (name: string): Promise<string> => {
    const service = await startRunning(grounds);
    const id = await acceptedProvider(service.api, grounds.tokens, name);
    await credentialsOf(service.api, grounds.tokens, id);
    await service.stop();
    return id;
  };
  await life('First');
  const older = [...server.log.all];
  const id = await life('Second');
  const whole = [...server.log.all];
  const restore = async (events: typeof whole): Promise<void> => {
    server.stop();
    server = await startSmallServer({ log: ServerLog.restored(events) });
    grounds.env.PARTNER_CLOUD_EVENT_STORE_URL = server.url;
  };
  await restore(older);
  await expect(startRunning(grounds)).rejects.toThrow(LogLost);
  await restore(whole);
  const service = await startRunning(grounds);
  expect((await credentialsOf(service.api, grounds.tokens, id)).stage).toBe('active');
  expect(await ours()).toHaveLength(2);
  await service.stop();
});

test('an instance starts while others append and remember it beside the log', async () => {
  const first = await startRunning(grounds);
  await acceptedProvider(first.api, grounds.tokens);
  await first.stop();
  const other = await openEventStoreDb({ address: server.url, prefix: 'partnercloud' });
  let started = false;
  const appending = (async () => {
    for (let n = 0; !started; n++) {
      await other.append(`organization-busy-${n}`, -1, drafts(`${n}`));
      rememberLog(grounds.keys, '/elsewhere', other.reach());
    }
  })();
  const service = await startRunning(grounds);
  started = true;
  await appending;
  await service.stop();
  await other.close();
});

test('a server that holds another log than is remembered here is refused, and its password shown nowhere', async () => {
  const service = await startRunning(grounds);
  await acceptedProvider(service.api, grounds.tokens);
  await service.stop();
  const password = randomBytes(9).toString('hex');
  const other = await startSmallServer();
  const user = { PARTNER_CLOUD_EVENT_STORE_USER: 'service', PARTNER_CLOUD_EVENT_STORE_PASSWORD: password };
  Object.assign(grounds.env, user, { PARTNER_CLOUD_EVENT_STORE_URL: other.url });
  const start = startRunning(grounds).catch((error: unknown) => error);
  expect(await start).toBeInstanceOf(LogLost);
  expect(String(await start)).toMatch(/Put the server's own backup back/);
  expect(String(await start)).not.toContain(password);
  other.stop();
});
