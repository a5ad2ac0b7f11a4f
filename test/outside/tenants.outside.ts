/** One tenant does much; the others notice nothing, and what it may do has an end. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { factsIn } from '../support/log-of.js';
import { until } from '../support/waiting.js';
import { Stage } from './support/stage.js';

const facts = { reseller: false, customerOfReseller: false, staff: false, demo: false, officeTerritories: ['US'] };

let stage: Stage;
let id: string;
beforeAll(async () => {
  stage = await Stage.prepare();
  await stage.start();
  await stage.call('service', 'PUT', '/v1/organizations/globex', { body: { ...facts, billable: false } });
  id = await stage.accepted('Busy');
});
afterAll(() => stage.close());

const rename = (name: string) => stage.call('administrator', 'POST', `/v1/providers/${id}/rename`, { body: { name } });

test('F22: thirty renames at once stand in line and are all made', async () => {
  const renames = await Promise.all(Array.from({ length: 30 }, (_, index) => rename(`At once ${index}`)));
  expect(renames.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 200));
});

test('F33: while one stream is changed by twelve at once without a pause, others are answered and nothing conflicts', async () => {
  const stop = new AbortController();
  const met = new Set<number>();
  let made = 0;
  const row = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      met.add((await rename(`Row ${made++}`)).status);
    }
  };
  const rows = Array.from({ length: 12 }, row);
  await until(
    async () => made,
    (count) => count > 300,
  );
  const other = await stage.call('outsider', 'GET', '/v1/organizations/globex/options?territory=US');
  stop.abort();
  await Promise.all(rows);
  expect(other.status).toBe(200);
  expect([...met].filter((status) => status !== 200 && status !== 429)).toEqual([]);
});

test('F34: the same refusal is recorded once, and more requests than a minute allows are told when to come again', async () => {
  const ask = (key: number) =>
    stage.call('outsider', 'POST', '/v1/organizations/globex/providers', {
      body: { name: 'Refused', origin: 'new', territory: 'US' },
      headers: { 'idempotency-key': `refused-${key}` },
    });
  const answers = [];
  for (let key = 0; key < 700; key += 20)
    answers.push(...(await Promise.all(Array.from({ length: 20 }, (_, more) => ask(key + more)))));
  const refused = answers.filter(({ status }) => status === 422);
  const limited = answers.filter(({ status }) => status === 429);
  expect([refused.length > 0, limited.length > 0, refused.length + limited.length]).toEqual([
    true,
    true,
    answers.length,
  ]);
  expect(Number(limited.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(new Set(refused.map(({ body }) => body.position)).size).toBe(1);
  expect((await stage.call('administrator', 'GET', `/v1/providers/${id}`)).status).toBe(200);
});

test('F35: one caller holds so many live connections and no more, and another caller has its own', async () => {
  const open: AbortController[] = [];
  const connect = async (token: string): Promise<number> => {
    const end = new AbortController();
    open.push(end);
    const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
    const answer = await fetch(`${stage.grounds.url}/v1/providers/${id}/changes`, { headers, signal: end.signal });
    return answer.status;
  };
  const { administrator } = stage.grounds.tokens;
  const statuses: number[] = [];
  for (let count = 0; count < 25; count++) statuses.push(await connect(administrator));
  expect(statuses.filter((status) => status === 200)).toHaveLength(20);
  expect(statuses.slice(20)).toEqual([429, 429, 429, 429, 429]);
  expect(await connect(await stage.token('member'))).toBe(200);
  for (const end of open) end.abort();
});

test('F34: what one caller was refused is one fact in the log once the service has stopped', async () => {
  expect(await stage.stop()).toBe(0);
  expect(factsIn(stage.grounds.data).filter(({ type }) => type === 'ProviderRefused')).toHaveLength(1);
});
