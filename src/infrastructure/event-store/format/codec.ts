/** Events to bytes and back: every event is held to its shape before it is stored and again when it is read. */

import type { TObject } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { canonicalText } from '../../../domain/canonical-json.js';
import type { DomainEvent } from '../../../domain/events.js';
import { eventSchemas } from './schemas/all.js';
import { type StoredJson, storedText } from './stored-json.js';

/** The members of an event besides its type. */
export type EventData = Readonly<Record<string, unknown>>;

/** Turns the data of a past shape into the next one; pure, and kept for as long as the log is. */
export type Upcast = (data: EventData) => EventData;

export interface Codec {
  /** The canonical JSON of the event without its type. Throws {@link CodecError} or {@link NotCanonical}; then nothing may be stored. */
  encode(event: DomainEvent): string;
  /** The event in its present shape. Throws {@link CodecError} for an unknown type, what is not JSON, or a wrong shape. */
  decode(type: string, stored: StoredJson): DomainEvent;
}

/** An event that is not as its schema says; names type, place and problem, never the value. */
export class CodecError extends Error {}

/** A codec for these event types; `upcasts` are applied in order before the shape is checked. */
export function createCodec(
  schemas: Readonly<Record<string, TObject>>,
  upcasts: Readonly<Record<string, readonly Upcast[]>> = {},
): Codec {
  const types = new Map(
    Object.entries(schemas).map(([type, schema]) => [type, { shape: Compile(schema), past: upcasts[type] ?? [] }]),
  );

  function known(type: string) {
    const found = types.get(type);
    if (!found) throw new CodecError(`${type}: unknown event type; this version does not read or write it`);
    return found;
  }

  return {
    encode({ type, ...data }) {
      check(type, known(type).shape, data);
      return canonicalText(data);
    },
    decode(type, stored) {
      const { shape, past } = known(type);
      const data = past.reduce((older, upcast) => upcast(older), parse(type, stored));
      check(type, shape, data);
      return { type, ...data } as DomainEvent;
    },
  };
}

/** The codec of every event the domain knows. No event has had a past shape yet. */
export const domainCodec: Codec = createCodec(eventSchemas);

/** The JSON object that is stored. Throws {@link CodecError} for anything else. */
export function parse(what: string, stored: StoredJson): EventData {
  let value: unknown;
  try {
    value = JSON.parse(storedText(stored));
  } catch {
    throw new CodecError(`${what}: the stored bytes are not JSON in UTF-8`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new CodecError(`${what}: the stored bytes must be a JSON object`);
  return value as EventData;
}

/** Throws `<type> /path: what was wrong`, preferring the exact member over the object around it. */
function check(type: string, shape: Validator, data: unknown): void {
  if (shape.Check(data)) return;
  const errors = shape.Errors(data);
  const stranger = errors.find(({ keyword }) => keyword === 'boolean');
  if (stranger) throw new CodecError(`${type} ${stranger.instancePath}: is not a member of this event`);
  const [first] = errors;
  throw new CodecError(`${type} ${first?.instancePath || '(the whole)'}: ${first?.message ?? 'has a wrong shape'}`);
}
