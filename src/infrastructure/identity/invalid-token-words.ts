/** Why a token is refused, in words for its sender: a table from jose's errors, which never repeats the token. */
import { errors } from 'jose';
import { IdentityUnavailable, InvalidToken } from '../../application/authorization/identity.js';

const words: Readonly<Record<string, string>> = {
  [errors.JWTExpired.code]: 'The token has expired.',
  [errors.JWSSignatureVerificationFailed.code]: 'The signature of the token does not match.',
  [errors.JWKSNoMatchingKey.code]: 'The token is signed with a key that the identity provider does not publish.',
  [errors.JWKSMultipleMatchingKeys.code]: 'The token does not say which of the published keys signed it.',
  [errors.JOSEAlgNotAllowed.code]:
    'The token is signed with an algorithm that is not accepted; allowed: RS256, ES256, EdDSA.',
  [errors.JOSENotSupported.code]: 'The token is signed in a way that is not supported.',
};

const claimWords: Readonly<Record<string, string>> = {
  aud: 'The token is for a wrong audience, not for this service.',
  iss: 'The token is from another issuer than the one trusted here.',
  nbf: 'The token is not valid yet.',
  exp: 'The token has no expiry (claim exp).',
  sub: 'The token names nobody (claim sub).',
};

/** The error to throw for what verification threw; anything but jose's own verdicts passes through. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof IdentityUnavailable || error instanceof InvalidToken) return error;
  if (error instanceof errors.JWTClaimValidationFailed)
    return new InvalidToken(claimWords[error.claim] ?? `The claim ${error.claim} of the token is wrong.`);
  if (error instanceof errors.JOSEError)
    return new InvalidToken(words[error.code] ?? 'The token is not a well-formed signed JWT.');
  return error;
}
