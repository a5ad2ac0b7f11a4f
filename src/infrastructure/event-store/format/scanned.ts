/** A stored event as a verification takes it, whatever is wrong with it. */
import type { ScannedEvent } from '../../../application/audit/verify-pass.js';
import { domainCodec } from './codec.js';
import { hashOf } from './hash.js';
import { recordedOrPoison, type StoredFact, trusted } from './recorded.js';

/** `place` is the number in its position. Nothing is refused, since verifying is the reader's affair. */
export const scannedEvent = (logId: string, place: number, stored: StoredFact): ScannedEvent => ({
  place,
  stream: stored.stream,
  revision: stored.revision,
  previousHash: stored.previousHash,
  hash: stored.hash,
  hashNow: hashNow(stored),
  entry: recordedOrPoison(domainCodec, { position: `${logId}:${place}`, stored }, trusted),
});

/** `undefined` for bytes that are not UTF-8, which were never hashed. */
function hashNow(stored: StoredFact): string | undefined {
  try {
    return hashOf(stored);
  } catch {
    return undefined;
  }
}
