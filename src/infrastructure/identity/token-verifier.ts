/** Bearer tokens into callers: signature, issuer, audience and expiry checked with jose, the claims read with care. */
import { hash } from 'node:crypto';
import { type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { type Caller, InvalidToken, type TokenVerifier } from '../../application/authorization/identity.js';
import { type Clock, systemClock } from '../../application/ports/clock.js';
import type { HealthSource } from '../../application/ports/health.js';
import type { Log } from '../../application/ports/log.js';
import { type ClaimRules, callerOf, plainClaims } from './claims.js';
import { refusalOf } from './invalid-token-words.js';
import { openIssuerKeys } from './issuer-keys.js';
import { keySource } from './key-sources.js';

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** Where the keys are: a URL, or the path of a file. */
  readonly jwks: string;
  /** How long keys are used after they were last seen as published; a day unless told. */
  readonly lastKnownForMs?: number;
  /** Where the claims are that name roles and organization; as this program names them unless told. */
  readonly claims?: ClaimRules;
}

export interface TokenVerifierParts {
  readonly clock?: Clock;
  /** Hears when the keys cannot be read, and when they can again. */
  readonly log: Log;
}

const algorithms = ['RS256', 'ES256', 'EdDSA'];
const clockToleranceSeconds = 30;
const longestToken = 8192;
const remembered = 10_000;
/** A verification costs up to 200 µs, so its result is kept: briefly, because a key may be withdrawn. */
const rememberedForMs = 60_000;
const dayMs = 86_400_000;

/** Of a token that was verified: it is taken again without the keys until then, and expires with its caller. */
interface Known {
  readonly caller: Caller & Required<Pick<Caller, 'knownUntil'>>;
  readonly until: number;
}

/** A token is looked up by its digest, so that neither memory nor the time of a comparison tells anything of it. */
const digestOf = (token: string): string => hash('sha256', token);

/** Opens the verifier of one issuer's tokens; see {@link TokenVerifier} for what it throws. */
export function openTokenVerifier(
  { issuer, audience, jwks, lastKnownForMs = dayMs, claims = plainClaims }: TokenRules,
  { clock = systemClock, log }: TokenVerifierParts,
): TokenVerifier & HealthSource {
  const keys = openIssuerKeys({ source: keySource(jwks), lastKnownForMs, clock, log });
  const known = new LRUCache<string, Known>({ max: remembered });

  async function verified(token: string, now: number): Promise<JWTPayload> {
    if (token.length > longestToken) throw new InvalidToken(`The token is longer than ${longestToken} characters.`);
    const options = { issuer, audience, algorithms, clockTolerance: clockToleranceSeconds };
    const about = { ...options, requiredClaims: ['exp', 'sub'], currentDate: new Date(now) };
    const { payload } = await jwtVerify(token, keys.find, about).catch((error: unknown) => {
      throw refusalOf(error);
    });
    return payload;
  }

  function knownAt(token: string, now: number): Caller | undefined {
    const before = known.get(digestOf(token));
    return before && now < before.until ? before.caller : undefined;
  }

  return {
    name: 'identity-provider',
    degraded: () => keys.degraded(),
    known: (token) => knownAt(token, clock.now()),
    lastKnown(token) {
      const { caller } = known.get(digestOf(token)) ?? {};
      return caller && clock.now() < caller.knownUntil ? caller : undefined;
    },
    async verify(token) {
      const now = clock.now();
      const before = knownAt(token, now);
      if (before) return before;
      const payload = await verified(token, now);
      const knownUntil = (payload.exp ?? 0) * 1_000;
      const caller = { ...callerOf(claims, issuer, payload), knownUntil };
      known.set(digestOf(token), { caller, until: Math.min(knownUntil, now + rememberedForMs) });
      return caller;
    },
  };
}
