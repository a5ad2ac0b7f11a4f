import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { HistoryEntry } from '../../src/application/history.js';
import { type Api, openApi } from '../../src/cli/demo/api.js';
import { followToCredentials } from '../../src/cli/demo/journey.js';
import { freePort } from '../../src/cli/demo/launch.js';
import { ended, startScript } from '../support/child.js';
import { acceptedProvider, type Grounds, prepare, simulatorKey, until } from '../support/service.js';
import { type RunningSimulator, startSimulator } from '../support/simulator.js';

let aws: RunningSimulator;
let grounds: Grounds;
let url: string;
let service: ReturnType<typeof startProcess>;

/** The service as a process of its own, always at the same address. */
function startProcess() {
  const env = { ...grounds.env, ...simulatorKey, PORT: new URL(url).port };
  const child = startScript('src/main.ts', [], env);
  const gone = ended(child);
  return { kill: (signal: NodeJS.Signals) => child.kill(signal), gone };
}

const ready = (): Promise<boolean> =>
  until(
    () =>
      fetch(`${url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    (ok) => ok,
  );

beforeEach(async () => {
  aws = await startSimulator({
    latencies: { createAccountMs: 300, roleAssumableMs: 100, servicesReadyMs: 200, propagationMs: 60, listLagMs: 60 },
  });
  grounds = await prepare(aws.url);
  url = `http://127.0.0.1:${await freePort()}`;
  service = startProcess();
  await ready();
});

afterEach(async () => {
  service.kill('SIGKILL');
  await service.gone;
  await aws.close();
});

/** A generator with a fixed seed (mulberry32), so that each run kills at the same calls. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const callsSoFar = async (): Promise<number> => (await aws.control.calls()).length;
const ours = async () => (await aws.control.accounts()).filter(({ email }) => email.startsWith('aws+'));

async function factsOf(api: Api, id: string): Promise<readonly string[]> {
  const { items } = await api.get<{ items: HistoryEntry[] }>(
    `/v1/providers/${id}/history?limit=100`,
    await grounds.token('auditor'),
  );
  return items.map(({ type, data }) => (type === 'BaselineStepApplied' ? `${type} ${data.step}` : type));
}

const once = [
  'ProviderRequested',
  'TermsAccepted',
  'PayerAssigned',
  'AccountCreated',
  'PayerLinked',
  'AccountReady',
  'BaselineApplied',
  'CredentialsIssued',
];

test('killed again and again, at any call, it ends by itself with one account for each provider and no fact twice', async () => {
  const api = openApi(url);
  const ids = [await acceptedProvider(api, grounds.tokens, 'One'), await acceptedProvider(api, grounds.tokens, 'Two')];
  const chance = seeded(20_261_124);
  const kills = 8;
  for (let n = 0; n < kills; n++) {
    const target = (await callsSoFar()) + 1 + Math.floor(chance() * 40);
    const done = async (): Promise<boolean> => (await callsSoFar()) >= target;
    await until(done, (reached) => reached);
    service.kill('SIGKILL');
    await service.gone;
    service = startProcess();
    await ready();
  }
  for (const id of ids) {
    const status = await followToCredentials(api, grounds.tokens, id, () => undefined);
    expect(status.stage).toBe('active');
    const facts = await factsOf(api, id);
    const told = facts.filter((fact) => once.includes(fact));
    expect(told).toEqual(once);
    const steps = facts.filter((fact) => fact.startsWith('BaselineStepApplied'));
    expect(new Set(steps).size).toBe(steps.length);
  }
  expect(await ours()).toHaveLength(ids.length);
  expect((await aws.control.calls({ operation: 'CreateAccount' })).length).toBeLessThanOrEqual(ids.length + kills);
  service.kill('SIGTERM');
  expect((await service.gone).code).toBe(0);
  for (const file of ['events.db', 'vault.db']) {
    const db = new DatabaseSync(join(grounds.data, file), { readOnly: true });
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    db.close();
  }
}, 90_000);

test('every acknowledged command is in the log, also when it is killed while it writes', async () => {
  const api = openApi(url);
  await acceptedProvider(api, grounds.tokens, 'First');
  const acknowledged: string[] = [];
  const names = Array.from({ length: 18 }, (_, n) => `Name-${n}`);
  const asking = names.map(async (name) => {
    const path = `${url}/v1/organizations/acme/providers`;
    const headers = {
      authorization: `Bearer ${grounds.tokens.administrator}`,
      'content-type': 'application/json',
      'idempotency-key': name,
    };
    const body = JSON.stringify({ name, origin: 'new', territory: 'US' });
    const response = await fetch(path, { method: 'POST', headers, body }).catch(() => undefined);
    const answer =
      response?.status === 201
        ? ((await response.json().catch(() => undefined)) as { id: string } | undefined)
        : undefined;
    if (answer) acknowledged.push(answer.id);
    if (acknowledged.length >= 3) service.kill('SIGKILL');
  });
  await Promise.all(asking);
  await service.gone;
  service = startProcess();
  await ready();
  expect(acknowledged.length).toBeGreaterThanOrEqual(3);
  for (const id of acknowledged) expect(await factsOf(api, id)).toContain('ProviderRequested');
}, 60_000);

test('wrong configuration ends it with 78 and a line a mistake; a data folder in use with 1 and words', async () => {
  const start = (env: NodeJS.ProcessEnv) =>
    ended(startScript('src/main.ts', [], { ...grounds.env, ...simulatorKey, ...env }));
  const wrong = await start({ PORT: 'abc', PARTNER_CLOUD_AWS_ENDPOINT: 'nowhere' });
  expect(wrong.code).toBe(78);
  expect(wrong.stderr).toMatch(/PORT.*abc/);
  expect(wrong.stderr).toMatch(/ENDPOINT.*nowhere/);
  const second = await start({ PORT: '0' });
  expect(second.code).toBe(1);
  expect(second.stderr).toMatch(/in use by another partner-cloud process/);
  const rebuild = await ended(startScript('src/cli/rebuild.ts', [], grounds.env));
  expect(rebuild.code).toBe(1);
  expect(rebuild.stderr).toMatch(/in use by another partner-cloud process/);
}, 60_000);

test('read models are rebuilt while the service is down', async () => {
  const api = openApi(url);
  const id = await acceptedProvider(api, grounds.tokens);
  await followToCredentials(api, grounds.tokens, id, () => undefined);
  service.kill('SIGTERM');
  await service.gone;
  const rebuild = await ended(startScript('src/cli/rebuild.ts', [], grounds.env));
  expect(rebuild).toMatchObject({ code: 0 });
  expect(rebuild.stdout).toMatch(/provider-status-1: rebuilt/);
  service = startProcess();
  await ready();
  expect((await api.get<{ stage: string }>(`/v1/providers/${id}`, grounds.tokens.administrator)).stage).toBe('active');
}, 60_000);
