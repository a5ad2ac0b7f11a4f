/** Refused requests on the real log: the same is recorded once, over restarts and in several processes, and no more than an hour allows. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { RequestProvider, RequestProviderHandler } from '../../../src/application/commands/request-provider.js';
import { providers, refusals, streamOf } from '../../../src/application/streams/aggregates.js';
import { idOf } from '../../../src/application/streams/causes.js';
import { openStreams } from '../../../src/application/streams/streams.js';
import { type Api, startApi } from '../../support/api.js';
import { draft } from '../../support/events.js';
import { register } from '../../support/people.js';
import { eligible } from '../../support/story.js';

let api: Api;
let now: number;

beforeEach(async () => {
  now = Date.parse('2026-11-24T12:00:00.000Z');
  api = await startApi();
  await register(api, 'acme', { ...eligible, demo: true });
});
afterEach(() => api.close());

const perHour = 3;

/** A process of its own on the same log: nothing is shared but the log. */
function process() {
  const { dependencies, store } = api;
  const clock = { ...dependencies.clock, now: () => now };
  const limits = { ...dependencies.settings.limits, recordedRefusalsPerOrganizationPerHour: perHour };
  const streams = openStreams(store, clock, () => undefined);
  const settings = { ...dependencies.settings, limits };
  const handler = new RequestProviderHandler({ ...dependencies, clock, streams, settings });
  const asked = { name: 'Production', origin: 'new' as const, territory: 'US' };
  return (key: string, subject = '1') => {
    const caller = { actor: `test#${subject}`, subject, organization: 'acme', roles: ['administrator' as const] };
    return handler.execute(new RequestProvider('acme', asked, { caller, key }));
  };
}

const day = streamOf(refusals, 'acme-2026-11-24');
const idFor = (key: string): string => idOf('provider', 'acme', key);
const eventsOf = async (stream: string) => (await api.store.read(stream)).map(({ event }) => event.type);

test('after a restart and in another process the same refusal is answered with the one on record', async () => {
  const first = await process()('key-1');
  expect(first.provider.stage).toBe('refused');
  const head = api.store.head();
  const [one, two] = [process(), process()];
  const answers = await Promise.all(['key-2', 'key-3', 'key-1'].flatMap((key) => [one(key), two(key)]));
  for (const answer of answers) expect(answer).toEqual(first);
  expect(api.store.head()).toBe(head);
});

test('of several persons so many are recorded within an hour, then they are told when there is room again', async () => {
  const ask = process();
  for (let person = 1; person <= perHour; person++) await ask(`key-${person}`, String(person));
  const head = api.store.head();
  const refusal = await ask('key-9', '9').catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'rate-limited', details: { retryAfterSeconds: 3_600 } });
  expect(api.store.head()).toBe(head);
  now += 3_600_000;
  expect((await ask('key-9', '9')).provider.stage).toBe('refused');
});

test('many processes at once keep the bound', async () => {
  const asked = Array.from({ length: 12 }, (_, n) => process()(`key-${n}`, String(n)));
  const settled = await Promise.allSettled(asked);
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(perHour);
  expect(await eventsOf(day)).toHaveLength(perHour);
});

test('who died after the note and before the refusal is replaced by the next, and the key may be sent again', async () => {
  const note = { organizationRevision: 0, territory: 'US', person: 'test#1' };
  await api.store.append(day, -1, [draft({ type: 'RefusalNoted', providerId: idFor('key-1'), ...note }, { at: now })]);
  const second = await process()('key-2');
  expect(second.providerId).toBe(idFor('key-2'));
  expect(await process()('key-3')).toEqual(second);
  expect(await process()('key-1')).toEqual(second);
  expect(await eventsOf(streamOf(providers, idFor('key-1')))).toEqual([]);
});
