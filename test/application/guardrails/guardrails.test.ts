/** An operator's plan is shown, applied as it was shown, and kept in force; what is not ours stays as it is. */
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DetachPolicyCommand,
  ListPoliciesForTargetCommand,
  UpdatePolicyCommand,
} from '@aws-sdk/client-organizations';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ownGuardrails } from '../../support/guarded-world.js';
import { customersUnit, type Operated, openOperated } from './operated.js';

let on: Operated;
beforeEach(() => {
  on = openOperated();
});
afterEach(() => on.close());

const attached = async (TargetId = customersUnit) => {
  const input = { TargetId, Filter: 'SERVICE_CONTROL_POLICY' } as const;
  const { Policies = [] } = await on.organizations.send(new ListPoliciesForTargetCommand(input));
  return Policies.map(({ Id = '', Name = '' }) => ({ Id, Name }));
};
const idOf = async (name: string): Promise<string> => (await attached()).find(({ Name }) => Name === name)?.Id ?? '';
const detach = async (name: string) =>
  on.organizations.send(new DetachPolicyCommand({ PolicyId: await idOf(name), TargetId: customersUnit }));
const names = ownGuardrails.map(({ name }) => name);
const lines = (plan: Awaited<ReturnType<Operated['plan']>>) => plan.plan.changes.map(({ words }) => words);

test('a plan from a bare organization is applied whole, and leaves nothing to be changed', async () => {
  for (const name of names) await detach(name);
  const shown = await on.plan();
  expect(shown.state).toBe('none');
  expect(lines(shown).filter((words) => words.startsWith('attach'))).toEqual(
    names.map((name) => `attach ${name} to ${customersUnit}`),
  );
  const { guardrails } = await on.apply(shown.plan.digest);
  expect(guardrails.state).toBe('kept');
  expect((await on.plan()).plan.changes).toEqual([]);
  expect((await attached()).map(({ Name }) => Name).sort()).toEqual(
    ['FullAWSAccess', 'PartnerCloudGuardrails', ...names].sort(),
  );
  const [fact] = await on.facts();
  expect(fact).toMatchObject({
    type: 'GuardrailsApplied',
    stage: 'customers',
    planDigest: shown.plan.digest,
    changes: lines(shown),
  });
  const [metadata] = await on.metadata();
  expect(metadata).toMatchObject({ actor: 'issuer#olga', role: 'operator' });
});

test('a plan that is not the present one is refused with the present one, and changes nothing', async () => {
  const before = await on.plan();
  await detach(names[0] ?? '');
  const now = await on.plan();
  await expect(on.apply(before.plan.digest)).rejects.toMatchObject({
    code: 'stale-plan',
    fields: [{ field: 'digest', allowed: now.plan.digest }],
  });
  expect(await on.facts()).toEqual([]);
  expect(await idOf(names[0] ?? '')).toBe('');
});

test('a repeat with the same key asks AWS for nothing and records nothing', async () => {
  const { plan } = await on.plan();
  await on.apply(plan.digest, 'apply-1');
  const calls = on.aws.calls();
  await on.apply(plan.digest, 'apply-1');
  expect(on.aws.calls()).toBe(calls);
  expect(await on.facts()).toHaveLength(1);
});

test('an application that AWS cut off half way is in the next plan, and only what is left of it', async () => {
  for (const name of names) await detach(name);
  on.aws.strike({ kind: 'error', service: 'iam', operation: '*', code: 'AccessDenied', status: 403, times: 100 });
  await expect(on.plan()).resolves.toMatchObject({ state: 'none' });
  await expect(on.applyPlan()).rejects.toThrow(/payer-1: EnableOrganizationsRoot\w+ ended in AccessDenied/);
  on.aws.forgive();
  const left = await on.plan();
  expect(lines(left)).toHaveLength(2);
  await on.apply(left.plan.digest);
  expect((await on.facts()).map(({ type }) => type)).toEqual(['GuardrailsApplied']);
});

test('with a canary unit copies go there first, and the customers have their turn once those are applied', async () => {
  await on.close();
  on = openOperated({ canaryUnit: 'ou-pay1-leaving001' });
  const first = await on.plan();
  expect(first.plan).toMatchObject({ stage: 'canary', organizationalUnit: 'ou-pay1-leaving001' });
  await on.apply(first.plan.digest);
  expect((await attached('ou-pay1-leaving001')).map(({ Name }) => Name)).toContain(`${names[0]}Canary`);
  const second = await on.plan();
  expect(second.plan).toMatchObject({ stage: 'customers', organizationalUnit: customersUnit });
  await on.apply(second.plan.digest);
  expect((await on.facts()).map((fact) => 'stage' in fact && fact.stage)).toEqual(['canary', 'customers']);
});

test('a unit without room is told with what hangs there', async () => {
  const content = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: 'a:b', Resource: '*' }],
  });
  await detach(names[0] ?? '');
  const input = { Type: 'SERVICE_CONTROL_POLICY', Name: 'Theirs', Description: 'd', Content: content } as const;
  const { Policy } = await on.organizations.send(new CreatePolicyCommand(input));
  await on.organizations.send(
    new AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id, TargetId: customersUnit }),
  );
  await expect(on.plan()).rejects.toMatchObject({ code: 'wrong-stage', words: expect.stringContaining('Theirs') });
});

test('nothing is looked at where no operator has applied anything', async () => {
  on.start();
  const begun = on.clock.now();
  await on.passUntil(() => on.clock.now() > begun + 3_600_000);
  expect(on.aws.calls()).toBe(0);
});

test('a policy that is detached is found, vending stops, and it is put back as it was applied', async () => {
  await on.applyPlan();
  on.start();
  const looked = on.aws.calls();
  await on.passUntil(() => on.aws.calls() > looked);
  await detach(names[1] ?? '');
  await on.passUntil(() => (on.head() ?? '').endsWith(':4'));
  expect(await on.facts()).toMatchObject([
    { type: 'GuardrailsApplied' },
    { type: 'GuardrailsDriftDetected', findings: [`attach ${names[1]} to ${customersUnit}`] },
    { type: 'GuardrailsRestored', changes: [`attach ${names[1]} to ${customersUnit}`] },
  ]);
  expect(await on.facts('payer-payer-1')).toMatchObject([{ type: 'VendingPaused', reason: 'guardrails-drifted' }]);
  expect(await idOf(names[1] ?? '')).not.toBe('');
  expect(on.warnings).toHaveLength(1);
});

test('a policy that was rewritten gets its text again, and one of others is left alone', async () => {
  await on.applyPlan();
  const weak = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'Weak', Effect: 'Deny', Action: 'a:b', Resource: '*' }],
  });
  for (const name of [names[2] ?? '', 'PartnerCloudGuardrails'])
    await on.organizations.send(new UpdatePolicyCommand({ PolicyId: await idOf(name), Content: weak }));
  on.start();
  await on.passUntil(() => (on.head() ?? '').endsWith(':4'));
  const [, drift, restored] = await on.facts();
  expect(drift).toMatchObject({ findings: [expect.stringMatching(`^change ${names[2]} .*- Weak`)] });
  expect(restored).toMatchObject({ changes: [`change ${names[2]}`] });
  expect((await on.plan()).plan.changes).toEqual([]);
});

test('a newer version keeps what an operator applied, and plans its own', async () => {
  const [first = { name: '', content: '' }, ...rest] = ownGuardrails;
  const older = { ...first, content: first.content.replace('"account:CloseAccount",', '') };
  await on.close();
  on = openOperated({ desired: [older, ...rest] });
  await on.applyPlan();
  const parts = { ...on.guardrails, desired: ownGuardrails };
  on.start();
  const [calls, begun] = [on.aws.calls(), on.clock.now()];
  await on.passUntil(() => on.aws.calls() > calls && on.clock.now() > begun + 3_600_000);
  expect((await on.facts()).map(({ type }) => type)).toEqual(['GuardrailsApplied']);
  Object.assign(on.guardrails, parts);
  expect(lines(await on.plan())).toEqual([`change ${first.name}`]);
});

test('AWS that does not answer is told in the log after a while, and is no fact', async () => {
  await on.applyPlan();
  on.aws.strike({
    kind: 'error',
    service: 'organizations',
    operation: '*',
    code: 'AccessDeniedException',
    status: 400,
    times: 1_000,
  });
  on.start();
  await on.passUntil(() => on.warnings.length > 0);
  expect(on.warnings[0]).toMatchObject({ id: 'payer-1', reason: 'guardrails-unseen' });
  expect((await on.facts()).map(({ type }) => type)).toEqual(['GuardrailsApplied']);
});
