/** The hash that chains each event to the one before it in its stream, so that no stored fact can be changed unnoticed. */
import { hash } from 'node:crypto';
import { type StoredJson, storedText } from './stored-json.js';

/** What stands before the first event of a stream. */
export const noHash = '0'.repeat(64);

/** Everything a hash covers. */
export interface Hashed {
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  /** Of the event before it in the same stream, in hex; {@link noHash} for the first. */
  readonly previousHash: string;
  /** The event's canonical JSON as stored. */
  readonly data: StoredJson;
  /** The metadata's canonical JSON as stored: actor, role, cause and time are as tamper-evident as the fact itself. */
  readonly metadata: StoredJson;
}

/**
 * SHA-256 in hex over the seven parts in the order of {@link Hashed}, each as a netstring (`<bytes>:<part>,` with the
 * length in decimal), so that no two different events share one input. Revision is written in decimal, hashes in hex.
 * Throws for bytes that are not UTF-8, which were never hashed.
 */
export function hashOf({ stream, revision, eventId, type, previousHash, data, metadata }: Hashed): string {
  const names = netstring(stream) + netstring(String(revision)) + netstring(eventId) + netstring(type);
  return hash(
    'sha256',
    names + netstring(previousHash) + netstring(storedText(data)) + netstring(storedText(metadata)),
  );
}

const netstring = (text: string): string => `${Buffer.byteLength(text)}:${text},`;
