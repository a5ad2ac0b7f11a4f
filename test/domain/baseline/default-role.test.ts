/** Whom the default role trusts, and how a desired state that was put on record tells of it for any account. */
import { expect, test } from '@jest/globals';
import { desiredState } from '../../../src/domain/baseline/desired-state.js';
import { partsIn, partsUnder } from '../../../src/domain/baseline/known-baselines.js';
import { plan } from '../../../src/domain/baseline/plan.js';
import { canonicalText } from '../../../src/domain/canonical-json.js';
import { baselineSteps } from '../../../src/domain/provider/steps.js';
import { settings } from './account.js';

const statement = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 'sts:AssumeRole',
};
const trustUnder = (changes: Partial<typeof settings>) =>
  desiredState('DefaultRole', { ...settings, ...changes }).map(({ members }) => members);
const named = (...names: readonly string[]) => ({
  ...{ Sid: 'TrustNamedRoles', ...statement },
  Condition: { ArnEquals: { 'aws:PrincipalArn': names.map((name) => `arn:aws:iam::111122223333:role/${name}`) } },
});
const trusting = (one: object) => [{ trust: { Version: '2012-10-17', Statement: [one] } }];

test('the role of the automation in the payer stays, and one for emergencies where one is named', () => {
  expect(trustUnder({})).toEqual(trusting(named('PartnerCloudVending')));
  const breaking = (breakGlassRole: string) => trustUnder({ defaultRole: { trusts: 'named-roles', breakGlassRole } });
  expect(breaking('people/BreakGlass')).toEqual(trusting(named('PartnerCloudVending', 'people/BreakGlass')));
  expect(breaking('PartnerCloudVending')).toEqual(trusting(named('PartnerCloudVending')));
});

test('left to the payer it is what AWS makes, so that nothing changes in a new account', () => {
  const [object] = desiredState('DefaultRole', {
    ...settings,
    defaultRole: { trusts: 'payer', breakGlassRole: 'BreakGlass' },
  });
  if (!object) throw new Error('The default role is not held to anything.');
  const { kind, name, place } = object;
  const made = { Version: '2012-10-17', Statement: [{ ...statement, Principal: { AWS: '111122223333' } }] };
  expect(plan([object], [{ kind, name, place, members: { trust: made } }])).toEqual([]);
});

test('where no payer of ours gets in by it there is no such object', () => {
  const { payerRoleArn: _, ...others } = settings;
  expect(desiredState('DefaultRole', others)).toEqual([]);
});

const { accountId, payerRoleArn: _arn, ...under } = settings;
const content = canonicalText(partsUnder(under, baselineSteps));

test.each([
  ['111122223333', 'arn:aws:iam::111122223333:role/PartnerCloudVending'],
  ['444455556666', 'arn:aws:iam::444455556666:role/a"b\\c/{account}/Vending'],
])('a state on record is that of any account under any payer, such as %s', (_payer, payerRoleArn) => {
  const here = { ...under, accountId, payerRoleArn };
  const expected = baselineSteps.map((step) => ({ step, objects: desiredState(step, here) }));
  expect(partsIn(content, { accountId, payerRoleArn })).toEqual(JSON.parse(JSON.stringify(expected)));
});

test('of an account that its owner let us into, a state on record says nothing of the default role', () => {
  const { objects } = partsIn(content, { accountId }).find(({ step }) => step === 'DefaultRole') ?? {};
  expect(objects).toEqual([]);
});
