/** The whole service on a log to which a newer program has added: it goes on vending, and leaves alone only what it cannot know. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import Type from 'typebox';
import { accessId } from '../../src/application/streams/aggregates.js';
import { reveal } from '../../src/cli/demo/journey.js';
import type { DomainEvent } from '../../src/domain/events.js';
import { createCodec } from '../../src/infrastructure/event-store/format/codec.js';
import { eventSchemas } from '../../src/infrastructure/event-store/format/schemas/all.js';
import { openSqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { read, send } from '../support/by-path.js';
import { draft, sample } from '../support/events.js';
import { acceptedProvider, credentialsOf, startRunning } from '../support/service.js';
import { until } from '../support/waiting.js';
import { wholeService } from '../support/whole-service.js';

const whole = wholeService();

/** Bears everything, so that what this version would never write can be. */
const anything = Type.Object({});
const newerCodec = createCodec({
  ...Object.fromEntries(Object.keys(eventSchemas).map((type) => [type, anything])),
  SomethingNew: anything,
});
const newer = (event: object): DomainEvent => event as unknown as DomainEvent;
const somethingNew = newer({ type: 'SomethingNew', what: 'nobody knows' });

/** Appends each event to the end of its stream, as a newer program would. */
async function writeAsNewer(...events: readonly (readonly [stream: string, event: DomainEvent])[]): Promise<void> {
  const store = openSqliteEventStore({ file: join(whole.grounds.data, 'events.db'), codec: newerCodec });
  for (const [stream, event] of events) {
    const { length } = await store.read(stream);
    await store.append(stream, length - 1, [draft(event, { at: Date.now() })]);
  }
  await store.close();
}

const get = async (path: string) =>
  read<Record<string, unknown>>(whole.service.api, path, await whole.grounds.token('auditor'));
const historyOf = async (id: string) => {
  const { items } = await get(`/v1/providers/${id}/history?limit=100`);
  return items as readonly { type: string; data: object }[];
};

test('new members, values and types on the streams of providers, payers, organizations and access', async () => {
  const { tokens } = whole.grounds;
  const settled = await acceptedProvider(whole.service.api, tokens, 'Settled');
  await credentialsOf(whole.service.api, tokens, settled);
  await reveal(whole.service.api, tokens, settled);
  const other = await acceptedProvider(whole.service.api, tokens, 'Other');
  await credentialsOf(whole.service.api, tokens, other);
  await whole.service.stop();

  const at = new Date().toISOString();
  const refused = randomUUID();
  const facts = { ...sample('OrganizationUpdated').facts, officeTerritories: ['DE', 'US'], grade: 'gold' };
  await writeAsNewer(
    // New members, which do not change what the rest means.
    [`provider-${settled}`, newer({ type: 'ProviderRenamed', name: 'Renamed', why: 'A new brand' })],
    ['payer-payer-1', newer({ type: 'VendingPaused', reason: 'operator', words: 'By hand.', ticket: 'T-1' })],
    ['payer-payer-1', newer({ type: 'VendingResumed', ticket: 'T-1' })],
    ['organization-acme', newer({ type: 'OrganizationUpdated', facts })],
    [`access-${accessId(settled, at)}`, newer({ ...sample('CredentialsRevealed'), browser: 'A new one' })],
    // New values of sets of words.
    [
      `provider-${settled}`,
      newer({ type: 'StepDelayed', step: 'Fly', reason: 'no-wings', words: 'It waits.', since: at }),
    ],
    [`access-${accessId(settled, at)}`, newer({ type: 'AccessRefused', what: 'telephone', reason: 'engaged', at })],
    [`provider-${refused}`, newer({ ...sample('ProviderRefused'), organization: 'acme', reasons: ['too-young'] })],
    ['provider-elsewhere', newer({ ...sample('ProviderRequested'), organization: 'acme', origin: 'inherited' })],
    // New types, on streams of their own and on those of today.
    ['hardening-1', somethingNew],
    [`provider-${other}`, somethingNew],
    [`provider-${other}`, newer({ type: 'ProviderRenamed', name: 'After it' })],
    ['payer-payer-2', somethingNew],
    ['organization-globex', somethingNew],
    [`access-${accessId(other, at)}`, somethingNew],
  );

  whole.service = await startRunning(whole.grounds);
  expect((await fetch(`${whole.service.url}/health/ready`)).status).toBe(200);
  const third = await acceptedProvider(whole.service.api, tokens, 'Third');
  expect(await credentialsOf(whole.service.api, tokens, third)).toMatchObject({ stage: 'active' });
  expect(await get(`/v1/providers/${third}`)).toMatchObject({ account: { payerId: 'payer-1' } });

  const known = await until(
    () => get(`/v1/providers/${settled}`),
    ({ name }) => name === 'Renamed',
  );
  expect(known).toMatchObject({ stage: 'active' });
  expect(await get(`/v1/providers/${refused}`)).toMatchObject({
    stage: 'refused',
    reasons: [{ reason: 'too-young', words: 'too-young' }],
  });
  expect((await reveal(whole.service.api, tokens, settled)).userName).toBe('administrator');
  const told = await historyOf(other);
  expect(told.find(({ type }) => type === 'Unknown')).toMatchObject({
    data: { recordedType: 'SomethingNew', data: { what: 'nobody knows' } },
  });
  const rename = send(whole.service.api, 'POST', `/v1/providers/${other}/rename`, tokens.administrator, {
    name: 'Mine',
  });
  await expect(rename).rejects.toThrow(/cannot be read/);
});
