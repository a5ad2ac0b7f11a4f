/** A log on a server as auditors read it: verified, exported and packed as a log in a file is. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { systemClock } from '../../../../src/application/ports/clock.js';
import { auditedServer } from '../../../../src/composition/audit/audited-log.js';
import { verifyServer } from '../../../../src/composition/verification/verify-server.js';
import { openSigner } from '../../../../src/infrastructure/audit/signing-key.js';
import {
  type EventStoreDbEventStore,
  openEventStoreDb,
} from '../../../../src/infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { UnusableEventStore } from '../../../../src/infrastructure/event-store/eventstoredb/start.js';
import { draft, drafts, sample } from '../../../support/events.js';
import { type SmallServer, startSmallServer } from '../../../support/eventstoredb/server.js';
import { restOf } from '../../../support/following.js';

const prefix = 'audited';
const provider = '1c7dfc28-4f0c-5a4e-9d53-7ce2d1a8a3b5';
const other = '2c7dfc28-4f0c-5a4e-9d53-7ce2d1a8a3b5';

let server: SmallServer;
let store: EventStoreDbEventStore;

const on = () => ({ address: server.url, prefix });
const audited = () => auditedServer({ server: on(), store, clock: systemClock }, () => undefined);
const going = () => new AbortController().signal;

beforeEach(async () => {
  server = await startSmallServer();
  store = await openEventStoreDb(on());
  await store.append('organization-acme', -1, [draft(sample('OrganizationRegistered'))]);
  for (const [id, organization] of [
    [provider, 'acme'],
    [other, 'globex'],
  ] as const)
    await store.append(`provider-${id}`, -1, [draft(sample('ProviderRequested', { organization }))]);
  server.log.append('others', 'any', [
    {
      id: randomUUID(),
      type: 'Other',
      contentType: 'application/json',
      data: Buffer.from('{}'),
      metadata: Buffer.from('{}'),
    },
  ]);
  await store.append(`provider-${provider}`, 0, drafts('Renamed'));
});
afterEach(async () => {
  await store.close();
  server.stop();
});

async function exported(filter: object = {}): Promise<readonly Record<string, unknown>[]> {
  let text = '';
  for await (const page of audited().exportEvents({ after: 0, ...filter }, going())) text += page;
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** An event as somebody would forge it who may write to the server. */
function forge(stream: string, members: object): void {
  const kept = server.log.of(`${prefix}-${stream}`).at(-1);
  if (!kept) throw new Error('nothing is there');
  server.log.append(kept.stream, kept.revision, [{ ...kept, id: randomUUID(), ...members }]);
}

test('what was recorded is found to be so, and a head over it holds', async () => {
  const alone = await verifyServer({ log: on(), head: undefined, keys: [] });
  expect(alone).toMatchObject({ verdict: 'self-consistent', logId: store.logId, events: 4, findings: [] });
  const signer = openSigner(new Uint8Array(32).fill(3), `partner-cloud/${store.logId}`);
  const head = signer.signHead({ origin: signer.origin, size: 4, root: alone?.root ?? '' }).note;
  const against = await audited().verify({ head, keys: [signer.publicKey] }, going());
  expect(against).toMatchObject({ verdict: 'matches-head', leaves: 4, head: { size: 4, signature: 'checked' } });
});

test('what was changed, added or is missing under a head is found, with its position', async () => {
  const { root = '' } = (await verifyServer({ log: on(), head: undefined, keys: [] })) ?? {};
  const signer = openSigner(new Uint8Array(32).fill(3), `partner-cloud/${store.logId}`);
  const head = signer.signHead({ origin: signer.origin, size: 5, root }).note;
  const short = await verifyServer({ log: on(), head, keys: [] });
  expect(short?.findings).toMatchObject([
    { check: 'head', words: expect.stringMatching(/covers 5 facts, and the log has fewer/) },
  ]);

  forge(`provider-${provider}`, { data: Buffer.from('{"name":"Forged"}') });
  const place = Number(server.log.all.at(-1)?.position);
  const found = await verifyServer({ log: on(), head: undefined, keys: [] });
  expect(found).toMatchObject({ verdict: 'changed', firstBad: place });
  expect(found?.findings.map(({ check }) => check)).toContain('bytes');

  forge(`provider-${other}`, { metadata: Buffer.from('{"by":"a stranger"}') });
  const stranger = await verifyServer({ log: on(), head: undefined, keys: [] });
  expect(stranger?.findings.at(-1)?.position).toBe(Number(server.log.all.at(-1)?.position));
});

test('an export has every fact with its position, goes on after one, and takes the filters', async () => {
  const all = await exported();
  expect(all.map(({ position }) => position)).toEqual((await restOf(store)).map(({ position }) => position));
  expect(all.map(({ type }) => type)).toEqual([
    'OrganizationRegistered',
    'ProviderRequested',
    'ProviderRequested',
    'ProviderRenamed',
  ]);
  const after = Number(String(all[1]?.position).split(':')[1]);
  expect(await exported({ after })).toEqual(all.slice(2));
  // Whose the provider is, is known from its first fact, which lies before.
  expect(await exported({ after, organization: 'acme' })).toEqual([all[3]]);
  expect(await exported({ organization: 'globex' })).toEqual([all[2]]);
  expect(await exported({ providerId: provider })).toEqual([all[1], all[3]]);
});

test('evidence has the life of the provider and what stands around it, up to a position', async () => {
  const told = await audited().evidence({ providerId: provider, upTo: undefined });
  expect(told.map(({ stream, revision }) => `${stream}@${revision}`)).toEqual([
    'organization-acme@0',
    `provider-${provider}@0`,
    `provider-${provider}@1`,
  ]);
  const upTo = Number(told[1]?.position.split(':')[1]);
  expect(await audited().evidence({ providerId: provider, upTo })).toEqual(told.slice(0, 2));
  expect(await audited().evidence({ providerId: randomUUID(), upTo: undefined })).toEqual([]);
});

test('where no log is, it is said, and none is begun', async () => {
  const nowhere = verifyServer({ log: { ...on(), prefix: 'nothing' }, head: undefined, keys: [] });
  await expect(nowhere).rejects.toThrow(UnusableEventStore);
  await expect(nowhere).rejects.toThrow(/holds no log whose streams begin with nothing-/);
  expect(server.log.of('nothing.log-id')).toEqual([]);
});
