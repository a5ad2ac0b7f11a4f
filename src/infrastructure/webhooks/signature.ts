/** Signatures as Standard Webhooks has them. Source: Standard Webhooks specification, "Signature scheme". */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';

const secretPrefix = 'whsec_';

export interface Signed {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly body: string;
}

/** Making a key takes longer than signing with it; it is kept as long as the secret is for whoever reads that. */
const keys = new LRUCache<string, KeyObject>({ max: 1_000, ttl: 300_000 });

function keyOf(secret: string): KeyObject {
  const known = keys.get(secret);
  if (known) return known;
  const key = createSecretKey(Buffer.from(secret.slice(secretPrefix.length), 'base64'));
  keys.set(secret, key);
  return key;
}

/** The signature by one secret: `v1,` and the HMAC-SHA256 over id, time and body, in base64. */
export function signatureBy(secret: string, { id, timestamp, body }: Signed): string {
  return `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** What a request carries; several secrets give several signatures, of which a receiver needs one. */
export const signedHeaders = (secrets: readonly string[], signed: Signed): Readonly<Record<string, string>> => ({
  'webhook-id': signed.id,
  'webhook-timestamp': String(signed.timestamp),
  'webhook-signature': secrets.map((secret) => signatureBy(secret, signed)).join(' '),
});
