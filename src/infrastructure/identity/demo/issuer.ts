/** A small identity provider for demo and tests: it signs tokens as a real one would, names and e-mails included. */
import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { type Clock, systemClock } from '../../../application/ports/clock.js';
import { algorithm, openDemoKey } from './key.js';
import {
  claimsOf,
  type DemoPerson,
  type DirectoryEntry,
  demoAudience,
  demoIssuerUrl,
  demoPeople,
  jwksFile,
  type ServiceTold,
} from './people.js';

export interface DemoIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** The file with the public keys. */
  readonly jwks: string;
  /**
   * A signed token of this person, good for the lifetime in seconds (eight hours unless told; negative: expired). `service`
   * says for whom a service works, where that is not what the directory says.
   */
  issue(person: DemoPerson, options?: { readonly lifetime?: number; readonly service?: ServiceTold }): Promise<string>;
}

const eightHours = 8 * 3600;

/** Opens the issuer of a keys folder, with the key that is kept there. */
export async function openDemoIssuer(keysFolder: string, clock: Clock = systemClock): Promise<DemoIssuer> {
  const key = await openDemoKey(keysFolder);
  const signingKey = await importJWK(key, algorithm);
  return {
    issuer: demoIssuerUrl,
    audience: demoAudience,
    jwks: jwksFile(keysFolder),
    issue(person, { lifetime = eightHours, service = {} } = {}) {
      const now = Math.floor(clock.now() / 1000);
      const entry: DirectoryEntry = demoPeople[person];
      return new SignJWT(claimsOf({ ...entry, ...service }))
        .setProtectedHeader({ alg: algorithm, typ: 'JWT', ...(key.kid && { kid: key.kid }) })
        .setIssuer(demoIssuerUrl)
        .setAudience(demoAudience)
        .setSubject(entry.subject)
        .setJti(randomUUID())
        .setIssuedAt(Math.min(now, now + lifetime))
        .setExpirationTime(now + lifetime)
        .sign(signingKey);
    },
  };
}
