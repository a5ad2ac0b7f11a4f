/** The table of steps, and histories that name steps which have left it. */
import { expect, test } from '@jest/globals';
import type { ProviderEvent } from '../../../src/domain/provider/events.js';
import { owed } from '../../../src/domain/provider/saga.js';
import {
  afterCredentials,
  type BaselineStep,
  beforeCredentials,
  isBaselineStep,
  openBaselineSteps,
  type Step,
  steps,
  stepTable,
} from '../../../src/domain/provider/steps.js';
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
    ...(['PasswordPolicy', 'AccessModel', 'AuditTrail', 'ConfigRecorder', 'PublicAccessBlock'] as const),
  );
  given(...s.ready, ...beforeCredentials.slice(0, -1).map(s.stepApplied), goneApplied)
    .whenOutcome('PublicAccessBlock', s.stepApplied('PublicAccessBlock'))
    .then(s.stepApplied('PublicAccessBlock'), s.baselineApplied)
    .and.again.thenNothing();
});

test('a provider that only a step which left the table kept from being whole completes its baseline', () => {
  const whole = [...s.ready, ...beforeCredentials.map(s.stepApplied)];
  given(...whole).thenOwed('PublicAccessBlock');
  given(...whole)
    .whenOutcome('PublicAccessBlock', s.stepApplied('PublicAccessBlock'))
    .then(s.stepApplied('PublicAccessBlock'), s.baselineApplied)
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
    'PublicAccessBlock',
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

const late = ['RegionDefaults', 'AccountContacts'] as const;
const lateApplied = (step: BaselineStep) => s.stepApplied(step);

test('the part that completes the baseline hands on what that baseline leaves until after the credentials', () => {
  const last = { ...s.stepApplied('PublicAccessBlock'), afterCredentials: late };
  given(...s.ready, ...beforeCredentials.slice(0, -1).map(s.stepApplied))
    .whenOutcome('PublicAccessBlock', last)
    .then(last, s.baselineAppliedBut(...late));
  given(...s.hardened.slice(0, -1), s.baselineAppliedBut(...late)).thenOwed('LiveProof');
  given(...s.hardened.slice(0, -1), s.baselineAppliedBut(...late), s.liveProofRecorded).thenOwed('IssueCredentials');
});

test('what was left is owed beside the look for the customer, each part once, and by nobody whom an older baseline left nothing', () => {
  given(...s.active).thenOwed('SettleCredentials');
  given(...s.activeBut(...late)).thenOwed('SettleCredentials', ...late);
  given(...s.activeBut(...late))
    .whenOutcome('AccountContacts', lateApplied('AccountContacts'))
    .then(lateApplied('AccountContacts'))
    .and.again.thenNothing();
  given(...s.activeBut(...late), lateApplied('AccountContacts')).thenOwed('SettleCredentials', 'RegionDefaults');
  given(...s.active)
    .whenOutcome('AccountContacts', lateApplied('AccountContacts'))
    .thenNothing();
});

test('what was left outlives claimed and reissued credentials, and is owed to no account at its end', () => {
  given(...s.activeBut(...late), s.claimed()).thenOwed(...late);
  given(...s.activeBut(...late), s.claimed(), s.reissued(2)).thenOwed('IssueCredentials', ...late);
  given(...s.activeBut(...late), s.claimed(), s.reissued(2), s.credentialsIssued(2)).thenOwed(
    'SettleCredentials',
    ...late,
  );
  given(...s.activeBut(...late), { type: 'AccountStateObserved', state: 'SUSPENDED' }).thenOwed();
});

test('a part that was left and has left the table since is owed no more, and its outcome can be read', () => {
  given(...s.activeBut(gone, 'AccountContacts')).thenOwed('SettleCredentials', 'AccountContacts');
  given(...s.activeBut('AccountContacts'), s.stepApplied(gone)).thenOwed('SettleCredentials', 'AccountContacts');
});

test('no part that is left for later has a deadline, so that none halts an account that is in use', () => {
  expect(afterCredentials.map((step) => stepTable[step].patienceMs)).toEqual(afterCredentials.map(() => undefined));
});

test('what is open after any of the parts is what the table says, however often and in whatever turn it is asked', () => {
  const isDone = (applied: readonly string[]) => (step: Step) => !isBaselineStep(step) || applied.includes(step);
  const byTable = (applied: readonly string[]): readonly string[] =>
    beforeCredentials.filter((step) => !applied.includes(step) && stepTable[step].after.every(isDone(applied)));
  const every = Array.from({ length: 2 ** beforeCredentials.length - 1 }, (_, set) =>
    beforeCredentials.filter((_step, n) => (set >> n) % 2 === 1),
  );
  const asked = every.flatMap((applied, n) => [applied, every[n - 1] ?? [], applied, [...applied, gone]]);
  expect(asked.filter((applied) => openBaselineSteps(applied).join() !== byTable(applied).join())).toEqual([]);
  expect(openBaselineSteps(beforeCredentials)).toEqual(beforeCredentials.slice(-1));
});
