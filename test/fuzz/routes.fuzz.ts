/** Whatever is sent to any route, the answer is one that the API's description has, and never that something broke. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { requestProvider } from '../../src/cli/demo/journey.js';
import type { DemoPerson } from '../../src/infrastructure/identity/demo/people.js';
import { requireDescribed } from '../support/api-contract.js';
import { read } from '../support/by-path.js';
import { until } from '../support/waiting.js';
import { type Operation, operations } from './description.js';
import { type MadeRequest, requestsTo, urlOf } from './requests.js';
import { furnish, knownOf, type Right, rightRequests, tiedToOthers, type World } from './world.js';

const requestsEach = 60;

let world: World;
beforeAll(async () => {
  world = await furnish();
});
afterAll(async () => {
  await world.service.stop();
  await world.aws.close();
});

const tokens = new Map<string, Promise<string>>();
function tokenOf(who: DemoPerson): Promise<string> {
  const token = tokens.get(who) ?? world.grounds.token(who);
  tokens.set(who, token);
  return token;
}

/** The status of the answer; throws where it is not described or is a fault of the service. */
async function sent({ who, method, url, headers, body }: MadeRequest): Promise<number> {
  const authorization: Record<string, string> =
    who === 'nobody' ? {} : { authorization: `Bearer ${await tokenOf(who)}` };
  const done = new AbortController();
  const response = await fetch(`${world.service.url}${url}`, {
    method,
    headers: { ...headers, ...authorization },
    signal: done.signal,
    ...(body === undefined ? {} : { body }),
  });
  const { status } = response;
  const type = response.headers.get('content-type') ?? '';
  const text = type.startsWith('text/event-stream') ? '' : await response.text();
  done.abort();
  if (status >= 500) throw new Error(`${method} ${url} answered ${status}: ${text}`);
  const isJson = /[/+]json(;|$)/.test(type) && text !== '';
  requireDescribed(method, url, { status, headers: response.headers, text, body: isJson ? JSON.parse(text) : {} });
  return status;
}

const asked = ({ call, method, path }: Operation, { who, parts = {}, query = {}, body }: Right): MadeRequest => ({
  who,
  method,
  url: urlOf(path, parts, query),
  headers: {
    ...(method === 'POST' ? { 'idempotency-key': `right-${call}` } : {}),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  },
  body: body === undefined ? undefined : JSON.stringify(body),
});

test('each call succeeds as it is described', async () => {
  const { api } = world.service;
  const { tokens: mine } = world.grounds;
  const fresh = [
    await requestProvider(api, mine, 'First', 'fuzz-1'),
    await requestProvider(api, mine, 'Other', 'fuzz-2'),
  ];
  const headers = { authorization: `Bearer ${await tokenOf('member')}` };
  const receipt = `${world.service.url}/v1/providers/${world.id}/receipt?position=${world.position}`;
  await until(
    () => fetch(receipt, { headers }),
    ({ ok }) => ok,
  );
  const rights = rightRequests(world, [String(fresh[0]), String(fresh[1])]);
  const byCall = new Map(operations.map((operation) => [operation.call, operation]));
  const untried = [...byCall.keys()].filter((call) => !(call in rights) && !(call in tiedToOthers));
  expect(untried).toEqual(['applyGuardrails']);
  for (const [call, right] of Object.entries(rights)) {
    const operation = byCall.get(call);
    if (!operation) throw new Error(`${call} is no call of the API`);
    // What was just done is under the next signed head only.
    const isSigned = (answered: number): boolean => operation.method !== 'GET' || answered !== 409;
    const status = await until(() => sent(asked(operation, right)), isSigned);
    expect([call, status >= 200 && status < 300, status]).toEqual([call, true, status]);
  }
  const payer = '/v1/payers/payer-1/guardrails';
  const { plan } = await read<{ plan: { digest: string } }>(api, payer, await tokenOf('operator'));
  const apply = byCall.get('applyGuardrails');
  const body = { digest: plan.digest };
  expect(apply && (await sent(asked(apply, { who: 'operator', parts: { id: 'payer-1' }, body })))).toBe(200);
  expect(Object.values(tiedToOthers).filter((file) => !existsSync(file))).toEqual([]);
});

test.each(operations.map((operation) => [operation.call, operation] as const))(
  '%s answers whatever is sent as it is described, and nothing breaks',
  async (_, operation) => {
    const counts = new Map<number, number>();
    const requests = requestsTo(operation, knownOf(world, operation.path));
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const status = await sent(request);
        counts.set(status, (counts.get(status) ?? 0) + 1);
      }),
      { numRuns: requestsEach, endOnFailure: true },
    );
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(requestsEach);
  },
);

test('nothing that was sent is told in the log as a fault, with a stack or in lines of its own', async () => {
  const marker = randomUUID();
  await sent({
    who: 'member',
    method: 'GET',
    url: `/v1/${marker}%0a%7b%22level%22%3a%22error%22%7d`,
    headers: {},
    body: undefined,
  });
  const lines = world.service.logged().split('\n').filter(Boolean);
  const parsed = lines.map((line) => JSON.parse(line) as { level: string; msg?: string });
  expect(parsed.filter(({ level, msg }) => level === 'error' && msg?.startsWith('A request'))).toEqual([]);
  expect(lines.filter((line) => line.includes(marker))).toEqual([]);
});
