/** One provider, from the request to credentials, through the public HTTP API, with what is seen on the way. */
import {
  acceptTerms as accept,
  requestProvider as ask,
  readProvider,
  readTerms,
  reportOrganization as report,
  revealCredentials,
} from '../../client/generated/sdk.gen.js';
import type { Provider, Reveal, TermsDocument } from '../../client/generated/types.gen.js';
import type { Api } from '../client/api.js';

export interface Tokens {
  readonly administrator: string;
  readonly service: string;
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
  await report({ ...api.as(service), path: { organization }, body: facts });
}

/** The administrator asks for a provider; answers with its id. */
export async function requestProvider(api: Api, { administrator }: Tokens, name: string, key: string): Promise<string> {
  const { data } = await ask({
    ...api.as(administrator),
    path: { organization },
    headers: { 'Idempotency-Key': key },
    body: { name, origin: 'new', territory },
  });
  return data.id;
}

/** Reads both documents and accepts exactly those; answers with what was accepted. */
export async function acceptTerms(
  api: Api,
  { administrator }: Tokens,
  providerId: string,
): Promise<readonly Pick<TermsDocument, 'party' | 'version'>[]> {
  const calling = api.as(administrator);
  const { data } = await readTerms({ ...calling, query: { territory } });
  const documents = data.documents.map(({ party, version, digest }) => ({ party, version, digest }));
  await accept({ ...calling, path: { id: providerId }, body: { documents } });
  return documents;
}

/** Follows the provider until credentials are issued; `seen` hears of each new status. Throws when it halts. */
export async function followToCredentials(
  api: Api,
  { administrator }: Tokens,
  providerId: string,
  seen: (status: Provider) => void,
): Promise<Provider> {
  const done = new AbortController();
  const look = async (minPosition?: string): Promise<Provider> => {
    const query = minPosition === undefined ? {} : { minPosition };
    const { data: status } = await readProvider({ ...api.as(administrator), path: { id: providerId }, query });
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

export async function reveal(api: Api, { administrator }: Tokens, providerId: string): Promise<Reveal> {
  const { data } = await revealCredentials({ ...api.as(administrator), path: { id: providerId } });
  return data;
}
