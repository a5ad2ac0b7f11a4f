/** Every exemption of the guardrails is needed: without one of them a step of a vend fails, and it is known which. */
import {
  DescribePolicyCommand,
  ListPoliciesForTargetCommand,
  UpdatePolicyCommand,
} from '@aws-sdk/client-organizations';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Ensure, ProofWork } from '../../../../src/application/ports/ensures.js';
import { baselineVersion } from '../../../../src/domain/baseline/settings.js';
import { type Aws, attempt, eventOf, eventually, firstPayer, makeAccount, startAws } from '../../../support/aws.js';

let aws: Aws;
let work: ProofWork;
beforeEach(async () => {
  aws = await startAws();
  work = { ...(await makeAccount(aws)), accessBaseline: baselineVersion };
  await eventually(aws.ensures.LinkPayer, work);
});
afterEach(() => aws.close());

/** Takes a role out of the exemptions of all guardrails over the customers' unit. */
async function withoutExemption(role: string): Promise<void> {
  const { organizations } = aws.access.payer(work.payerId);
  const TargetId = aws.settings.payers.find(({ accountId }) => accountId === firstPayer)?.customersUnit;
  const listed = await organizations.send(
    new ListPoliciesForTargetCommand({ TargetId, Filter: 'SERVICE_CONTROL_POLICY' }),
  );
  for (const { Id: PolicyId, Name = '' } of listed.Policies ?? []) {
    if (!Name.startsWith('CTLGuardrail')) continue;
    const { Policy } = await organizations.send(new DescribePolicyCommand({ PolicyId }));
    const Content = (Policy?.Content ?? '')
      .replaceAll(`"arn:aws:iam::*:role/${role}",`, '')
      .replaceAll(`,"arn:aws:iam::*:role/${role}"`, '');
    await organizations.send(new UpdatePolicyCommand({ PolicyId, Content }));
  }
}

const steps = [
  'AwaitReadiness',
  'AutomationAccess',
  'PasswordPolicy',
  'AccessModel',
  'AuditTrail',
  'ConfigRecorder',
  'PublicAccessBlock',
  'LiveProof',
] as const;
const minutes = 60_000;

/** What comes of a step that is tried for ten minutes, on a clock of its own. */
async function outcomeOf(ensure: Ensure<ProofWork>): Promise<string> {
  const begun = Date.now();
  for (let tries = 0, passed = 0; passed < 10 * minutes; tries++) {
    const result = await ensure(work, attempt({ tries, now: begun + passed })).catch((error: Error) => error);
    if (!(result instanceof Error) && (result.kind === 'fact' || result.kind === 'proof-wrong')) {
      const event = eventOf(result);
      if (event.type === 'LiveProofRecorded') return event.wrong.map(({ row }) => row).join();
      return event.type === 'ProvisioningHalted' ? event.reason : '';
    }
    passed += minutes / 2;
  }
  return 'never done';
}

/** The first step that does not come true, and how it ends. */
async function firstFailure(): Promise<string> {
  for (const step of steps) {
    const outcome = await outcomeOf(aws.ensures[step]);
    if (outcome !== '') return `${step} ${outcome}`;
  }
  return 'none';
}

test.each([
  ['no role', 'nobody', 'none'],
  ['the way in', 'OrganizationAccountAccessRole', 'AutomationAccess access-denied'],
  ['the automation', 'CTLDeveloperRole', 'PasswordPolicy access-denied'],
  ['operations', 'CTLOperationsRole', 'LiveProof operations support:CreateCase'],
  ['cost analytics', 'CTLCloudOptimization', 'LiveProof analytics ce:GetCostAndUsage'],
])('without the exemption of %s', async (_, role, failure) => {
  await withoutExemption(role);
  expect(await firstFailure()).toBe(failure);
});
