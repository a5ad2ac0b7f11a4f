import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { refusalReasons } from '../../src/domain/eligibility.js';
import {
  decideOrganization,
  evolveOrganization,
  type Organization,
  unknownOrganization,
} from '../../src/domain/organization.js';
import { eligible } from '../support/story.js';

const report = (facts = eligible) => ({ type: 'ReportFacts' as const, facts });
const known: Organization = { stage: 'registered', facts: eligible };

test('facts are registered, then updated, and the same facts record nothing', () => {
  expect(decideOrganization(report(), unknownOrganization)).toEqual([
    { type: 'OrganizationRegistered', facts: eligible },
  ]);
  expect(decideOrganization(report(), known)).toEqual([]);
  const facts = { ...eligible, staff: true };
  expect(decideOrganization(report(facts), known)).toEqual([{ type: 'OrganizationUpdated', facts }]);
});

test('office territories are a set: order and repeats mean nothing', () => {
  expect(decideOrganization(report({ ...eligible, officeTerritories: ['US', 'US'] }), known)).toEqual([]);
  const [event] = decideOrganization(report({ ...eligible, officeTerritories: ['US', 'UK'] }), known);
  expect(event?.facts.officeTerritories).toEqual(['UK', 'US']);
});

test('an update before the registration is corrupt', () => {
  expect(() => evolveOrganization(unknownOrganization, { type: 'OrganizationUpdated', facts: eligible })).toThrow(
    /OrganizationUpdated/,
  );
});

test('an organization is eligible exactly when nothing speaks against it, and every reason is told', () => {
  const flags = fc.record({
    billable: fc.boolean(),
    reseller: fc.boolean(),
    customerOfReseller: fc.boolean(),
    staff: fc.boolean(),
    demo: fc.boolean(),
  });
  const property = fc.property(flags, fc.subarray(['US', 'UK']), (given, officeTerritories) => {
    const reasons = refusalReasons({ ...given, officeTerritories }, 'US');
    const against = [
      !given.billable,
      given.reseller,
      given.customerOfReseller,
      given.staff,
      given.demo,
      !officeTerritories.includes('US'),
    ];
    expect(reasons).toHaveLength(against.filter(Boolean).length);
  });
  fc.assert(property);
});
