/** The table of steps, and histories that name steps which have left it. */
import { expect, test } from '@jest/globals';
import type { ProviderEvent } from '../../../src/domain/provider/events.js';
import { owed } from '../../../src/domain/provider/saga.js';
import { type BaselineStep, baselineSteps, type Step, steps, stepTable } from '../../../src/domain/provider/steps.js';
import { fold, given } from '../../support/given.js';
import * as s from '../../support/story.js';

/** A step of an earlier version of this program. */
const gone = 'FlowLogs' as BaselineStep;
const goneApplied = s.stepApplied(gone);

test('no step waits for itself, and each comes after those it waits for', () => {
  for (const [place, step] of steps.entries())
    for (const before of stepTable[step].after) expect(steps.indexOf(before)).toBeLessThan(place);
});

test('a step that left the table is no part of what is owed or of what completes the baseline', () => {
  given(...s.ready, s.stepApplied('AutomationAccess'), goneApplied).thenOwed(
    ...(['PasswordPolicy', 'AccessModel', 'AuditTrail', 'ConfigRecorder'] as const),
  );
  given(...s.ready, ...baselineSteps.slice(0, -1).map(s.stepApplied), goneApplied)
    .whenOutcome('ConfigRecorder', s.stepApplied('ConfigRecorder'))
    .then(s.stepApplied('ConfigRecorder'), s.baselineApplied)
    .and.again.thenNothing();
});

test('a provider that only a step which left the table kept from being whole completes its baseline', () => {
  const whole = [...s.ready, ...baselineSteps.map(s.stepApplied)];
  given(...whole).thenOwed('ConfigRecorder');
  given(...whole)
    .whenOutcome('ConfigRecorder', s.stepApplied('ConfigRecorder'))
    .then(s.stepApplied('ConfigRecorder'), s.baselineApplied)
    .and.again.thenNothing();
});

test('a halt at a step that left the table can be read and resumed', () => {
  const halted = { ...s.halted(), step: gone } as ProviderEvent;
  const ready = [...s.ready, s.stepApplied('AutomationAccess'), { ...s.delayed('CreateAccount', 'slow'), step: gone }];
  given(...(ready as ProviderEvent[]), halted).thenStage('halted');
  const resumed = { ...s.resumed, step: gone } as ProviderEvent;
  expect(owed(fold([...(ready as ProviderEvent[]), halted, resumed])).map(({ step }) => step)).toEqual([
    'PasswordPolicy',
    'AccessModel',
    'AuditTrail',
    'ConfigRecorder',
  ]);
});

/** An outcome of CreateAccount that answers this payer and request. */
const answering = (event: ProviderEvent, payerId: string, requestId?: string) =>
  ({ ...event, answers: { payerId, ...(requestId && { requestId }) } }) as ProviderEvent;

test.each([
  ['halt', s.halted()],
  ['delay', s.delayed('CreateAccount', 'aws-slow')],
])('a late %s of another payer or request belongs to nobody', (_what, outcome) => {
  const moved = [...s.created.slice(0, 4), s.payerRefused(), s.payerAssigned('payer-2')];
  const asks = (history: readonly ProviderEvent[], event: ProviderEvent) =>
    given(...history).whenOutcome('CreateAccount', event);
  asks(moved, answering(outcome, 'payer-1')).thenNothing();
  asks(moved, answering(outcome, 'payer-2', 'car-1')).thenNothing();
  asks(moved, answering(outcome, 'payer-2')).then(answering(outcome, 'payer-2'));
  const again = [...moved, s.creationRequested('car-9', 'payer-2')];
  asks(again, answering(outcome, 'payer-2')).thenNothing();
  asks(again, answering(outcome, 'payer-2', 'car-9')).then(answering(outcome, 'payer-2', 'car-9'));
  asks(again, outcome).then(outcome);
});

test('a late halt of another generation belongs to nobody', () => {
  const halted = (generation: number) =>
    ({ ...s.halted('SettleCredentials'), answers: { generation } }) as ProviderEvent;
  const second = [...s.active, s.reissued(2), s.credentialsIssued(2)];
  const step: Step = 'SettleCredentials';
  given(...second)
    .whenOutcome(step, halted(1))
    .thenNothing();
  given(...second)
    .whenOutcome(step, halted(2))
    .then(halted(2));
});
