/** Event ids are derived, not random: an append sent twice carries the same ids, another decision carries others. */
import { hash } from 'node:crypto';

const namespace = Buffer.from('f4f0a1f50f3a4d0e9b625c2f6f9d7f11', 'hex');

/**
 * UUIDv5 of the stream, the revision the event takes, its index within the append, and the command's id.
 * Source: RFC 9562, section 5.5; made here because Node hashes in one call, at a third of the library's time.
 */
export function eventIdOf(stream: string, revision: number, index: number, commandId: string): string {
  const name = Buffer.from(JSON.stringify([stream, revision, index, commandId]));
  const bytes = hash('sha1', Buffer.concat([namespace, name]), 'buffer');
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return uuidText(bytes.toString('hex', 0, 16));
}

/** The 16 bytes of a UUID; half as long in the index as its text. */
export function uuidBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

/** The text of a UUID from its 32 hexadecimal digits. */
export function uuidText(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
