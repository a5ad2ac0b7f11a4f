/** A session of our own role dies with the role; one of the role made anew is assumed for whoever comes next. */
import { DeleteRoleCommand, DetachRolePolicyCommand, paginateListAttachedRolePolicies } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Aws, eventually, makeHardenedAccount, startAws } from '../../../support/aws.js';

let aws: Aws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());

test('steps go on with our role once it was deleted and made again', async () => {
  const work = await makeHardenedAccount(aws);
  const { iam: client } = aws.access.account(work, 'way-in');
  const RoleName = 'CTLDeveloperRole';
  for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies({ client }, { RoleName }))
    for (const { PolicyArn } of AttachedPolicies)
      await client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  await client.send(new DeleteRoleCommand({ RoleName }));
  const kept = aws.access.account(work, 'automation');
  expect(await eventually(aws.ensures.AutomationAccess, work)).toMatchObject({ type: 'BaselineStepApplied' });
  expect(aws.access.account(work, 'automation')).not.toBe(kept);
  expect(await eventually(aws.ensures.PasswordPolicy, work)).toMatchObject({ type: 'BaselineStepApplied' });
});
