/** The rules of hardening without AWS: which exceptions are granted, when each account has its minute, what is news. */
import { expect, test } from '@jest/globals';
import { objectKey } from '../../../src/domain/baseline/plan.js';
import { coveringGuardrail } from '../../../src/domain/guardrails/covering.js';
import { lastMinuteOf, minuteOf } from '../../../src/domain/hardening/daily-minute.js';
import type { HardeningEvent } from '../../../src/domain/hardening/events.js';
import { exceptionsInForce, grantException } from '../../../src/domain/hardening/exceptions.js';
import {
  asApplied,
  evolveHardening,
  type Hardening,
  owedHardening,
  recordHardening,
} from '../../../src/domain/hardening/hardening.js';
import {
  evolveRollout,
  noRollout,
  owedRollout,
  pauseRollout,
  recordRollout,
  resumeRollout,
  startRollout,
} from '../../../src/domain/hardening/rollout.js';
import type { RolloutEvent } from '../../../src/domain/hardening/rollout-events.js';
import { ownGuardrails } from '../../support/guarded-world.js';
import { allObjects, settings } from '../baseline/account.js';

const at = (hour: number): string => `2026-11-24T${String(hour).padStart(2, '0')}:00:00.000Z`;
const after = (...events: readonly HardeningEvent[]): Hardening =>
  events.reduce((state, event, hour) => evolveHardening(state, event, at(hour)), asApplied);
const finding = (object: string, repair: 'now' | 'after-notice' | 'none') => ({ object, changes: ['changed'], repair });
const found = (...findings: readonly ReturnType<typeof finding>[]): HardeningEvent => ({
  type: 'DriftDetected',
  findings,
  guardrails: [],
});
const steps = (hardening: Hardening) => owedHardening(hardening).map(({ step }) => step);

test('what is owed follows from what was found', () => {
  expect(steps(asApplied)).toEqual(['CheckHardening']);
  expect(steps(after(found(finding('a', 'none'))))).toEqual(['CheckHardening']);
  expect(steps(after(found(finding('a', 'now'))))).toEqual(['CheckHardening', 'ReapplyHardening']);
  expect(steps(after(found(finding('user/1/global', 'after-notice'))))).toEqual(['CheckHardening', 'TakePermissions']);
  expect(steps(after(found(finding('a', 'now')), { type: 'HardeningReapplied', objects: ['a'], changes: [] }))).toEqual(
    ['CheckHardening'],
  );
});

test('a look that finds what is on record adds nothing, and what is still there keeps the time since when it was shown', () => {
  const once = after(found(finding('a', 'none')));
  expect(recordHardening('CheckHardening', found(finding('a', 'none')), once)).toEqual([]);
  const twice = after(found(finding('a', 'none')), found(finding('b', 'none'), finding('a', 'none')));
  expect(twice.shownSince).toEqual({ a: at(0), b: at(1) });
  expect(
    recordHardening('ReapplyHardening', { type: 'HardeningReapplied', objects: ['a'], changes: [] }, once),
  ).toEqual([]);
});

test('an exception from the handed-over user is one from its membership too, which nobody can bring about without it', () => {
  const object = 'handed-over-user/administrator/global';
  const membership = 'group-membership/CTLAdministrators/global';
  const granted = { type: 'BaselineExceptionGranted', object, owner: 'u-1', reason: 'r', until: at(9) } as const;
  const excepted = after(found(...[object, membership, 'a'].map((key) => finding(key, 'now'))), granted);
  expect(excepted.findings).toEqual([finding('a', 'now')]);
  expect([...exceptionsInForce(excepted, at(8), allObjects)]).toEqual([object, membership]);
  expect([...exceptionsInForce(excepted, at(9), allObjects)]).toEqual([]);
  const other = after({ ...granted, object: membership });
  expect([...exceptionsInForce(other, at(8), allObjects)]).toEqual([membership]);
});

test('an exception takes its object out of what was found, and is in force until its time', () => {
  const granted = { type: 'BaselineExceptionGranted', object: 'a', owner: 'u-1', reason: 'r', until: at(9) } as const;
  const excepted = after(found(finding('a', 'now'), finding('b', 'now')), granted);
  expect(excepted.findings.map(({ object }) => object)).toEqual(['b']);
  expect([...exceptionsInForce(excepted, at(8))]).toEqual(['a']);
  expect([...exceptionsInForce(excepted, at(9))]).toEqual([]);
  expect(steps(excepted)).toContain('ExpireExceptions');
});

test('what the guardrails keep as it is can be excepted by nobody, and the refusal names the guardrail', () => {
  const { accountId } = settings;
  const free = allObjects.filter(
    ({ kind, name, place }) => coveringGuardrail(ownGuardrails, { kind, name, place, accountId }) === undefined,
  );
  const kinds = new Set(free.map(({ kind, name }) => (kind === 'managed-policy' ? name : kind)));
  expect([...kinds].sort()).toEqual(['CAMOverridePolicy', 'opt-in-region', 'service-linked-role']);
  const asked = {
    object: 'trail/x/y',
    owner: 'u-1',
    reason: 'r',
    until: at(9),
    objects: new Set(['trail/x/y']),
    now: at(8),
  };
  expect(() => grantException({ ...asked, guardrail: 'CTLGuardrailHardening' }, asApplied)).toThrow(
    /CTLGuardrailHardening/,
  );
  expect(grantException({ ...asked, guardrail: undefined }, asApplied)).toHaveLength(1);
  expect(objectKey({ kind: 'trail', name: 'x', place: 'y' })).toBe(asked.object);
});

test('accounts are spread evenly over the minutes of a day, each at the same one every day', () => {
  const ids = Array.from({ length: 14_400 }, (_, n) => `3092de38-07c2-53d5-9a6d-${String(n).padStart(12, '0')}`);
  const counts = Map.groupBy(ids, minuteOf);
  expect(counts.size).toBeGreaterThan(1_400);
  expect(Math.max(...[...counts.values()].map(({ length }) => length))).toBeLessThan(40);
  const [id = ''] = ids;
  const last = lastMinuteOf(id, Date.parse(at(12)));
  expect(lastMinuteOf(id, last + 86_399_999)).toBe(last);
  expect(lastMinuteOf(id, last + 86_400_000)).toBe(last + 86_400_000);
});

test('a rollout rests after its canaries, goes on where it stood, and is begun once', () => {
  const terms = { baselineVersion: '2', digest: 'jcs1:1', canaries: ['a'], perHour: 60, stopAfterFailures: 3 };
  const fold = (...events: readonly RolloutEvent[]) =>
    events.reduce((state, event, hour) => evolveRollout(state, event, at(hour)), noRollout);
  const [started] = startRollout(terms, noRollout);
  const begun = fold(started as RolloutEvent);
  expect(begun).toMatchObject({ state: 'canaries' });
  expect(startRollout(terms, begun)).toEqual([]);
  expect(() => startRollout({ ...terms, perHour: 1 }, begun)).toThrow(/other terms/);
  const [byHand] = pauseRollout(begun);
  const resumed = { type: 'BaselineRolloutResumed' } as const;
  expect(fold(started as RolloutEvent, byHand as RolloutEvent, resumed)).toMatchObject({ state: 'canaries' });
  const done = { type: 'BaselineRolloutPaused', reason: 'canaries-done' } as const;
  expect(recordRollout(done, begun)).toEqual([done]);
  expect(owedRollout(fold(started as RolloutEvent, done))).toEqual([]);
  expect(fold(started as RolloutEvent, done, resumed)).toMatchObject({ state: 'running' });
  expect(() => resumeRollout(noRollout)).toThrow(/start one/);
});
