/** An event's metadata as bytes: who, why and when, without what the log keeps in columns of its own. */
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Cause } from '../../../application/ports/event-store.js';
import { canonicalText } from '../../../domain/canonical-json.js';
import { CodecError, parse } from './codec.js';
import { exactly, text } from './schemas/parts.js';
import type { StoredJson } from './stored-json.js';

const stored = exactly({
  actor: text,
  causationId: text,
  commandDigest: text,
  correlationId: text,
  onBehalfOf: Type.Optional(text),
  recordedAt: Type.String({ pattern: '^\\d{4,}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
  role: text,
});
const written = Compile(stored);
/** A newer version may say more of an event. */
const read = Compile(Type.Object(stored.properties));

/** The metadata that is stored as bytes; event id and hashes stand beside them. */
export type StoredMetadata = Static<typeof stored>;

/** The canonical JSON of an event's metadata; `recordedAt` in milliseconds since the epoch. Throws {@link CodecError}. */
export function encodeMetadata(cause: Cause, recordedAt: number): string {
  const { commandId: causationId, asked: _, ...said } = cause;
  const at = new Date(recordedAt).toISOString();
  return canonicalText(checked(written, { ...said, causationId, recordedAt: at }));
}

/** The metadata as stored. Throws {@link CodecError} when something of what {@link encodeMetadata} writes is missing or wrong. */
export function decodeMetadata(bytes: StoredJson): StoredMetadata {
  return checked(read, parse('metadata', bytes));
}

/** When an event was recorded, in milliseconds since the epoch; one with unreadable metadata has no say, and answers 0. */
export function recordedAt(metadata: StoredJson): number {
  try {
    return Date.parse(decodeMetadata(metadata).recordedAt);
  } catch {
    return 0;
  }
}

function checked(validator: typeof written | typeof read, metadata: unknown): StoredMetadata {
  if (validator.Check(metadata)) return metadata;
  const [first] = validator.Errors(metadata);
  throw new CodecError(`metadata ${first?.instancePath ?? ''}: ${first?.message ?? 'has a wrong shape'}`);
}
