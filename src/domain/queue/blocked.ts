/** Waits that end only when somebody outside acts: no time can be told for them, and they are no part of what a step takes. */

/** For want of a payer that may take the account. */
type WithoutPayer = 'payer-full' | 'vending-paused';

/** Because a condition that held when the account was asked for does not hold now. */
export type UnmetCondition =
  | 'territory-not-served'
  | 'terms-withdrawn'
  | 'organization-ineligible'
  | 'organization-unreadable';

const blocked: Readonly<Record<WithoutPayer | UnmetCondition, true>> = {
  'payer-full': true,
  'vending-paused': true,
  'territory-not-served': true,
  'terms-withdrawn': true,
  'organization-ineligible': true,
  'organization-unreadable': true,
};

/** Whether a wait for this reason ends only when somebody acts. */
export const isBlocked = (reason: string | undefined): boolean =>
  reason !== undefined && Object.hasOwn(blocked, reason);
