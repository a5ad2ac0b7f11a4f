/** Working on a step on the real log, with attempts that the test begins and ends, on a clock of its own. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type EventStore } from '../../../src/application/ports/event-store.js';
import { StoreUnavailable } from '../../../src/application/ports/event-store-errors.js';
import { PresentDelays } from '../../../src/application/processes/present-delays.js';
import { StepTasks } from '../../../src/application/processes/step-tasks.js';
import { providerProcess } from '../../../src/application/provisioning/provider-process.js';
import { providers } from '../../../src/application/streams/aggregates.js';
import { sagaCause } from '../../../src/application/streams/causes.js';
import { openStreams } from '../../../src/application/streams/streams.js';
import type { ProviderEvent } from '../../../src/domain/provider/events.js';
import type { Provider } from '../../../src/domain/provider/stages.js';
import type { Step } from '../../../src/domain/provider/steps.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { later, openAttempts } from '../../support/attempts.js';
import { FakeClock } from '../../support/fake-clock.js';
import * as s from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let store: SqliteEventStore;
let clock: FakeClock;
let stopping: AbortController;
let steps: StepTasks<Provider, ProviderEvent, Step>;
let attempts: ReturnType<typeof openAttempts>;
let complaints: unknown[];

beforeEach(() => {
  store = openSqliteEventStore({ file: join(temporaryFolder(), 'log.db') });
  clock = new FakeClock(Date.now());
  stopping = new AbortController();
  attempts = openAttempts();
  complaints = [];
});
afterEach(async () => {
  stopping.abort();
  attempts.endAll();
  await steps.ended();
  await store.close();
});

/** Opens the tasks; the events of `given` are what each provider has been through. */
async function open(given: Readonly<Record<string, typeof s.active>>, over: EventStore = store) {
  const writing = openStreams(store, clock, () => undefined);
  for (const [id, events] of Object.entries(given))
    await writing.change(providers, id, sagaCause(id, 'test', 'given'), () => events);
  const log = { info: () => undefined, warn: () => undefined, error: (about: unknown) => void complaints.push(about) };
  const streams = openStreams(over, clock, () => undefined);
  const process = providerProcess({ streams, ensures: attempts.ensures, log, readModels: { due: () => [] } });
  const parts = {
    streams,
    clock,
    log,
    random: () => 1,
    atOnce: 1,
    mayAct: () => true,
    presentDelays: new PresentDelays(),
  };
  steps = new StepTasks(parts, process, stopping.signal);
}

test('a stop during an attempt does not wait out the back-off after it', async () => {
  await open({ p1: s.active });
  steps.begin('p1', 'SettleCredentials');
  const [first] = await attempts.first(1);
  stopping.abort();
  first?.end(later);
  await steps.ended();
  expect(attempts.begun).toHaveLength(1);
});

test('a nudge during an attempt leads to another right after it, and forgets the tries before', async () => {
  await open({ p1: s.active });
  steps.begin('p1', 'SettleCredentials');
  const [first] = await attempts.first(1);
  steps.nudge('p1');
  first?.end(later);
  expect((await attempts.first(2))[1]).toMatchObject({ tries: 0 });
});

test('a provider that cannot be read for a moment is told in the log and looked at again', async () => {
  const broken = { reads: 0 };
  const read: EventStore['read'] = async (stream) => {
    if (stream === 'provider-p1' && broken.reads++ < 2) throw new StoreUnavailable('The log is locked.');
    return store.read(stream);
  };
  await open({ p1: s.active }, { ...store, read });
  steps.begin('p1', 'SettleCredentials');
  await clock.passUntil(
    () => attempts.begun.length === 1,
    () => broken.reads,
  );
  expect(complaints).toEqual([
    { id: 'p1', step: 'SettleCredentials', tries: 0, error: 'Error', words: 'The log is locked.' },
    expect.objectContaining({ tries: 1 }),
  ]);
});

test('credentials that wait for their customer take no slot of the steps that make accounts', async () => {
  await open({ p1: s.active, p2: s.active, p3: s.created });
  for (const id of ['p1', 'p2']) steps.begin(id, 'SettleCredentials');
  steps.begin('p3', 'LinkPayer');
  const both = await attempts.first(2);
  expect(both.map(({ providerId }) => providerId).toSorted()).toEqual(['p1', 'p3']);
});
