/** The daily allowance with the real log: exact however many ask at once, and also with two processes on one log. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { RequestProvider, RequestProviderHandler } from '../../../src/application/commands/request-provider.js';
import { openStreams } from '../../../src/application/streams/streams.js';
import { Refusal } from '../../../src/domain/refusal.js';
import { type Api, startApi } from '../../support/api.js';
import { register } from '../../support/people.js';

let api: Api;
let now = Date.parse('2026-11-24T12:00:00.000Z');

beforeAll(async () => {
  api = await startApi();
  await register(api);
});
afterAll(() => api.close());

const perDay = 5;

/** A process of its own on the same log: nothing is shared but the log. */
function process() {
  const { dependencies, store } = api;
  const clock = { ...dependencies.clock, now: () => now };
  const limits = { ...dependencies.settings.limits, accountsPerOrganizationPerDay: perDay };
  const streams = openStreams(store, clock, () => undefined);
  const handler = new RequestProviderHandler({
    ...dependencies,
    clock,
    streams,
    settings: { ...dependencies.settings, limits },
  });
  const caller = { actor: 'test#1', subject: '1', organization: 'acme', roles: ['administrator' as const] };
  const asked = { name: 'Production', origin: 'new' as const, territory: 'US' };
  return (key: string) => handler.execute(new RequestProvider('acme', asked, { caller, key }));
}

const outcomes = async (asking: readonly Promise<unknown>[]) => {
  const settled = await Promise.allSettled(asking);
  const failures = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  for (const failure of failures) expect(failure).toMatchObject({ code: 'rate-limited' });
  expect(failures.every((failure) => failure instanceof Refusal)).toBe(true);
  return settled.length - failures.length;
};

test('many at once in two processes get exactly the places there are, and the next day new ones', async () => {
  const [one, two] = [process(), process()];
  const keys = Array.from({ length: 20 }, (_, n) => `key-${n}`);
  expect(await outcomes(keys.map((key, n) => (n % 2 ? one(key) : two(key))))).toBe(perDay);
  expect(await outcomes(keys.map((key) => process()(key)))).toBe(perDay);
  now += 24 * 3_600_000;
  expect(await outcomes(keys.map((key) => one(key)))).toBe(2 * perDay);
});
