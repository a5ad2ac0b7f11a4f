/** Sealing with AES-256-GCM: a sealed value opens only with its key and under the very label it was sealed for. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A fresh nonce of 96 bits and the ciphertext with its tag of 128 bits behind. */
export interface Sealed {
  readonly nonce: Uint8Array;
  readonly sealed: Uint8Array;
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** Seals text for a label, which is no secret but is bound to it. Nonces are random: keep below 2^32 seals a key. */
export function seal(key: Uint8Array, label: string, text: string): Sealed {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(label));
  return { nonce, sealed: Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]) };
}

/** The text again; `undefined` when the key or label is another one, or the bytes were changed. */
export function unseal(key: Uint8Array, label: string, { nonce, sealed }: Sealed): string | undefined {
  const end = sealed.length - tagBytes;
  if (end < 0 || nonce.length !== nonceBytes) return undefined;
  const cipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
    .setAAD(Buffer.from(label))
    .setAuthTag(sealed.subarray(end));
  try {
    return Buffer.concat([cipher.update(sealed.subarray(0, end)), cipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
