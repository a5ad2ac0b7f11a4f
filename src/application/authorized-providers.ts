/** Who may see which provider: customers their own organization's, the reseller's people all; anything else does not exist. */
import { type Provider, underneath, unknownProvider } from '../domain/provider/stages.js';
import { Refusal } from '../domain/refusal.js';
import { type AuthorizedCaller, seesAll, seesOrganization } from './authorization/authorization.js';
import type { Dependencies } from './dependencies.js';
import { requireWhole, statusModels } from './quarantine/standstill.js';
import { providers } from './streams/aggregates.js';
import { unusable } from './streams/quarantined.js';

/** Throws a `not-found` refusal unless the provider exists and belongs to an organization the caller may see. */
export function requireAuthorized(caller: AuthorizedCaller, provider: Provider): void {
  const known = underneath(provider);
  if (known.stage === 'unknown' || !seesOrganization(caller, known.organization))
    throw new Refusal('not-found', 'There is no such provider.');
}

/**
 * The provider as its history says, for a caller who may see it; throws a `not-found` refusal to anybody else. One that
 * is set aside or cannot be read throws as its stream does, but only to those who may know of it by its last row.
 */
export async function loadAuthorized(
  { streams, readModels }: Pick<Dependencies, 'streams' | 'readModels'>,
  caller: AuthorizedCaller,
  providerId: string,
): Promise<Provider> {
  try {
    const { state } = await streams.load(providers, providerId);
    requireAuthorized(caller, state);
    return state;
  } catch (error) {
    if (unusable(error) && !seesAll(caller)) {
      const row = readModels.provider(providerId);
      if (!row) requireWhole(readModels, statusModels);
      requireAuthorized(caller, row?.provider ?? unknownProvider);
    }
    throw error;
  }
}
