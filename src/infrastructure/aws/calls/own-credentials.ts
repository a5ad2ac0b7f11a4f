/** What AWS says of our own credentials: names that speak of a young account where a role of it signs are about us here. */
import { classify } from './errors.js';
import { explained } from './explained-error.js';
import type { Around } from './watched-calls.js';

/** A key that was deleted or changed, or a wrong secret. Source: STS API, common errors. */
const refusals: ReadonlySet<string> = new Set([
  'AuthFailure',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'UnrecognizedClient',
]);

/** Stands around the calls of a client that signs with our own credentials and those of no role. */
export const ownCredentials: Around = {
  async keep(_operation, call) {
    try {
      return await call();
    } catch (error) {
      throw refusals.has(classify(error).code) ? explained('OwnCredentialsRefused', error) : error;
    }
  },
};
