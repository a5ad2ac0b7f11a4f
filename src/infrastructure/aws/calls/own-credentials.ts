/** What AWS says of our own credentials: names that speak of a young account where a role of it signs are about us here. */
import { classify } from './errors.js';
import type { Watch } from './watched-calls.js';

/** A key that was deleted or changed, or a wrong secret. Source: STS API, common errors. */
const refusals: ReadonlySet<string> = new Set(['InvalidClientTokenId', 'SignatureDoesNotMatch', 'UnrecognizedClient']);

/** Thrown instead of AWS's error, whose name alone does not say whose credentials it means. */
class OwnCredentialsRefused extends Error {
  override readonly name = 'OwnCredentialsRefused';
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId?: string };

  constructor(code: string, words: string, requestId: string | undefined) {
    super(`${code}: ${words}`);
    this.$metadata = { httpStatusCode: 403, ...(requestId === undefined ? {} : { requestId }) };
  }
}

/** Stands around the calls of a client that signs with our own credentials and those of no role. */
export const ownCredentials: Watch['around'] = {
  async keep(_operation, call) {
    try {
      return await call();
    } catch (error) {
      const { code, requestId } = classify(error);
      if (!(error instanceof Error) || !refusals.has(code)) throw error;
      throw new OwnCredentialsRefused(code, error.message, requestId);
    }
  },
};
