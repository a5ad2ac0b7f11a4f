/** What answers are made of, as schemas that have nothing but what they say; the tests hold every answer to them. */
import Type, { type TProperties, type TSchema } from 'typebox';

/** An object with these members and no others. */
export const exactly = <P extends TProperties>(members: P) => Type.Object(members, { additionalProperties: false });

/** The same, with a name under which it stands among the components of the document. */
export const named = <P extends TProperties>($id: string, members: P) =>
  Type.Object(members, { additionalProperties: false, $id });

export const text = Type.String();
export const texts = Type.Array(text);
export const flag = Type.Boolean();
export const count = Type.Integer({ minimum: 0 });
export const maybe = Type.Optional;

/** One of these texts. */
export const oneOf = (...values: readonly string[]) => Type.Unsafe<string>({ type: 'string', enum: values });

/** The same, with a name of its own in the document. */
export const choice = ($id: string, values: readonly string[]) =>
  Type.Unsafe<string>({ type: 'string', enum: values, $id });

export const time = Type.String({ format: 'date-time', description: 'RFC 3339, in UTC.' });
export const uuid = Type.String({ format: 'uuid' });
export const hex = Type.String({ pattern: '^[0-9a-f]{64}$' });
export const position = Type.String({ description: 'Where a fact stands in the log; opaque.' });

/** An object whose members depend on something else. */
export const members = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description });

/** A page of a list. */
export const pageOf = (name: string, item: TSchema, more: TProperties = {}) =>
  named(name, {
    items: Type.Array(item),
    next: maybe(Type.String({ description: 'The `cursor` of the page after this one; missing on the last page.' })),
    ...more,
  });

/** The last signed head, as the answer to a command carries it. */
export const head = named('SignedHead', {
  id: text,
  origin: text,
  size: count,
  root: text,
  keyId: text,
  signature: text,
});

/** What every answer to a command says of the fact behind it. */
export const onRecord = { position: maybe(position), hash: maybe(hex), head: maybe(head) };

/** The call to AWS that failed, for the reseller's people alone. */
export const failedCall = named('FailedCall', {
  service: maybe(text),
  region: maybe(text),
  operation: text,
  requestId: text,
  error: text,
  body: text,
});

/** A reason by its code, and in words for a person. */
export const reason = named('Reason', { reason: text, words: text });
