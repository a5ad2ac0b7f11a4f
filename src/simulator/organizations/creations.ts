/** Every request for an account, of all organizations, for whoever looks behind the scenes. */
import type { Documents } from '../engine/core.js';
import { type OrganizationDocument, organizationKinds } from '../world/organization.js';
import { type CreationDocument, kinds } from './documents.js';

/** A request as it stands now; `outcome` is what it comes to in the end, settled at the request. */
export interface CreationRequest extends CreationDocument {
  /** The management account that was asked. */
  readonly payer: string;
  readonly inProgress: boolean;
}

/** All requests, by payer and id. */
export function everyCreation(documents: Documents, now: number): readonly CreationRequest[] {
  return documents
    .list<OrganizationDocument>(organizationKinds.organization, '*')
    .flatMap(({ management: payer }) =>
      documents
        .list<CreationDocument>(kinds.creation, payer)
        .map((creation) => ({ payer, inProgress: now < creation.completedAt, ...creation })),
    );
}
