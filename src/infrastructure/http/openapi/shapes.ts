/** What answers are made of, as schemas that have nothing but what they say; the tests hold every answer to them. */
import Type, { type TProperties, type TSchema } from 'typebox';

/** An object with these members and no others. */
export const exactly = <P extends TProperties>(members: P) => Type.Object(members, { additionalProperties: false });

export const text = Type.String();
export const texts = Type.Array(text);
export const flag = Type.Boolean();
export const count = Type.Integer({ minimum: 0 });
export const maybe = Type.Optional;

/** One of these texts. */
export const oneOf = (...values: readonly string[]) => Type.Unsafe<string>({ type: 'string', enum: values });

export const time = Type.String({ format: 'date-time', description: 'RFC 3339, in UTC.' });
export const uuid = Type.String({ format: 'uuid' });
export const hex = Type.String({ pattern: '^[0-9a-f]{64}$' });
export const position = Type.String({ description: 'Where a fact stands in the log; opaque.' });

/** A page of a list. */
export const pageOf = (item: TSchema, more: TProperties = {}) =>
  exactly({
    items: Type.Array(item),
    next: maybe(Type.String({ description: 'The `cursor` of the page after this one; missing on the last page.' })),
    ...more,
  });

/** The last signed head, as the answer to a command carries it. */
export const head = exactly({ id: text, origin: text, size: count, root: text, keyId: text, signature: text });

/** What every answer to a command says of the fact behind it. */
export const onRecord = { position: maybe(position), hash: maybe(hex), head: maybe(head) };

/** The call to AWS that failed, for the reseller's people alone. */
export const failedCall = exactly({
  service: maybe(text),
  region: maybe(text),
  operation: text,
  requestId: text,
  error: text,
  body: text,
});

/** A reason by its code, and in words for a person. */
export const reason = exactly({ reason: text, words: text });
