/** The organizations of the payers at AWS, as guardrails are seen and changed there. */

import { errorText } from '../../../application/error-text.js';
import { type Organizations, OrganizationUnavailable } from '../../../application/ports/guardrails.js';
import type { AwsAccess } from '../calls/clients.js';
import { callOf } from '../calls/watched-calls.js';
import { changeOrganization } from './change-organization.js';
import { type OrganizationClients, observeOrganization } from './observe-organization.js';

/** Opens them; no call is made yet. What nobody waits for gives way to vending. */
export function openOrganizations(access: AwsAccess): Organizations {
  const of = (payerId: string): OrganizationClients => {
    const { background: organizations, iam } = access.payer(payerId);
    return { organizations, iam };
  };
  return {
    observe: (payerId, looked, signal) =>
      asUnavailable(payerId, () => observeOrganization(of(payerId), looked, signal)),
    change: (payerId, change, signal) => asUnavailable(payerId, () => changeOrganization(of(payerId), change, signal)),
  };
}

async function asUnavailable<T>(payerId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw unavailable(payerId, error);
  }
}

/** AWS's own words may name ARNs of the payer, which operators know. */
function unavailable(payerId: string, error: unknown): OrganizationUnavailable {
  const call = callOf(error);
  if (!call) return new OrganizationUnavailable(`${payerId}: ${errorText(error)}`, undefined, error);
  const { operation, error: name, requestId } = call;
  const words = `${payerId}: ${operation} ended in ${name} (request ${requestId}). Nothing is lost: what is done stays done, and the next plan shows the rest.`;
  return new OrganizationUnavailable(words, call, error);
}
