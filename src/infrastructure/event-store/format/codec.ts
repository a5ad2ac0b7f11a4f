/** Events to bytes and back: what is written is held to its shape strictly; what is read may come from a newer version. */

import type { TObject } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { canonicalText } from '../../../domain/canonical-json.js';
import type { DomainEvent, UnknownEvent } from '../../../domain/events.js';
import { eventSchemas } from './schemas/all.js';
import { type StoredJson, storedText } from './stored-json.js';
import { asRead, withKnownMembers } from './tolerance.js';

/** The members of an event besides its type. */
export type EventData = Readonly<Record<string, unknown>>;

/** Turns the data of a past shape into the next one; pure, and kept for as long as the log is. */
export type Upcast = (data: EventData) => EventData;

export interface Codec {
  /** The canonical JSON of the event without its type. Throws {@link CodecError} or {@link NotCanonical}; then nothing may be stored. */
  encode(event: DomainEvent): string;
  /**
   * The event in its present shape, without members that nobody described here; values of sets of words may be new. A type
   * that nobody described here is an `Unknown` event. Throws {@link CodecError} for what is not JSON, or a wrong shape.
   */
  decode(type: string, stored: StoredJson): Decoded;
}

export interface Decoded {
  readonly event: DomainEvent | UnknownEvent;
  /** Whether this version would write it so. */
  readonly familiar: boolean;
}

/** An event that is not as its schema says; names type, place and problem, never the value. */
export class CodecError extends Error {}

/** A codec for these event types; `upcasts` are applied in order before the shape is checked. */
export function createCodec(
  schemas: Readonly<Record<string, TObject>>,
  upcasts: Readonly<Record<string, readonly Upcast[]>> = {},
): Codec {
  const types = new Map(
    Object.entries(schemas).map(([type, schema]) => [type, { ...compiled(schema), past: upcasts[type] ?? [] }]),
  );
  return {
    encode({ type, ...data }) {
      const known = types.get(type);
      if (!known) throw new CodecError(`${type}: unknown event type; this version does not write it`);
      check(type, known.written, data);
      return canonicalText(data);
    },
    decode(type, stored) {
      const known = types.get(type);
      const data = parse(type, stored);
      if (!known) return { event: { type: 'Unknown', recordedType: type, data }, familiar: false };
      const present = known.past.reduce((older, upcast) => upcast(older), data);
      // Nearly everything is as this version writes it; anything else is looked at member by member.
      const familiar = known.written.Check(present);
      const members = familiar ? present : readable(type, known, present);
      return { event: { type, ...members } as DomainEvent, familiar };
    },
  };
}

interface Shapes {
  readonly written: Validator;
  /** What is read where it is not as it would be written here. */
  readonly read: () => { readonly shape: TObject; readonly validator: Validator };
}

function compiled(schema: TObject): Shapes {
  let read: ReturnType<Shapes['read']> | undefined;
  return {
    written: Compile(schema),
    read() {
      read ??= { shape: asRead(schema), validator: Compile(asRead(schema)) };
      return read;
    },
  };
}

function readable(type: string, { read }: Shapes, data: EventData): EventData {
  const { shape, validator } = read();
  const known = withKnownMembers(shape, data) as EventData;
  check(type, validator, known);
  return known;
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
