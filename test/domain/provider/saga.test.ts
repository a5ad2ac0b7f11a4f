import { expect, test } from '@jest/globals';
import { owed } from '../../../src/domain/provider/saga.js';
import { fold, given, minute } from '../../support/given.js';
import * as s from '../../support/story.js';

test('history owes one phase after the other', () => {
  given(s.providerRequested).thenOwed();
  given(s.providerRequested, s.termsAccepted).thenOwed('AssignPayer');
  given(...s.created.slice(0, 3)).thenOwed('CreateAccount');
  given(...s.created.slice(0, 4)).thenOwed('CreateAccount');
  given(...s.created).thenOwed('LinkPayer');
  given(...s.created, s.payerLinked).thenOwed('AwaitReadiness');
  given(...s.hardened).thenOwed('LiveProof');
  given(...s.proven).thenOwed('IssueCredentials');
  given(...s.active).thenOwed('SettleCredentials');
  given(...s.active, s.claimed()).thenOwed();
  given(...s.active, s.expired()).thenOwed();
  given(...s.active, s.reissued(2)).thenOwed('IssueCredentials');
});

test('our own role comes first, then the independent steps of the baseline are owed together', () => {
  given(...s.ready).thenOwed('AutomationAccess');
  given(...s.ready, s.stepApplied('AutomationAccess')).thenOwed(
    'PasswordPolicy',
    'AccessModel',
    'AuditTrail',
    'ConfigRecorder',
    'PublicAccessBlock',
  );
  given(...s.ready, s.stepApplied('AutomationAccess'), s.stepApplied('AuditTrail')).thenOwed(
    'PasswordPolicy',
    'AccessModel',
    'ConfigRecorder',
    'PublicAccessBlock',
  );
});

test('the last step of the baseline completes it', () => {
  given(...s.hardened.slice(0, -2))
    .whenOutcome('PublicAccessBlock', s.stepApplied('PublicAccessBlock'))
    .then(s.stepApplied('PublicAccessBlock'), s.baselineApplied);
});

test('an outcome counts only while its step is owed', () => {
  given(...s.created.slice(0, 3))
    .whenOutcome('CreateAccount', s.creationRequested())
    .then(s.creationRequested())
    .and.again.thenNothing();
  given(...s.created.slice(0, 4))
    .whenOutcome('CreateAccount', s.accountCreated())
    .then(s.accountCreated())
    .and.again.thenNothing();
  given(...s.created)
    .whenOutcome('LinkPayer', s.payerLinked)
    .then(s.payerLinked)
    .and.again.thenNothing();
  given(...s.hardened)
    .whenOutcome('LiveProof', s.liveProofRecorded)
    .then(s.liveProofRecorded)
    .and.again.thenNothing();
  given(...s.proven)
    .whenOutcome('IssueCredentials', s.credentialsIssued())
    .then(s.credentialsIssued())
    .and.again.thenNothing();
  given(...s.active)
    .whenOutcome('SettleCredentials', s.claimed())
    .then(s.claimed())
    .and.again.thenNothing();
  given(s.providerRequested, { type: 'ProviderWithdrawn' }).whenOutcome('AssignPayer', s.payerAssigned()).thenNothing();
});

test('what belongs to an earlier payer or generation is late', () => {
  const moved = [...s.created.slice(0, 4), s.payerAssigned('payer-2')];
  given(...moved).thenStage('assigned');
  given(...moved)
    .whenOutcome('CreateAccount', s.creationRequested('car-1', 'payer-1'))
    .thenNothing();
  given(...s.active, s.reissued(2))
    .whenOutcome('IssueCredentials', s.credentialsIssued(1))
    .thenNothing();
  given(...s.active, s.reissued(2), s.credentialsIssued(2))
    .whenOutcome('SettleCredentials', s.expired(1))
    .thenNothing();
});

test('an account found at an earlier payer is adopted there', () => {
  const moved = [...s.created.slice(0, 4), s.payerAssigned('payer-2')];
  given(...moved)
    .whenOutcome('CreateAccount', s.accountCreated('payer-1'))
    .then(s.accountCreated('payer-1'));
  given(...moved)
    .whenOutcome('CreateAccount', s.accountCreated('payer-9'))
    .thenNothing();
});

test('a second request of the same creation goes on record, the same one never twice', () => {
  const asked = s.created.slice(0, 4);
  given(...asked)
    .whenOutcome('CreateAccount', s.creationRequested('car-2'))
    .then(s.creationRequested('car-2'))
    .and.again.thenNothing();
  given(...asked, s.creationRequested('car-2'))
    .whenOutcome('CreateAccount', s.creationRequested('car-1'))
    .thenNothing();
  given(...asked, s.halted(), s.resumed, s.payerAssigned())
    .whenOutcome('CreateAccount', s.creationRequested('car-1'))
    .thenNothing();
  given(...asked, s.halted(), s.resumed, s.payerAssigned()).thenStage('assigned');
});

test('a provider whose payer was refused goes back to the queue, and keeps its place there', () => {
  for (const asked of [s.created.slice(0, 3), s.created.slice(0, 4)]) {
    given(...asked)
      .whenOutcome('CreateAccount', s.payerRefused())
      .then(s.payerRefused())
      .and.again.thenNothing();
    given(...asked, s.payerRefused()).thenOwed('AssignPayer');
    expect(owed(fold([...asked, s.payerRefused()]))[0]?.since).toBe(minute(1));
    given(...asked, s.payerRefused())
      .whenOutcome('AssignPayer', s.payerAssigned('payer-2'))
      .then(s.payerAssigned('payer-2'));
    expect(fold([...asked, s.payerRefused(), s.payerAssigned('payer-2')])).toMatchObject({
      stage: 'assigned',
      origin: { payersTried: ['payer-1', 'payer-2'] },
    });
  }
});

test('a late refusal of an earlier payer, or a late success while in the queue, means nothing', () => {
  const moved = [...s.created.slice(0, 4), s.payerRefused(), s.payerAssigned('payer-2')];
  given(...moved)
    .whenOutcome('CreateAccount', s.payerRefused('payer-1'))
    .thenNothing();
  given(...moved.slice(0, -1))
    .whenOutcome('CreateAccount', s.accountCreated())
    .thenNothing();
});

test('a resumed creation takes no slot by itself: it stands in the queue again, for its own payer alone', () => {
  for (const asked of [s.created.slice(0, 3), s.created.slice(0, 4)]) {
    const resumed = [...asked, s.halted(), s.resumed];
    given(...resumed).thenStage('resumed');
    given(...resumed).thenOwed('AssignPayer');
    expect(owed(fold(resumed))[0]?.deadline).toBeUndefined();
    given(...resumed)
      .whenOutcome('AssignPayer', s.payerAssigned('payer-2'))
      .thenNothing();
    given(...resumed)
      .whenOutcome('CreateAccount', s.accountCreated())
      .thenNothing();
    given(...resumed)
      .whenOutcome('AssignPayer', s.payerAssigned('payer-1'))
      .then(s.payerAssigned('payer-1'))
      .and.again.thenNothing();
    given(...resumed, s.payerAssigned(), s.payerRefused())
      .whenOutcome('AssignPayer', s.payerAssigned('payer-2'))
      .then(s.payerAssigned('payer-2'));
  }
});

test('a delay is recorded only when its reason changes', () => {
  const slot = s.delayed('CreateAccount', 'slot-awaited');
  given(...s.created.slice(0, 3))
    .whenOutcome('CreateAccount', slot)
    .then(slot)
    .and.again.thenNothing();
  given(...s.created.slice(0, 3), slot)
    .whenOutcome('CreateAccount', s.delayed('CreateAccount', 'throttled'))
    .then(s.delayed('CreateAccount', 'throttled'));
});

test('two reasons that take turns at a step after the credentials are recorded once an hour at most', () => {
  const at = (n: number, reason: string) => s.delayed('RegionDefaults', reason, minute(n));
  const life = [...s.activeBut('RegionDefaults'), at(0, 'throttled'), at(5, 'aws-slow')];
  given(...life)
    .whenOutcome('RegionDefaults', at(10, 'throttled'))
    .thenNothing();
  given(...life)
    .whenOutcome('RegionDefaults', at(10, 'denied'))
    .then(at(10, 'denied'));
  given(...life)
    .whenOutcome('RegionDefaults', at(60, 'throttled'))
    .then(at(60, 'throttled'));
  // After a person has resumed it, the first reason is told anew.
  const resumed = [...life, s.halted('SettleCredentials'), s.resumed];
  given(...resumed)
    .whenOutcome('RegionDefaults', at(15, 'throttled'))
    .then(at(15, 'throttled'));
});

test('a halt stops the step until it is resumed', () => {
  given(...s.created.slice(0, 3))
    .whenOutcome('CreateAccount', s.halted())
    .then(s.halted())
    .and.again.thenNothing();
});

test('deadlines count from the fact that made the step owed, and again from the slot that follows a resume', () => {
  const [creation] = owed(fold(s.created.slice(0, 3)));
  expect(creation).toEqual({ step: 'CreateAccount', since: minute(2), deadline: minute(2 + 24 * 60) });
  const opened = fold([...s.ready, s.stepApplied('AutomationAccess'), s.stepApplied('AuditTrail')]);
  expect(owed(opened).map(({ deadline }) => deadline)).toEqual(Array.from({ length: 4 }, () => minute(7 + 60)));
  const [readiness] = owed(fold([...s.created, s.payerLinked]));
  expect(readiness?.deadline).toBe(minute(5 + 30));
  const [again] = owed(fold([...s.created.slice(0, 4), s.halted(), s.resumed, s.payerAssigned()]));
  expect(again?.deadline).toBe(minute(6 + 24 * 60));
});
