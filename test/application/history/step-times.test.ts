/** What steps take is learned from what they themselves took; a wait is told while it lasts, and no time is promised for it. */
import { expect, test } from '@jest/globals';
import { type Took, timesAfter } from '../../../src/application/history/step-times.js';
import type { ProviderRow } from '../../../src/application/ports/read-models.js';
import { eta, etaRange, type PaceOf } from '../../../src/application/queries/eta.js';
import { statusView } from '../../../src/application/queries/status-view.js';
import type { ProviderEvent } from '../../../src/domain/provider/events.js';
import { evolve } from '../../../src/domain/provider/evolve.js';
import { type Provider, unknownProvider } from '../../../src/domain/provider/stages.js';
import { isAfterCredentials, steps } from '../../../src/domain/provider/steps.js';
import { minute } from '../../support/given.js';
import {
  accountCreated,
  activeBut,
  creationRequested,
  delayed,
  halted,
  payerAssigned,
  payerRefused,
  providerRequested,
  resumed,
  stepApplied,
  termsAccepted,
} from '../../support/story.js';

type Fact = readonly [minute: number, ProviderEvent];

/** The row after facts at these minutes, and what was learned from them. */
function after(...facts: readonly Fact[]) {
  let provider: Provider = unknownProvider;
  let steps: ProviderRow['steps'] = {};
  const learned: Took[] = [];
  for (const [n, event] of facts) {
    const before = provider;
    const at = minute(n);
    provider = evolve(before, event, at);
    steps = timesAfter(steps, { before, event, provider, at }, (took) => learned.push(took));
  }
  const row: ProviderRow = { providerId: '1', provider, steps, requestedAt: '', changedAt: '', position: '' };
  return { row, learned };
}

const accepted: readonly Fact[] = [
  [0, providerRequested],
  [1, termsAccepted],
];
const assigned: readonly Fact[] = [...accepted, [2, payerAssigned()]];
const paused = delayed('CreateAccount', 'vending-paused');
const createAccount = (minutes: number): Took => ({ step: 'CreateAccount', ms: minutes * 60_000 });
const days = 24 * 60;

test.each<[string, readonly Fact[], readonly Took[]]>([
  ['a creation', [...assigned, [3, creationRequested()], [5, accountCreated()]], [createAccount(3)]],
  [
    'one after days in the queue',
    [...accepted, [days, payerAssigned()], [days + 2, accountCreated()]],
    [createAccount(2)],
  ],
  [
    'one that had halted for days',
    [...assigned, [4, halted()], [days, resumed], [days + 1, payerAssigned()], [days + 3, accountCreated()]],
    [createAccount(2)],
  ],
  [
    'one that a payer had refused',
    [...assigned, [4, payerRefused()], [days, payerAssigned('payer-2')], [days + 2, accountCreated('payer-2')]],
    [createAccount(2)],
  ],
  [
    'one that had been paused for days',
    [...assigned, [3, paused], [days, creationRequested()], [days + 2, accountCreated()]],
    [createAccount(2)],
  ],
  [
    'one that was throttled after a pause',
    [...assigned, [3, paused], [days, delayed('CreateAccount', 'throttled')], [days + 2, accountCreated()]],
    [createAccount(2)],
  ],
  ['one that was found in the middle of a pause', [...assigned, [3, paused], [days, accountCreated()]], []],
])('%s teaches what it took by itself', (_, facts, learned) => {
  expect(after(...facts).learned).toEqual(learned);
});

test('a wait is told while it lasts, and no longer once the creation goes on', () => {
  const waiting = after(...assigned, [3, paused]).row.steps.CreateAccount;
  expect(waiting).toMatchObject({ startedAt: minute(2), waitsFor: { reason: 'vending-paused' } });
  const going = after(...assigned, [3, paused], [9, creationRequested()]).row.steps.CreateAccount;
  expect(going).toEqual({ startedAt: minute(2), resumedAt: minute(9) });
});

const pace: PaceOf = { now: Date.parse(minute(10)), pace: { CreateAccount: 600_000 }, paceRange: {}, queue: undefined };

test('no time is promised for a creation at a payer that is paused, and what it takes counts from when it goes on', () => {
  expect(eta(after(...assigned, [3, paused]).row, pace)).toBeUndefined();
  const [late, fresh] = [
    after(...assigned, [3, creationRequested()]),
    after(...assigned, [3, paused], [10, creationRequested()]),
  ].map(({ row }) => eta(row, pace) ?? 0);
  expect(Number(fresh) - Number(late)).toBe(8 * 60);
});

test('whoever is next in an empty queue is not told that it waits as long as those before it did', () => {
  const before = after(...accepted, [20, payerAssigned()], [30, accountCreated()]);
  const learned = Object.fromEntries(before.learned.map(({ step, ms }) => [step, ms]));
  const queue = { position: 1, ahead: 0, slots: 5 };
  const alone = eta(after(...accepted).row, { now: Date.parse(minute(1)), pace: learned, paceRange: {}, queue });
  expect(alone).toBeLessThan(15 * 60);
});

test('the range of a guess is of the steps as they were of late, and wide where nothing is known', () => {
  const { row } = after(...accepted);
  const around = { now: Date.parse(minute(0)), pace: {}, paceRange: {}, queue: { position: 3, ahead: 2, slots: 1 } };
  const wide = etaRange(row, around);
  const usual = eta(row, around) ?? 0;
  expect([Number(wide?.fromSeconds) < usual, usual < Number(wide?.toSeconds)]).toEqual([true, true]);
  const known = etaRange(row, { ...around, paceRange: { CreateAccount: { low: 1_000, high: 600_000 } } });
  expect(Number(known?.toSeconds) - Number(wide?.toSeconds)).toBeCloseTo(1.1 * 3 * (600 - 60), -1);
});

test('steps that always took as long give a range that still leaves room for the tries and the waiting of one account', () => {
  const { row } = after(...accepted);
  const always = Object.fromEntries(steps.map((step) => [step, { low: 60_000, high: 60_000 }]));
  const around = { now: Date.parse(minute(1)), pace: {}, paceRange: always, queue: undefined };
  const pace = Object.fromEntries(steps.map((step) => [step, 60_000]));
  const exactly = eta(row, { ...around, pace }) ?? 0;
  expect(etaRange(row, around)).toEqual({
    fromSeconds: Math.floor(exactly * 0.9),
    toSeconds: Math.ceil(exactly * 1.1),
  });
  const almost = Object.fromEntries(steps.map((step) => [step, { low: 100, high: 100 }]));
  expect(etaRange(row, { ...around, paceRange: almost })).toEqual({ fromSeconds: 0, toSeconds: expect.any(Number) });
});

test('what follows the credentials is shown from then on with its times, promises nobody a time, and is learned from', () => {
  const life = activeBut('RegionDefaults', 'AccountContacts').map((event, n): Fact => [n, event]);
  const issued = life.length - 1;
  const none = {
    now: 0,
    pace: {},
    paceRange: {},
    queue: undefined,
    seesAll: false,
    delayOf: () => undefined,
    triesOf: () => undefined,
  };
  const shown = (facts: readonly Fact[]) =>
    statusView(after(...facts).row, none).steps.map(({ step, state }) => [step, state] as const);
  const later = (facts: readonly Fact[]) => shown(facts).filter(([step]) => isAfterCredentials(step));
  expect(later(life.slice(0, 8))).toEqual([]);
  expect(later(life.slice(0, issued))).toEqual([
    ['RegionDefaults', 'pending'],
    ['AccountContacts', 'pending'],
  ]);
  const done: readonly Fact[] = [...life, [issued + 2, stepApplied('AccountContacts')]];
  expect(later(done)).toEqual([
    ['RegionDefaults', 'running'],
    ['AccountContacts', 'done'],
  ]);
  const { row, learned } = after(...done);
  expect(learned.at(-1)).toEqual({ step: 'AccountContacts', ms: 120_000 });
  expect(eta(row, none)).toBeUndefined();
});
