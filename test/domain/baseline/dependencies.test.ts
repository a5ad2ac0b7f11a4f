/** The graph of what waits for what: it agrees with the order of the objects, and nothing waits in vain. */
import { expect, test } from '@jest/globals';
import { depthOf, needsOf } from '../../../src/domain/baseline/dependencies.js';
import { desiredState } from '../../../src/domain/baseline/desired-state.js';
import { baselineSteps } from '../../../src/domain/provider/steps.js';
import { allObjects, settings, titleOf } from './account.js';

const needed = (title: string): readonly string[] => {
  const object = allObjects.find((each) => titleOf(each) === title);
  if (!object) throw new Error(`${title}: no such object in the baseline`);
  return needsOf(object, allObjects).map(titleOf);
};

test('each object comes after those it needs', () => {
  for (const [place, object] of allObjects.entries())
    for (const before of needsOf(object, allObjects)) expect(allObjects.indexOf(before)).toBeLessThan(place);
});

test('a role waits for the policies that it carries and for no other', () => {
  expect(needed('role CTLOperationsRole in global')).toEqual([
    'managed-policy CTLOperationsPolicy in global',
    'managed-policy CAMOpsOverridePolicy in global',
  ]);
  expect(needed('role CTLDeveloperRole in global')).toEqual([]);
});

test('a membership waits for its user and its group, and the user for nothing', () => {
  expect(needed('group-membership CTLAdministrators in global')).toEqual([
    'group CTLAdministrators in global',
    'handed-over-user administrator in global',
  ]);
  expect(needed('handed-over-user administrator in global')).toEqual([]);
});

test('the record of a region waits for that region alone, and for the bucket and the role of the account', () => {
  expect(needed('recording default in eu-west-1')).toEqual(['delivery-channel default in eu-west-1']);
  expect(needed('delivery-channel default in eu-south-1')).toEqual([
    'bucket ctlconfig-123456789012-us-east-1-an in us-east-1',
    'opt-in-region eu-south-1 in eu-south-1',
    'config-recorder default in eu-south-1',
  ]);
  expect(needed('trail ctl-audit in us-east-1')).toEqual(['bucket ctlaudit-123456789012-us-east-1-an in us-east-1']);
});

test('regions need nothing of each other, so that seventeen are as deep as one', () => {
  const depths = baselineSteps.map((step) => [step, depthOf(desiredState(step, settings))]);
  expect(Object.fromEntries(depths)).toEqual({
    ...{ AutomationAccess: 1, PasswordPolicy: 1, AccessModel: 3, AuditTrail: 2, ConfigRecorder: 4 },
    ...{ PublicAccessBlock: 1, RegionDefaults: 1, RegionRecorders: 3, OptInRegions: 4, AccountContacts: 1 },
    DefaultRole: 1,
  });
});
