/** The key that the demo issuer signs with, and where its public half is published. */
import { randomUUID } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { ownFile, ownFolder } from '../../own-file.js';
import { jwksFile } from './people.js';

export const algorithm = 'EdDSA';

/**
 * Answers with the private key of a keys folder. It is made there at the first opening (0600) and kept; the public one is
 * written beside it each time, so that both always match.
 */
export async function openDemoKey(keysFolder: string): Promise<JWK> {
  ownFolder(keysFolder);
  const fresh = await newKey();
  const key: JWK = JSON.parse(ownFile(join(keysFolder, 'demo-issuer.json'), () => `${JSON.stringify(fresh)}\n`));
  publish(jwksFile(keysFolder), key);
  return key;
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
