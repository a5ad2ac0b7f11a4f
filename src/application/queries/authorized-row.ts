/** The row of a provider for one who may see it. */
import { Refusal } from '../../domain/refusal.js';
import type { AuthorizedCaller } from '../authorization/authorization.js';
import { requireAuthorized } from '../authorized-providers.js';
import type { Dependencies } from '../dependencies.js';
import type { ProviderRow } from '../ports/read-models.js';
import { requireFilled, requireWhole, statusModels } from '../quarantine/standstill.js';

/** Throws a `not-found` refusal where there is none, or none for this caller. */
export function authorizedRow({ readModels }: Dependencies, providerId: string, caller: AuthorizedCaller): ProviderRow {
  requireFilled(readModels, statusModels);
  const row = readModels.provider(providerId);
  if (!row) requireWhole(readModels, statusModels);
  if (!row) throw new Refusal('not-found', 'There is no such provider.');
  requireAuthorized(caller, row.provider);
  return row;
}
