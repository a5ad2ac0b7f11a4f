/** AWS itself proves the hardening: what it decides otherwise is asked again, then halts or is told, and nothing waits for ever. */
import { CreatePolicyVersionCommand, DetachGroupPolicyCommand, DetachRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { StepResult } from '../../../../src/application/ports/ensures.js';
import { proofRows } from '../../../../src/domain/baseline/live-proof.js';
import { baselineVersion } from '../../../../src/domain/baseline/settings.js';
import type { AwsSettings } from '../../../../src/infrastructure/aws/calls/settings.js';
import { liveProof } from '../../../../src/infrastructure/aws/proof/live-proof.js';
import { eventOf } from '../../../support/aws.js';
import { type BaselineAccount, openBaselineAccount } from '../baseline/baseline-account.js';
import { arnOf, openPolicy } from '../baseline/baseline-drifts.js';

let account: BaselineAccount;
beforeEach(async () => {
  account = await openBaselineAccount();
  for (const step of ['AutomationAccess', 'AccessModel', 'AuditTrail'] as const) await account.apply(step);
});
afterEach(() => account.close());

/** Asks for a proof of this account; answers with the attempts until one is no wait, on the clock of the account. */
function prove(liveProofs: AwsSettings['liveProof'] = 'required', accessBaseline: string = baselineVersion) {
  const { access, settings, clock, work } = account;
  const ensure = liveProof({ access, settings: { ...settings, liveProof: liveProofs } });
  return async (providerId = work.providerId): Promise<{ last: StepResult; tookMs: number; tries: number }> => {
    const begun = clock.now();
    for (let tries = 0; ; tries++) {
      const last = await ensure(
        { ...work, providerId, accessBaseline },
        { now: clock.now(), tries, signal: new AbortController().signal },
      );
      if (last.kind !== 'later' && last.kind !== 'delayed') return { last, tookMs: clock.now() - begun, tries };
      clock.pass(last.retryAfterMs ?? 0);
    }
  };
}

const rows = (of: string = baselineVersion) =>
  proofRows({ ...account.settings, ...account.settings.baseline, accountId: account.work.accountId }, of);
const openTheCustomerPolicy = () =>
  account.clients.iam.send(
    new CreatePolicyVersionCommand({
      PolicyArn: arnOf(account, 'CTLCustomerPolicy'),
      PolicyDocument: openPolicy,
      SetAsDefault: true,
    }),
  );
const closeSupport = () =>
  account.clients.iam.send(
    new DetachRolePolicyCommand({
      RoleName: 'CTLOperationsRole',
      PolicyArn: arnOf(account, 'CTLOperationsPolicy'),
    }),
  );
const closeAwsSupport = () =>
  account.clients.iam.send(
    new DetachRolePolicyCommand({
      RoleName: 'CTLOperationsRole',
      PolicyArn: 'arn:aws:iam::aws:policy/AWSSupportAccess',
    }),
  );
const denied = (times: number) =>
  account.inject({
    kind: 'error',
    code: 'AccessDenied',
    status: 403,
    service: 'iam',
    operation: 'SimulatePrincipalPolicy',
    times,
  });

test('of an account whose roles and groups are of an older baseline nothing is asked that a rollout brings later', async () => {
  await account.clients.iam.send(
    new DetachGroupPolicyCommand({ GroupName: 'CTLAdministrators', PolicyArn: arnOf(account, 'CTLForceMFAPolicy') }),
  );
  const { last } = await prove('required', '2026-11-4')();
  expect(eventOf(last)).toEqual({
    type: 'LiveProofRecorded',
    rows: rows('2026-11-4').map(({ name }) => name),
    wrong: [],
  });
  expect(eventOf((await prove()()).last)).toMatchObject({ type: 'ProvisioningHalted', reason: 'live-proof-failed' });
});

test('a hardened account is proven at once, by reading alone', async () => {
  account.writes();
  const { last, tries } = await prove()();
  expect([tries, eventOf(last)]).toEqual([
    0,
    { type: 'LiveProofRecorded', rows: rows().map(({ name }) => name), wrong: [] },
  ]);
  expect(new Set(account.writes())).toEqual(new Set(['SimulatePrincipalPolicy']));
});

test('what must be denied and is allowed is asked again for two minutes, and then halts by name', async () => {
  await openTheCustomerPolicy();
  const { last, tookMs } = await prove()();
  expect(eventOf(last)).toMatchObject({
    ...{ type: 'ProvisioningHalted', step: 'LiveProof', reason: 'live-proof-failed' },
    words: expect.stringContaining('administrators cloudtrail:StopLogging'),
  });
  expect(tookMs).toBeGreaterThanOrEqual(120_000);
  expect(tookMs).toBeLessThan(180_000);
});

test('where it is only reported the account is handed over with that on record', async () => {
  await openTheCustomerPolicy();
  const { last } = await prove('report')();
  const wrong = { row: 'administrators cloudtrail:StopLogging', expected: 'denied', decision: 'allowed' };
  expect(eventOf(last)).toMatchObject({ type: 'LiveProofRecorded', wrong: expect.arrayContaining([wrong]) });
});

test('what must be allowed and is denied is told, and stops nobody', async () => {
  await closeSupport();
  await closeAwsSupport();
  const { last } = await prove()();
  const wrong = [{ row: 'operations support:CreateCase', expected: 'allowed', decision: 'implicitDeny' }];
  expect(eventOf(last)).toMatchObject({ type: 'LiveProofRecorded', wrong });
});

test('an answer that comes late counts, and one that does not come delays by five minutes and never halts', async () => {
  denied(3);
  expect(eventOf((await prove()()).last)).toMatchObject({ wrong: [], rows: rows().map(({ name }) => name) });
  denied(10_000);
  const { last, tookMs } = await prove()();
  expect(eventOf(last)).toEqual({ type: 'LiveProofRecorded', rows: [], wrong: [] });
  expect(tookMs).toBeGreaterThanOrEqual(300_000);
  expect(tookMs).toBeLessThan(360_000);
});

test('whatever comes out wrong is told with its rows, so that it is counted at the payer', async () => {
  expect((await prove()()).last.kind).toBe('fact');
  await closeSupport();
  await closeAwsSupport();
  expect((await prove()()).last).toMatchObject({
    ...{ kind: 'proof-wrong', payerId: 'pay1', rows: ['operations support:CreateCase'] },
    provedAt: new Date(account.clock.now()).toISOString(),
  });
  await openTheCustomerPolicy();
  expect((await prove()()).last).toMatchObject({
    ...{ kind: 'proof-wrong', event: { type: 'ProvisioningHalted', step: 'LiveProof' } },
    rows: expect.arrayContaining(['administrators cloudtrail:StopLogging', 'operations support:CreateCase']),
  });
});
