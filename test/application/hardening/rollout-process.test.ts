/** The pace of a rollout and its end follow from its facts: what a process has in memory decides neither. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { KeepHardeningParts } from '../../../src/application/hardening/hardening-parts.js';
import { countUpgraded } from '../../../src/application/hardening/rollout-batches.js';
import { rolloutProcess } from '../../../src/application/hardening/rollout-process.js';
import { hardenings, providers, rollouts } from '../../../src/application/streams/aggregates.js';
import { sagaCause } from '../../../src/application/streams/causes.js';
import { digestOf as digestOfContent } from '../../../src/application/streams/command-digest.js';
import { openStreams, type Streams } from '../../../src/application/streams/streams.js';
import { partsIn } from '../../../src/domain/baseline/known-baselines.js';
import type { Rollout } from '../../../src/domain/hardening/rollout.js';
import { rolloutId } from '../../../src/domain/hardening/rollout.js';
import type { RolloutEvent } from '../../../src/domain/hardening/rollout-events.js';
import { openSqliteEventStore } from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { FakeClock } from '../../support/fake-clock.js';
import { active } from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { unseenAccounts } from '../../support/unseen-accounts.js';

const ids = ['provider-a', 'provider-b', 'provider-c'];
const hourMs = 3_600_000;
const hardening = unseenAccounts();
const { content, version: baselineVersion } = hardening.baseline;
const digest = digestOfContent(content);
const id = rolloutId(baselineVersion, digest);

let clock: FakeClock;
let streams: Streams;
let on: KeepHardeningParts;
let close: () => Promise<void>;
beforeEach(async () => {
  clock = new FakeClock(Date.parse('2026-11-29T00:00:00.000Z'));
  const store = openSqliteEventStore({ file: join(temporaryFolder(), 'log.db') });
  streams = openStreams(store, clock, () => undefined);
  close = () => store.close();
  const readModels = {
    inUse: (after: string) => ids.filter((each) => each > after),
    providersAfter: () => [],
  };
  on = { ...{ streams, store, clock, hardening, readModels }, random: () => 0.5 };
  for (const each of ids) await streams.change(providers, each, sagaCause(each, 'test', 'life'), () => active);
});
afterEach(() => close());

const state = async (): Promise<Rollout> => (await streams.load(rollouts, id)).state;
const record = (event: RolloutEvent) =>
  streams.change(rollouts, id, sagaCause(id, 'test', event.type), (known) =>
    event.type === 'BaselineRolloutStarted' || event.type === 'BaselineRolloutResumed'
      ? [event]
      : rolloutProcess(on).record('AdvanceRollout', event, known),
  );
const start = (terms: { canaries?: readonly string[]; perHour?: number; stopAfterFailures?: number } = {}) =>
  record({
    ...{ type: 'BaselineRolloutStarted', baselineVersion, digest },
    ...{ canaries: [], perHour: 2, stopAfterFailures: 2, ...terms },
  });

/** What a process comes to that has just started. */
async function advanced(process = rolloutProcess(on)) {
  const attempt = { now: clock.now(), tries: 0, signal: new AbortController().signal };
  return process.ensure('AdvanceRollout', id, await state(), attempt);
}
const begun = (number: number, ...batch: readonly string[]) =>
  ({ kind: 'fact', event: { type: 'BaselineBatchBegun', number, providers: batch } }) as const;

/** An account is held to the desired state, as its own history tells. */
async function upgraded(providerId: string): Promise<void> {
  const accountId = '123456789012';
  const parts = partsIn(content, {
    accountId,
    payerRoleArn: hardening.payerRoleOf({ roleArn: '', throughPayer: '' }) ?? '',
  });
  const steps = parts.map(({ step, objects }) => ({ step, digest: hardening.digestOf(objects) }));
  const event = { type: 'BaselineUpgradeApplied', baselineVersion, digest, steps, changes: [] } as const;
  await streams.change(hardenings, providerId, sagaCause(providerId, 'test', 'upgraded'), () => [event]);
}

/** Tries an account until it is given up. */
async function failing() {
  const process = rolloutProcess(on);
  for (let tries = 0; tries < 10; tries++) {
    const came = await advanced(process);
    if (came.kind === 'fact') return came.event;
    clock.pass(came.retryAfterMs ?? 0);
  }
  throw new Error('It was never given up.');
}

test('the accounts that are next go on record before they are touched, as many as an hour takes', async () => {
  await start();
  expect(await advanced()).toEqual(begun(1, 'provider-a', 'provider-b'));
  await record(begun(1, 'provider-a', 'provider-b').event);
  expect((await record(begun(1, 'provider-c').event)).recorded).toEqual([]);
  expect(await state()).toMatchObject({ batch: ['provider-a', 'provider-b'], batchNumber: 1 });
});

test('a process that has just started keeps the pace of the one before it', async () => {
  await start();
  await record(begun(1, 'provider-a', 'provider-b').event);
  await upgraded('provider-a');
  expect(await advanced()).toEqual({ kind: 'later', retryAfterMs: hourMs / 2 });
  clock.pass(hourMs / 2);
  await upgraded('provider-b');
  expect(await advanced()).toEqual({ kind: 'later', retryAfterMs: hourMs / 2 });
  clock.pass(hourMs / 2);
  expect(await advanced()).toEqual(begun(2, 'provider-c'));
  const now = await state();
  if (now.state === 'none') throw new Error('It has begun.');
  expect(await countUpgraded(on, now)).toBe(2);
});

test('failures are counted over restarts: so many stop it, and once resumed all are tried again', async () => {
  await start({ perHour: 3 });
  await record(begun(1, ...ids).event);
  const first = await failing();
  expect(first).toMatchObject({
    type: 'BaselineUpgradeFailed',
    providerId: 'provider-a',
    words: expect.stringMatching(/not reachable/),
  });
  await record(first);
  clock.pass(hourMs);
  const second = await failing();
  expect(second).toMatchObject({ providerId: 'provider-b' });
  const { recorded } = await record(second);
  expect(recorded.map(({ event }) => event.type)).toEqual(['BaselineUpgradeFailed', 'BaselineRolloutStopped']);
  expect(await state()).toMatchObject({ state: 'stopped', failed: ['provider-a', 'provider-b'] });
  await record({ type: 'BaselineRolloutResumed' });
  expect(await failing()).toMatchObject({ providerId: 'provider-a' });
});

test('one that failed is passed over, and named at the end', async () => {
  await start({ perHour: 3 });
  await record(begun(1, ...ids).event);
  await record({ type: 'BaselineUpgradeFailed', providerId: 'provider-b', words: 'A test.' });
  await upgraded('provider-a');
  await upgraded('provider-c');
  clock.pass(hourMs);
  expect(await advanced()).toEqual({
    kind: 'fact',
    event: { type: 'BaselineRolloutFinished', failed: ['provider-b'] },
  });
});

test('the canaries are a batch of their own, after which it rests, and then all others are next', async () => {
  await start({ canaries: ['provider-c'], perHour: 60 });
  expect(await advanced()).toEqual(begun(1, 'provider-c'));
  await record(begun(1, 'provider-c').event);
  await upgraded('provider-c');
  const rest = { type: 'BaselineRolloutPaused', reason: 'canaries-done' } as const;
  expect(await advanced()).toEqual({ kind: 'fact', event: rest });
  await record(rest);
  await record({ type: 'BaselineRolloutResumed' });
  clock.pass(hourMs / 60);
  expect(await advanced()).toEqual(begun(2, 'provider-a', 'provider-b'));
});
