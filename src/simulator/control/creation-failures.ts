/** Failures to force on the next creations of accounts; Organizations reads them when a creation is asked for. */
import type { Documents } from '../engine/core.js';
import { type CreationFailureDocument, kinds } from '../organizations/documents.js';
import { type OrganizationDocument, organizationKinds } from '../world/organization.js';

/** Source: Organizations API, CreateAccountStatus.FailureReason. */
export const creationFailureReasons = [
  'ACCOUNT_LIMIT_EXCEEDED',
  'CONCURRENT_ACCOUNT_MODIFICATION',
  'EMAIL_ALREADY_EXISTS',
  'FAILED_BUSINESS_VALIDATION',
  'GOVCLOUD_ACCOUNT_ALREADY_EXISTS',
  'INTERNAL_FAILURE',
  'INVALID_ADDRESS',
  'INVALID_EMAIL',
  'INVALID_IDENTITY_FOR_BUSINESS_VALIDATION',
  'INVALID_PAYMENT_INSTRUMENT',
  'MISSING_BUSINESS_VALIDATION',
  'MISSING_PAYMENT_INSTRUMENT',
  'PENDING_BUSINESS_VALIDATION',
  'UNKNOWN_BUSINESS_VALIDATION',
  'UPDATE_EXISTING_RESOURCE_POLICY_WITH_TAGS_NOT_SUPPORTED',
] as const;

export interface CreationFailure {
  /** The management account whose creations fail; without it those of every organization, each `times` times. */
  readonly payer?: string | undefined;
  readonly reason: (typeof creationFailureReasons)[number];
  readonly times: number;
}

/** The failures that still wait for a creation, by payer. */
export function creationFailures(documents: Documents): readonly (CreationFailureDocument & { payer: string })[] {
  return payersOf(documents).flatMap((payer) =>
    documents.list<CreationFailureDocument>(kinds.creationFailure, payer).map((failure) => ({ payer, ...failure })),
  );
}

/** Forces these failures and no others. */
export function forceCreationFailures(documents: Documents, failures: readonly CreationFailure[]): void {
  for (const { payer, reason } of creationFailures(documents)) documents.remove(kinds.creationFailure, payer, reason);
  for (const { payer, reason, times } of failures) {
    const payers = payer === undefined ? payersOf(documents) : [payer];
    for (const each of payers) documents.put(kinds.creationFailure, each, reason, { reason, times });
  }
}

function payersOf(documents: Documents): readonly string[] {
  return documents.list<OrganizationDocument>(organizationKinds.organization, '*').map(({ management }) => management);
}
