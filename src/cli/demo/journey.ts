/** One provider, from the request to credentials, through the public HTTP API, with what is seen on the way. */
import type { Api } from './api.js';

export interface Tokens {
  readonly administrator: string;
  readonly service: string;
}

export interface Status {
  readonly id: string;
  readonly stage: string;
  readonly name: string;
  readonly steps: readonly {
    readonly step: string;
    readonly title: string;
    readonly state: string;
    readonly waitsFor?: string;
  }[];
  readonly halt?: { readonly reason: string; readonly words: string };
  readonly account?: { readonly id: string };
}

export interface Revealed {
  readonly userName: string;
  readonly temporaryPassword: string;
  readonly loginUrl: string;
  readonly expiresAt: string;
}

interface Document {
  readonly party: string;
  readonly version: string;
  readonly digest: string;
}

const organization = 'acme';
const territory = 'US';

/** An internal service tells what it knows about the customer. */
export async function reportOrganization(api: Api, { service }: Tokens): Promise<void> {
  const facts = {
    billable: true,
    reseller: false,
    customerOfReseller: false,
    staff: false,
    demo: false,
    officeTerritories: [territory],
  };
  await api.send('PUT', `/v1/organizations/${organization}`, service, facts);
}

/** The administrator asks for a provider; answers with its id. */
export async function requestProvider(api: Api, { administrator }: Tokens, name: string, key: string): Promise<string> {
  const path = `/v1/organizations/${organization}/providers`;
  const { id } = await api.send<{ id: string }>('POST', path, administrator, { name, origin: 'new', territory }, key);
  return id;
}

/** Reads both documents and accepts exactly those; answers with what was accepted. */
export async function acceptTerms(
  api: Api,
  { administrator }: Tokens,
  providerId: string,
): Promise<readonly Document[]> {
  const { documents } = await api.get<{ documents: readonly Document[] }>(
    `/v1/terms?territory=${territory}`,
    administrator,
  );
  const accepted = documents.map(({ party, version, digest }) => ({ party, version, digest }));
  await api.send('POST', `/v1/providers/${providerId}/terms-acceptance`, administrator, { documents: accepted });
  return accepted;
}

/** Follows the provider until credentials are issued; `seen` hears of each new status. Throws when it halts. */
export async function followToCredentials(
  api: Api,
  { administrator }: Tokens,
  providerId: string,
  seen: (status: Status) => void,
): Promise<Status> {
  const done = new AbortController();
  const look = async (minPosition?: string): Promise<Status> => {
    const fresh = minPosition === undefined ? '' : `?${new URLSearchParams({ minPosition })}`;
    const status = await api.get<Status>(`/v1/providers/${providerId}${fresh}`, administrator);
    seen(status);
    if (status.halt) throw new Error(`The provider is halted (${status.halt.reason}): ${status.halt.words}`);
    return status;
  };
  try {
    let status = await look();
    if (status.stage === 'active') return status;
    for await (const position of api.changes(providerId, administrator, done.signal)) {
      status = await look(position);
      if (status.stage === 'active') return status;
    }
    return status;
  } finally {
    done.abort();
  }
}

export const reveal = (api: Api, { administrator }: Tokens, providerId: string): Promise<Revealed> =>
  api.send<Revealed>('POST', `/v1/providers/${providerId}/credentials/reveal`, administrator, {});
