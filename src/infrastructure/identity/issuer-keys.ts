/** The public keys that tokens are verified with. While their source is away, those that were read last are used for a time. */
import { errors, type JWTVerifyGetKey } from 'jose';
import { IdentityUnavailable } from '../../application/authorization/identity.js';
import { KnownKeys, type KnownKeysParts } from './known-keys.js';

export interface IssuerKeys {
  /** The key of a token. Throws {@link IdentityUnavailable} for keys that cannot be had. */
  readonly find: JWTVerifyGetKey;
  /** Why the keys in use may be old; `undefined` when they are as published. */
  degraded(): string | undefined;
}

/** Reads the keys at once, so that a source that is away is told of early, and again whenever they may have changed. */
export function openIssuerKeys(parts: KnownKeysParts): IssuerKeys {
  const { source, clock } = parts;
  const keys = new KnownKeys(parts);
  const unavailable = () => new IdentityUnavailable(`${source.words}.`, { cause: keys.trouble?.cause });

  async function current() {
    await keys.keepFresh();
    const known = keys.usable();
    if (!known) throw unavailable();
    return known;
  }

  /** The key may have been published since the last read; only where that can be ruled out the token is to blame. */
  async function findAgain(...token: Parameters<JWTVerifyGetKey>) {
    await keys.refresh();
    const known = keys.usable();
    if (keys.trouble || !known) throw unavailable();
    return known.find(...token);
  }

  void keys.refresh();
  return {
    degraded: () => keys.degraded(),
    async find(...token) {
      const { find, readAt } = await current();
      try {
        return await find(...token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        if (!keys.trouble && !source.mayHaveMore(readAt, clock.now())) throw error;
        return findAgain(...token);
      }
    },
  };
}
