/** The allocator on the real log and the real read models, looked at while these are behind or being made anew. */
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Clock } from '../../../src/application/ports/clock.js';
import type { RecordedEvent } from '../../../src/application/ports/event-store.js';
import type { ReadModels } from '../../../src/application/ports/read-models.js';
import { type Allocator, openAllocator } from '../../../src/application/provisioning/allocator.js';
import { quarantines } from '../../../src/application/streams/aggregates.js';
import { openStreams, type Streams } from '../../../src/application/streams/streams.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { decideQuarantine } from '../../../src/domain/quarantine.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openReadModelFiles } from '../../../src/projections/read-model-table.js';
import { startReadModels } from '../../../src/projections/read-models.js';
import { terms, territories } from '../../support/conditions-met.js';
import { cause, draft, sample } from '../../support/events.js';
import * as s from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { until } from '../../support/waiting.js';

const slots = 5;
/** More than the pages in which the read models are made anew hold. */
const longLog = 1_500;
const clock: Clock = { now: Date.now, wait: () => nextTurn() };

let store: SqliteEventStore;
let recorded: RecordedEvent[];
let ending: AbortController;
let close: () => Promise<void>;

beforeEach(() => {
  store = openSqliteEventStore({ file: join(temporaryFolder(), 'events.db') });
  recorded = [];
  ending = new AbortController();
});
afterEach(() => close());

/** The allocator at work over what the log holds, with the read models up to date; it waits for them for ever. */
async function atWork({ accountsAllowed = 100 } = {}) {
  const db = openReadModelFiles(join(temporaryFolder(), 'read-models'));
  const readModels = startReadModels(store, db, ending.signal);
  const head = store.head();
  if (head !== undefined) await readModels.waitFor(head, 60_000);
  const bell: { allocator?: Allocator } = {};
  const streams: Streams = openStreams(store, clock, (events) => {
    recorded.push(...events);
    bell.allocator?.wake(events.at(-1)?.position);
  });
  const warnings: string[] = [];
  const warn = (about: unknown, words: string) => void warnings.push(`${JSON.stringify(about)} ${words}`);
  const log = { info: () => undefined, warn, error: () => undefined };
  const awaited: string[] = [];
  const patient: ReadModels = {
    ...readModels,
    waitFor(position, _timeoutMs, signal) {
      awaited.push(position);
      return readModels.waitFor(position, 2 ** 31 - 1, signal);
    },
  };
  const payer = { id: 'payer-1', territories: ['US'], creationsAtOnce: slots, accountsAllowed };
  const settings = { payers: [payer], territories } as never;
  const allocator = openAllocator({
    store,
    streams,
    readModels: patient,
    clock,
    log,
    settings,
    terms,
    mayAct: () => true,
  });
  bell.allocator = allocator;
  const running = allocator.run(ending.signal);
  close = async () => {
    ending.abort();
    await Promise.all([running, readModels.ended]);
    await store.close();
    db.close();
  };
  return { streams, readModels, allocator, awaited, warnings, running };
}

const append = (stream: string, ...events: readonly DomainEvent[]) =>
  store.append(
    stream,
    -1,
    events.map((e) => draft(e)),
  );
const asked = (id: string): DomainEvent =>
  ({ ...s.providerRequested, rootEmail: `aws+${id}@vend.example`, accountName: `ctl-${id}` }) as DomainEvent;
const waits = (id: string) => append(`provider-${id}`, asked(id), s.termsAccepted);
const facts = (type: string) => recorded.filter(({ event }) => event.type === type);

test('nobody is served while a decision about streams has the read models made anew', async () => {
  const [registered, updated] = [sample('OrganizationRegistered'), sample('OrganizationUpdated')];
  await append('organization-odd', registered, updated);
  for (let n = 0; n < longLog; n += 100)
    await Promise.all(Array.from({ length: 100 }, (_, i) => append(`organization-o${n + i}`, registered)));
  const odd = { stream: 'organization-odd', fromRevision: 1, cause: 'Damaged.', reason: 'Unreadable.' };
  await append('quarantine-streams', { type: 'StreamQuarantined', ...odd });
  for (let n = 0; n < slots; n++) await append(`provider-held${n}`, asked(`h${n}`), s.termsAccepted, s.payerAssigned());
  await waits('first');
  const { streams, readModels, allocator } = await atWork();
  const lift = { type: 'Lift', stream: odd.stream, reason: 'Mended.', flaw: undefined } as const;
  await streams.change(quarantines, 'streams', cause(), (quarantine) => decideQuarantine(lift, quarantine));
  const [last] = await waits('last').then((events) => events.slice(-1));
  allocator.wake(last?.position);
  await until(
    async () => recorded.map(({ stream, event }) => `${stream} ${event.type}`),
    (all) => all.some((fact) => fact.startsWith('provider-last')),
  );
  expect(facts('PayerAssigned')).toEqual([]);
  expect(readModels.loads()).toEqual({ 'payer-1': { creating: slots, accounts: 0, kept: 0 } });
});

test('nobody is served before all is seen that it was woken for, in whatever order, and a stop ends the waiting', async () => {
  const [first] = (await waits('first')).slice(-1);
  const { allocator, awaited, running } = await atWork();
  // The read models stand still at a history that cannot be.
  await append('provider-broken', s.accountCreated());
  const [last] = (await waits('last')).slice(-1);
  allocator.wake(last?.position);
  allocator.wake(first?.position);
  await until(
    async () => awaited,
    (all) => all.length > 0,
  );
  ending.abort();
  await running;
  expect(awaited).toContain(last?.position);
  expect(recorded).toEqual([]);
});

test('however often it is woken meanwhile, it waits for the latest position alone', async () => {
  const { allocator, awaited } = await atWork();
  await append('provider-broken', s.accountCreated());
  const positions: string[] = [];
  for (let n = 0; n < 50; n++) positions.push((await waits(`w${n}`)).at(-1)?.position ?? '');
  for (const position of [...positions].reverse()) allocator.wake(position);
  await until(
    async () => awaited,
    (all) => all.length > 0,
  );
  expect(new Set(awaited)).toEqual(new Set(positions.slice(-1)));
});

test('the operator is told once where there is no room left', async () => {
  const { allocator, warnings } = await atWork({ accountsAllowed: 0 });
  const told = (count: number) =>
    until(
      async () => recorded.length,
      (so) => so === count,
    );
  for (const [n, id] of ['first', 'second'].entries()) {
    const [last] = (await waits(id)).slice(-1);
    allocator.wake(last?.position);
    await told(n + 1);
  }
  expect(recorded.map(({ event }) => event)).toMatchObject([{ reason: 'payer-full' }, { reason: 'payer-full' }]);
  expect(warnings).toEqual([expect.stringMatching(/"territory":"US".*accountsAllowed is raised/)]);
});

test('a slot names the resume of its payer that it was given under, and none where nobody has paused it', async () => {
  await waits('before');
  const { allocator, streams } = await atWork();
  const given = (count: number) =>
    until(
      async () => facts('PayerAssigned').map(({ event }) => event),
      ({ length }) => length === count,
    );
  allocator.wake();
  const payerId = 'payer-1';
  expect(await given(1)).toEqual([{ type: 'PayerAssigned', payerId }]);
  const paused = { type: 'VendingPaused', reason: 'operator', words: 'Moving.' } as const;
  const brake = await append('payer-payer-1', paused, { type: 'VendingResumed' });
  streams.heard(brake);
  const [last] = (await waits('after')).slice(-1);
  allocator.wake(last?.position);
  const vendingSince = brake.at(-1)?.metadata.recordedAt;
  expect((await given(2)).at(-1)).toEqual({ type: 'PayerAssigned', payerId, vendingSince });
});
