/**
 * The machinery of processes with an aggregate that is no provider: a payer that was paused for maintenance is resumed by a
 * process of its own. It runs on the real log; nothing of provisioning takes part.
 */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Delayed, Later } from '../../../src/application/ports/attempts.js';
import { PresentDelays } from '../../../src/application/processes/present-delays.js';
import type { Due, Outcome, Owed, Process } from '../../../src/application/processes/process.js';
import { type RunningProcess, startProcess } from '../../../src/application/processes/runner.js';
import { payers } from '../../../src/application/streams/aggregates.js';
import { sagaCause } from '../../../src/application/streams/causes.js';
import { openStreams } from '../../../src/application/streams/streams.js';
import type { Payer, PayerEvent } from '../../../src/domain/payer.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { FakeClock } from '../../support/fake-clock.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

type Step = 'EndMaintenance';
const hour = 3_600_000;
const iso = (ms: number): string => new Date(ms).toISOString();
const paused = (reason: string, words = 'It is being moved.'): PayerEvent => ({ type: 'VendingPaused', reason, words });
const resumed: PayerEvent = { type: 'VendingResumed' };

function owed(payer: Payer): readonly Owed<Step>[] {
  if (payer.vending === 'open' || !payer.reason.startsWith('maintenance')) return [];
  return [{ step: 'EndMaintenance', since: payer.since, deadline: iso(Date.parse(payer.since) + hour) }];
}

function record(_step: Step, outcome: PayerEvent, payer: Payer): readonly PayerEvent[] {
  const same = outcome.type === 'VendingPaused' && payer.vending === 'paused' && payer.reason === outcome.reason;
  return owed(payer).length === 0 || same ? [] : [outcome];
}

let store: SqliteEventStore;
let clock: FakeClock;
let running: RunningProcess | undefined;
let mayAct: boolean;
/** What the step comes to, and which payers were tried. */
let comesTo: Outcome<PayerEvent> | (() => Outcome<PayerEvent>);
let tried: string[];
let reads: string[];
let due: readonly Due[];
let presentDelays: PresentDelays;

beforeEach(() => {
  store = openSqliteEventStore({ file: join(temporaryFolder(), 'log.db') });
  clock = new FakeClock(Date.parse('2026-11-24'));
  mayAct = true;
  comesTo = { kind: 'fact', event: resumed };
  tried = [];
  reads = [];
  due = [];
  presentDelays = new PresentDelays();
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await store.close();
});

const maintenance: Process<Payer, PayerEvent, Step> = {
  aggregate: payers,
  owed,
  record,
  timed: async (step) => step,
  async ensure(_step, id) {
    tried.push(id);
    return typeof comesTo === 'function' ? comesTo() : comesTo;
  },
  delayed: (_step, { words }) => paused('maintenance-delayed', words),
  overdue: () => paused('operator', 'It took too long.'),
  warning: () => undefined,
  due: (afterId, limit) => due.filter(({ id }) => id > afterId).slice(0, limit),
  watch: { step: 'EndMaintenance', restMs: () => 10 * 60_000, looksPerSecond: 10 },
};

/** The same as one whose step does something, so that nobody sleeps over it. */
const { watch: _watch, ...doing } = maintenance;

const streams = () =>
  openStreams(
    {
      ...store,
      read(stream) {
        reads.push(stream);
        return store.read(stream);
      },
    },
    clock,
    (events) => running?.appended(events),
  );

function start(process: Process<Payer, PayerEvent, Step> = maintenance) {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const parts = { streams: streams(), clock, log, random: () => 0.5, atOnce: 4, mayAct: () => mayAct, presentDelays };
  running = startProcess(parts, process);
}

const pause = (id: string, event = paused('maintenance')) =>
  streams().change(payers, id, sagaCause(id, 'test', event.type), () => [event]);
const facts = async (id: string) => (await store.read(`payer-${id}`)).map(({ event }) => event);
const reasons = async (id: string) =>
  (await facts(id)).map((event) => (event.type === 'VendingPaused' ? event.reason : event.type));
const passUntil = (done: () => boolean) => clock.passUntil(done, () => `${tried.length} ${store.head()}`);

test('what is owed is done once its stream grows, and the fact is on the log', async () => {
  start();
  await pause('payer-1');
  await passUntil(() => tried.length === 1);
  await running?.stop();
  expect(await facts('payer-1')).toEqual([paused('maintenance'), resumed]);
});

test('a lost wake signal is made up for by the sweep', async () => {
  await pause('payer-1');
  due = [{ id: 'payer-1', watchedSince: undefined }];
  start(doing);
  await passUntil(() => tried.length === 1);
  await running?.stop();
  expect(await reasons('payer-1')).toEqual(['maintenance', 'VendingResumed']);
});

test('a reason to wait is on record once, its present words are known, and the end comes by name at the deadline', async () => {
  let times = 0;
  comesTo = (): Delayed => ({
    kind: 'delayed',
    reason: 'busy',
    words: `Busy for the time ${++times}.`,
    retryAfterMs: 60_000,
  });
  start(doing);
  await pause('payer-1');
  await passUntil(() => times === 3);
  expect(await reasons('payer-1')).toEqual(['maintenance', 'maintenance-delayed']);
  expect((await facts('payer-1')).at(-1)).toMatchObject({ words: 'Busy for the time 1.' });
  expect(presentDelays.of('payer-1', 'EndMaintenance')).toMatchObject({ words: 'Busy for the time 3.' });
  expect([3, undefined]).toEqual([
    presentDelays.tries('payer-1', 'EndMaintenance'),
    presentDelays.tries('payer-2', 'EndMaintenance'),
  ]);
  const begun = clock.now();
  await passUntil(() => clock.now() > begun + 2 * hour);
  await running?.stop();
  expect((await reasons('payer-1')).at(-1)).toBe('operator');
});

test('whoever may not act attempts nothing, and acts on no outcome that came too late', async () => {
  mayAct = false;
  start();
  await pause('payer-1');
  const begun = clock.now();
  await passUntil(() => clock.now() > begun + 5_000);
  expect(tried).toEqual([]);
  comesTo = () => {
    mayAct = false;
    return { kind: 'fact', event: resumed };
  };
  mayAct = true;
  await passUntil(() => tried.length === 1);
  await passUntil(() => clock.now() > begun + 120_000);
  expect(await reasons('payer-1')).toEqual(['maintenance']);
});

test('after a start, looks at what was owed for long begin spread and bounded, and a sweep reads nobody who sleeps', async () => {
  const ids = Array.from({ length: 200 }, (_, n) => `payer-${n}`).sort();
  for (const id of ids) await pause(id);
  due = ids.map((id) => ({ id, watchedSince: iso(clock.now() - 24 * hour) }));
  comesTo = (): Later => ({ kind: 'later', retryAfterMs: 10 * 60_000 });
  reads = [];
  start({ ...maintenance, owed: (payer) => owed(payer).map((each) => ({ ...each, deadline: undefined })) });
  const begun = clock.now();
  await passUntil(() => clock.now() >= begun + 170_000);
  expect(tried).toEqual([]);
  expect(reads).toEqual([]);
  await passUntil(() => tried.length === 200);
  // All are to be looked at in the same minute; the bound lets ten begin in a second.
  expect(clock.now() - begun).toBeGreaterThanOrEqual(240_000 + 19_000);
});

test('a nudge looks at once at who sleeps', async () => {
  await pause('payer-1');
  due = [{ id: 'payer-1', watchedSince: iso(clock.now() - 24 * hour) }];
  comesTo = (): Later => ({ kind: 'later', retryAfterMs: 10 * 60_000 });
  start();
  const begun = clock.now();
  running?.nudge('payer-1');
  await passUntil(() => tried.length === 1);
  expect(clock.now()).toBe(begun);
});
