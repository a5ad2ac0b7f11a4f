/** Event ids are derived, not random: an append sent twice carries the same ids, another decision carries others. */
import { v5 } from 'uuid';

const namespace = 'f4f0a1f5-0f3a-4d0e-9b62-5c2f6f9d7f11';

/** UUIDv5 of the stream, the revision the event takes, its index within the append, and the command's id. */
export function eventIdOf(stream: string, revision: number, index: number, commandId: string): string {
  return v5(JSON.stringify([stream, revision, index, commandId]), namespace);
}

/** The 16 bytes of a UUID; half as long in the index as its text. */
export function uuidBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

/** The text of a UUID from its 32 hexadecimal digits. */
export function uuidText(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
