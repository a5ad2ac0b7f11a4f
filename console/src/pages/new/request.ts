/** Asking for the account: the request, then the acceptance of both terms. Sent again, it takes effect once. */

import { acceptTerms, readTerms, requestProvider } from '../../../../src/client/generated/sdk.gen.js';
import { asked } from '../../api/asked.js';
import type { TermsDocument } from '../../api/types.js';
import { curlOf } from '../../format/curl.js';
import { notAccepted } from './checks.js';
import type { Draft } from './draft.js';

/** Other documents are in force by now; nothing was asked for. */
export class TermsChanged extends Error {}

/** What is asked for. */
export const bodyOf = ({ name, territory }: Draft) => ({
  name: name.trim(),
  origin: 'new' as const,
  territory: territory ?? '',
});

const named = (documents: readonly TermsDocument[]) =>
  documents.map(({ party, version, digest }) => ({ party, version, digest }));

const acceptanceKey = ({ key }: Draft): string => `${key}-terms`;

export interface Requested {
  readonly id: string;
  /** Why the terms were not accepted, though the provider is there: its page offers to accept them. */
  readonly refused?: unknown;
}

/** Rejects with {@link TermsChanged}, or with the problem where the service takes no request. */
export async function request(organization: string, draft: Draft): Promise<Requested> {
  const { documents } = await asked(readTerms({ query: { territory: draft.territory ?? '' } }), 'documents');
  if (notAccepted(draft, documents).length > 0) throw new TermsChanged();
  const headers = { 'Idempotency-Key': draft.key };
  const { id } = await asked(requestProvider({ path: { organization }, body: bodyOf(draft), headers }), 'id');
  try {
    await accept(id, documents, acceptanceKey(draft));
    return { id };
  } catch (refused) {
    return { id, refused };
  }
}

/** Accepts just these documents. */
export const accept = (id: string, documents: readonly TermsDocument[], key: string) =>
  asked(
    acceptTerms({ path: { id }, body: { documents: named(documents) }, headers: { 'Idempotency-Key': key } }),
    'id',
  );

/** Both calls with curl, as they will be sent. */
export const callsOf = (origin: string, organization: string, draft: Draft, documents: readonly TermsDocument[]) =>
  [
    curlOf(origin, {
      method: 'POST',
      path: `/v1/organizations/${organization}/providers`,
      key: draft.key,
      body: bodyOf(draft),
    }),
    curlOf(origin, {
      method: 'POST',
      path: '/v1/providers/$PROVIDER/terms-acceptance',
      key: acceptanceKey(draft),
      body: { documents: named(documents) },
    }).replace(
      `'${origin}/v1/providers/$PROVIDER/terms-acceptance'`,
      `"${origin}/v1/providers/$PROVIDER/terms-acceptance"`,
    ),
  ].join('\n\n');
