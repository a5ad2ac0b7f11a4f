/** A small identity provider for demo and tests: it signs tokens as a real one would, names and e-mails included. */
import { randomUUID } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { type Clock, systemClock } from '../../application/ports/clock.js';
import { ownFile, ownFolder } from '../own-file.js';
import {
  type DemoPerson,
  type DirectoryEntry,
  demoAudience,
  demoIssuerUrl,
  demoPeople,
  jwksFile,
} from './demo-people.js';

export interface DemoIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** The file with the public keys. */
  readonly jwks: string;
  /** A signed token of this person, good for the lifetime in seconds (eight hours unless told; negative: expired). */
  issue(person: DemoPerson, options?: { readonly lifetime?: number }): Promise<string>;
}

const algorithm = 'EdDSA';
const eightHours = 8 * 3600;

/**
 * Opens the issuer of a keys folder. Its private key is made there at the first opening (0600) and kept; the public one
 * is written beside it each time, so that both always match.
 */
export async function openDemoIssuer(keysFolder: string, clock: Clock = systemClock): Promise<DemoIssuer> {
  ownFolder(keysFolder);
  const fresh = await newKey();
  const key: JWK = JSON.parse(ownFile(join(keysFolder, 'demo-issuer.json'), () => `${JSON.stringify(fresh)}\n`));
  const jwks = jwksFile(keysFolder);
  publish(jwks, key);
  const signingKey = await importJWK(key, algorithm);
  return {
    issuer: demoIssuerUrl,
    audience: demoAudience,
    jwks,
    issue(person, { lifetime = eightHours } = {}) {
      const now = Math.floor(clock.now() / 1000);
      const { subject, roles, organization, name, email }: DirectoryEntry = demoPeople[person];
      return new SignJWT({ roles, ...(organization && { organization }), name, email })
        .setProtectedHeader({ alg: algorithm, typ: 'JWT', ...(key.kid && { kid: key.kid }) })
        .setIssuer(demoIssuerUrl)
        .setAudience(demoAudience)
        .setSubject(subject)
        .setJti(randomUUID())
        .setIssuedAt(Math.min(now, now + lifetime))
        .setExpirationTime(now + lifetime)
        .sign(signingKey);
    },
  };
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { crv: 'Ed25519', extractable: true });
  const key = await exportJWK(privateKey);
  return { ...key, kid: await calculateJwkThumbprint(key) };
}

/** Replaced by renaming, so that a reader never sees half a file. */
function publish(file: string, { kty, crv, x, kid }: JWK): void {
  const draft = `${file}.${randomUUID()}.new`;
  writeFileSync(draft, `${JSON.stringify({ keys: [{ kty, crv, x, kid, alg: algorithm, use: 'sig' }] }, null, 2)}\n`);
  renameSync(draft, file);
}
