/** Our events as the server keeps them, and back: exact bytes as data, flat metadata with the parts of the chain beside them. */
import { binaryEvent, type RecordedEvent as ServerEvent } from '@eventstore/db-client';
import type { RecordedEvent } from '../../../application/ports/event-store.js';
import { canonicalText } from '../../../domain/canonical-json.js';
import { uuidText } from '../format/event-id.js';
import type { ChainedEvent } from '../format/new-append.js';
import type { StoredFact } from '../format/recorded.js';
import { type StoredJson, storedText } from '../format/stored-json.js';
import type { SentEvent } from './subscription-messages.js';

/** Names of streams on the server. What is not part of the log has other names than its streams, so that no reader meets it. */
export const streamNames = (prefix: string) => ({
  ofLog: `${prefix}-`,
  of: (stream: string): string => `${prefix}-${stream}`,
  logId: `${prefix}.log-id`,
  lease: `${prefix}.lease`,
  heads: `${prefix}.heads`,
  move: `${prefix}.move`,
  /** How far deliveries have come on a day (ISO). */
  cursor: (day: string): string => `${prefix}.cursor-webhooks-${day}`,
});

export type StreamNames = ReturnType<typeof streamNames>;

/** An event with its place; one that this program did not write so is told as poison. */
export type Found =
  | {
      readonly commit: bigint;
      readonly stored: StoredFact;
      /** As this process recorded it a moment ago, where every byte that came is as it was sent. */
      readonly own?: RecordedEvent;
    }
  | { readonly commit: bigint; readonly stream: string; readonly revision: number; readonly poison: string };

/**
 * The server takes other data under a known id for a repeat and stores nothing. An id that is made of the hash stands for these
 * bytes alone, so that its "stored" is true. Source: RFC 9562, section 5.8.
 */
function wireIdOf(hash: string): string {
  const bytes = Buffer.from(hash.slice(0, 32), 'hex');
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return uuidText(bytes.toString('hex'));
}

/**
 * JSON events would be written anew by the client, and lose the order of their members. What the hash covers comes first in the
 * metadata, as it is; the server's own tools go by the names with a dollar sign.
 */
export function wireEvent({ eventId, type, data, metadata, previousHash, hash }: ChainedEvent) {
  const covered = JSON.parse(String(metadata)) as Readonly<Record<string, string>>;
  const { correlationId = '', causationId = '' } = covered;
  const ids = { $correlationId: correlationId, $causationId: causationId };
  const beside = JSON.stringify({ eventId, previousHash, hash, ...ids });
  return binaryEvent({
    id: wireIdOf(hash),
    type,
    data: Buffer.from(String(data)),
    metadata: utf8.encode(`${String(metadata).slice(0, -1)},${beside.slice(1)}`),
  });
}

/** The client takes plain arrays of bytes for metadata as they are, and no Buffer. */
const utf8 = new TextEncoder();

export type WireEvent = ReturnType<typeof wireEvent>;

/** What the server counts of an append, with some room for what it adds. */
export const bytesOf = (event: WireEvent): number =>
  event.data.length + (event.metadata?.length ?? 0) + Buffer.byteLength(event.type) + bytesBeside;

const bytesBeside = 64;

/** An event as it was read. */
export function foundIn(names: StreamNames, event: ServerEvent): Found {
  const { streamId, revision: atServer, type, data, metadata, position } = event;
  const [stream, revision] = [streamId.slice(names.ofLog.length), Number(atServer)];
  const commit = position?.commit ?? 0n;
  const parts = partsIn(metadata);
  if (!parts || !(data instanceof Uint8Array)) return { commit, stream, revision, poison: foreign };
  return { commit, stored: { stream, revision, type, data: textOrBytes(data), ...parts } };
}

const foreign = 'it was not written by this program';

/** The same of one that a subscription brought. */
export function foundInSent(
  names: StreamNames,
  { commit, streamId, revision, type, isJson, data, metadata }: SentEvent,
): Found {
  const stream = streamId.slice(names.ofLog.length);
  const parts = partsAsWritten(metadata) ?? partsIn(parsed(metadata));
  if (!parts || isJson) return { commit, stream, revision, poison: foreign };
  return { commit, stored: { stream, revision, type, data: textOrBytes(data), ...parts } };
}

type Parts = Pick<StoredFact, 'eventId' | 'previousHash' | 'hash' | 'metadata'>;

/** What {@link wireEvent} puts behind the metadata that the hash covers, where nothing in it had to be escaped. */
const besideCovered =
  /,"eventId":"([^"\\]*)","previousHash":"([^"\\]*)","hash":"([^"\\]*)","\$correlationId":"[^"\\]*","\$causationId":"[^"\\]*"\}$/;

/** Nearly all metadata is just as it was written, and need not be taken apart and written again to be hashed. */
function partsAsWritten(metadata: Buffer): Parts | undefined {
  const text = metadata.toString();
  const beside = besideCovered.exec(text);
  if (!beside) return undefined;
  const [, eventId = '', previousHash = '', hash = ''] = beside;
  return { eventId, previousHash, hash, metadata: `${text.slice(0, beside.index)}}` };
}

function partsIn(metadata: unknown): Parts | undefined {
  const members = isMembers(metadata) ? metadata : {};
  const { eventId, previousHash, hash, $correlationId: _, $causationId: __, ...covered } = members;
  const strings = typeof eventId === 'string' && typeof previousHash === 'string' && typeof hash === 'string';
  const metadataText = canonicalOrNone(covered);
  return strings && metadataText !== undefined ? { eventId, previousHash, hash, metadata: metadataText } : undefined;
}

/** Others may have written what has no canonical text, such as a fraction. */
function canonicalOrNone(members: object): string | undefined {
  try {
    return canonicalText(members);
  } catch {
    return undefined;
  }
}

function parsed(metadata: Buffer): unknown {
  try {
    return JSON.parse(metadata.toString());
  } catch {
    return undefined;
  }
}

const isMembers = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

/** Read as text once; what is no text is poison for whoever checks it. */
function textOrBytes(data: Uint8Array): StoredJson {
  try {
    return storedText(data);
  } catch {
    return data;
  }
}
