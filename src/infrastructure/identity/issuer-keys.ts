/** The public keys that tokens are verified with: fetched from a URL, or read from a file again whenever it changes. */
import { readFile, stat } from 'node:fs/promises';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { IdentityUnavailable } from '../../application/authorization/identity.js';

const fetchTimeoutMs = 3000;
/** An unknown key id makes us fetch again, but not more often than this, so that bad tokens cannot flood the issuer. */
const cooldownMs = 30_000;
const goodForMs = 600_000;

/** The keys at an address or in a file. Throws {@link IdentityUnavailable} for keys that cannot be had. */
export const issuerKeys = (jwks: string): JWTVerifyGetKey => (jwks.includes('://') ? remoteKeys(jwks) : fileKeys(jwks));

function remoteKeys(url: string): JWTVerifyGetKey {
  const fetched = createRemoteJWKSet(new URL(url), {
    timeoutDuration: fetchTimeoutMs,
    cooldownDuration: cooldownMs,
    cacheMaxAge: goodForMs,
  });
  return async (header, token) => {
    try {
      return await fetched(header, token);
    } catch (error) {
      if (aboutTheToken(error)) throw error;
      throw new IdentityUnavailable('The identity provider did not answer with its keys.', { cause: error });
    }
  };
}

function fileKeys(file: string): JWTVerifyGetKey {
  let known: { readonly stamp: string; readonly keys: JWTVerifyGetKey } | undefined;
  return async (header, token) => {
    try {
      const { mtimeMs, size, ino } = await stat(file);
      const stamp = `${mtimeMs} ${size} ${ino}`;
      if (known?.stamp !== stamp) known = { stamp, keys: createLocalJWKSet(JSON.parse(await readFile(file, 'utf8'))) };
    } catch (error) {
      throw new IdentityUnavailable('The file with the keys of the identity provider cannot be used.', {
        cause: error,
      });
    }
    return known.keys(header, token);
  };
}

/** Whether the keys were there and only this token's was not. */
const aboutTheToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;
