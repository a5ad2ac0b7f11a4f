/** Signatures as Standard Webhooks has them. Source: Standard Webhooks specification, "Signature scheme". */
import { createHmac } from 'node:crypto';

const secretPrefix = 'whsec_';

export interface Signed {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly body: string;
}

/** The signature by one secret: `v1,` and the HMAC-SHA256 over id, time and body, in base64. */
export function signatureBy(secret: string, { id, timestamp, body }: Signed): string {
  const key = Buffer.from(secret.slice(secretPrefix.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** What a request carries; several secrets give several signatures, of which a receiver needs one. */
export const signedHeaders = (secrets: readonly string[], signed: Signed): Readonly<Record<string, string>> => ({
  'webhook-id': signed.id,
  'webhook-timestamp': String(signed.timestamp),
  'webhook-signature': secrets.map((secret) => signatureBy(secret, signed)).join(' '),
});
