/** The hash that chains each event to the one before it in its stream, so that no stored fact can be changed unnoticed. */
import { hash } from 'node:crypto';

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
  readonly data: Uint8Array;
  /** The metadata's canonical JSON as stored: actor, role, cause and time are as tamper-evident as the fact itself. */
  readonly metadata: Uint8Array;
}

/**
 * SHA-256 in hex over the seven parts in the order of {@link Hashed}, each as a netstring (`<bytes>:<part>,` with the
 * length in decimal), so that no two different events share one input. Revision is written in decimal, hashes in hex.
 */
export function hashOf(event: Hashed): string {
  const { stream, revision, eventId, type, previousHash, data, metadata } = event;
  const words = [stream, String(revision), eventId, type, previousHash].map(netstring).join('');
  const parts = [
    Buffer.from(`${words}${data.byteLength}:`),
    data,
    Buffer.from(`,${metadata.byteLength}:`),
    metadata,
    comma,
  ];
  return hash('sha256', Buffer.concat(parts));
}

const comma = Buffer.from(',');

const netstring = (text: string): string => `${Buffer.byteLength(text)}:${text},`;
