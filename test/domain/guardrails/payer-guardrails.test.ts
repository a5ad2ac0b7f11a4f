/** The guardrails of a payer on record: what is owed, what an outcome adds, and that a repeat adds nothing. */
import { expect, test } from '@jest/globals';
import {
  appliedAt,
  decideApplied,
  evolveGuardrails,
  type GuardrailsApplied,
  type GuardrailsEvent,
  noGuardrails,
  owedGuardrails,
  planDigestsOf,
  recordGuardrails,
} from '../../../src/domain/guardrails/payer-guardrails.js';

const at = '2026-11-24T08:00:00.000Z';
const applied = (members: Partial<GuardrailsApplied> = {}): GuardrailsApplied => ({
  type: 'GuardrailsApplied',
  stage: 'customers',
  organizationalUnit: 'ou-1',
  policies: [{ name: 'One', digest: 'd1', content: '{}' }],
  planDigest: 'plan-1',
  changes: [],
  ...members,
});
const drifted = (...planDigests: string[]): GuardrailsEvent => ({
  type: 'GuardrailsDriftDetected',
  findings: ['attach One to ou-1'],
  planDigests,
});
const restored: GuardrailsEvent = { type: 'GuardrailsRestored', changes: ['attach One to ou-1'] };
const after = (...events: GuardrailsEvent[]) =>
  events.reduce((state, event) => evolveGuardrails(state, event, at), noGuardrails);
const steps = (...events: GuardrailsEvent[]) => owedGuardrails(after(...events)).map(({ step }) => step);

test('nothing is owed until an operator has applied; then a look, after a drift the repair, then a look again', () => {
  expect(steps()).toEqual([]);
  expect(steps(applied())).toEqual(['WatchGuardrails']);
  expect(steps(applied(), drifted('plan-1'))).toEqual(['RestoreGuardrails']);
  expect(steps(applied(), drifted('plan-1'), restored)).toEqual(['WatchGuardrails']);
  expect(steps(applied(), drifted('plan-1'), applied({ planDigest: 'plan-2' }))).toEqual(['WatchGuardrails']);
});

test('an application that changed nothing is recorded once, and again when it ends a drift or is for another unit', () => {
  expect(decideApplied(applied(), noGuardrails)).toEqual([applied()]);
  expect(decideApplied(applied({ planDigest: 'plan-2' }), after(applied()))).toEqual([]);
  expect(decideApplied(applied(), after(applied(), drifted('plan-1')))).toEqual([applied()]);
  const elsewhere = applied({ organizationalUnit: 'ou-2' });
  expect(decideApplied(elsewhere, after(applied()))).toEqual([elsewhere]);
  const changed = applied({ changes: ['change One'] });
  expect(decideApplied(changed, after(applied()))).toEqual([changed]);
});

test('what was found counts only while it is owed, and only of what is applied now', () => {
  const state = after(applied());
  expect(recordGuardrails('WatchGuardrails', drifted('plan-1'), state)).toEqual([drifted('plan-1')]);
  expect(recordGuardrails('WatchGuardrails', drifted('plan-0'), state)).toEqual([]);
  expect(recordGuardrails('RestoreGuardrails', restored, state)).toEqual([]);
  expect(recordGuardrails('WatchGuardrails', drifted('plan-1'), after(applied(), drifted('plan-1')))).toEqual([]);
});

test('the canary and the customers have each what was applied there last', () => {
  const canary = applied({ stage: 'canary', organizationalUnit: 'ou-canary', planDigest: 'plan-c' });
  const state = after(applied(), canary, applied({ planDigest: 'plan-2' }));
  expect(planDigestsOf(state)).toEqual(['plan-c', 'plan-2']);
  expect(appliedAt(state, 'canary')?.organizationalUnit).toBe('ou-canary');
  expect(appliedAt(noGuardrails, 'customers')).toBeUndefined();
});

test('an event of another stream stops the fold', () => {
  expect(() => evolveGuardrails(noGuardrails, { type: 'VendingResumed' } as never, at)).toThrow(/VendingResumed/);
});
