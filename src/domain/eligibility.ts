/** Who may have an account: a pure question about an organization's facts, answered with every reason against it. */
import type { OrganizationFacts } from './organization.js';

export type RefusalReason =
  | 'not-billable'
  | 'reseller'
  | 'customer-of-reseller'
  | 'staff'
  | 'demo'
  | 'no-office-in-territory';

const rules: readonly (readonly [RefusalReason, (facts: OrganizationFacts, territory: string) => boolean])[] = [
  ['not-billable', (facts) => !facts.billable],
  ['reseller', (facts) => facts.reseller],
  ['customer-of-reseller', (facts) => facts.customerOfReseller],
  ['staff', (facts) => facts.staff],
  ['demo', (facts) => facts.demo],
  ['no-office-in-territory', (facts, territory) => !facts.officeTerritories.includes(territory)],
];

/** Every reason why this organization may not have an account for this (supported) territory; none means eligible. */
export function refusalReasons(facts: OrganizationFacts, territory: string): readonly RefusalReason[] {
  return rules.filter(([, fails]) => fails(facts, territory)).map(([reason]) => reason);
}

/** The reasons that this version knows, in words that a customer understands. */
export const refusalWords: Readonly<Record<RefusalReason, string>> = {
  'not-billable': 'Your organization is not set up for billing.',
  reseller: 'Your organization is itself a reseller.',
  'customer-of-reseller': 'Your organization is a customer of another reseller.',
  staff: "Your organization belongs to the reseller's own staff.",
  demo: 'Your organization is a demonstration account.',
  'no-office-in-territory': 'Your organization has no office in this territory.',
};

/** A reason in words; one that a newer version recorded stands for itself. */
export const refusalText = (reason: string): string => refusalWords[reason as RefusalReason] ?? reason;
