/** Bearer tokens into callers: signature, issuer, audience and expiry checked with jose, the claims read with care. */
import { hash } from 'node:crypto';
import { type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { type Caller, InvalidToken, roles, type TokenVerifier } from '../../application/authorization/identity.js';
import { type Clock, systemClock } from '../../application/ports/clock.js';
import { refusalOf } from './invalid-token-words.js';
import { issuerKeys } from './issuer-keys.js';

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** Where the keys are: a URL, or the path of a file. */
  readonly jwks: string;
}

const algorithms = ['RS256', 'ES256', 'EdDSA'];
const clockToleranceSeconds = 30;
const longestToken = 8192;
const remembered = 10_000;
/** A verification costs up to 200 µs, so its result is kept: briefly, because a key may be withdrawn. */
const rememberedForMs = 60_000;

/** Opens the verifier of one issuer's tokens; see {@link TokenVerifier} for what it throws. */
export function openTokenVerifier({ issuer, audience, jwks }: TokenRules, clock: Clock = systemClock): TokenVerifier {
  const keys = issuerKeys(jwks);
  const known = new LRUCache<string, { readonly caller: Caller; readonly until: number }>({ max: remembered });

  async function verified(token: string, now: number): Promise<JWTPayload> {
    if (token.length > longestToken) throw new InvalidToken(`The token is longer than ${longestToken} characters.`);
    const options = { issuer, audience, algorithms, clockTolerance: clockToleranceSeconds };
    const about = { ...options, requiredClaims: ['exp', 'sub'], currentDate: new Date(now) };
    const { payload } = await jwtVerify(token, keys, about).catch((error: unknown) => {
      throw refusalOf(error);
    });
    return payload;
  }

  return {
    async verify(token) {
      const now = clock.now();
      const digest = hash('sha256', token);
      const before = known.get(digest);
      if (before && now < before.until) return before.caller;
      const payload = await verified(token, now);
      const caller = callerOf(issuer, payload);
      known.set(digest, { caller, until: Math.min((payload.exp ?? 0) * 1000, now + rememberedForMs) });
      return caller;
    },
  };
}

const opaqueId = /^[\x21-\x7e]{1,255}$/;
const email = /^[^@]+@[^@]+\.[^@]+$/;

/** Subjects go into events for ever, so one that is plainly an e-mail is refused rather than stored. */
function callerOf(issuer: string, { sub, roles: claimed, organization }: JWTPayload): Caller {
  if (typeof sub !== 'string' || !opaqueId.test(sub))
    throw new InvalidToken('The claim sub is no id of 1 to 255 visible ASCII characters.');
  if (email.test(sub)) throw new InvalidToken('The claim sub is an e-mail address; it must be an opaque id.');
  if (claimed !== undefined && !Array.isArray(claimed)) throw new InvalidToken('The claim roles is not a list.');
  return {
    actor: `${issuer}#${sub}`,
    subject: sub,
    organization: organizationOf(organization),
    roles: roles.filter((role) => claimed?.includes(role)),
  };
}

function organizationOf(claim: unknown): string | undefined {
  if (claim === undefined || claim === null) return undefined;
  if (typeof claim === 'string' && /^[A-Za-z0-9-]{1,64}$/.test(claim)) return claim;
  throw new InvalidToken('The claim organization is no id of 1 to 64 letters, digits and hyphens.');
}
