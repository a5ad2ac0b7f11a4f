/** What a reader bears of what a newer version wrote: members that it does not know, and values that it does not know in sets of words. */
import Type, { type TObject, type TSchema } from 'typebox';

/** The shape as it is read: any word where a set of words is written, since a set may have grown, or lost what was taken out. */
export function asRead(shape: TObject): TObject {
  const members = Object.entries(shape.properties).map(([name, member]) => [name, memberAsRead(member)] as const);
  return Type.Object(Object.fromEntries(members), { additionalProperties: false });
}

function memberAsRead(member: TSchema): TSchema {
  const read = withoutOptional(member);
  return Type.IsOptional(member) ? Type.Optional(read) : read;
}

function withoutOptional(member: TSchema): TSchema {
  if (Type.IsObject(member)) return asRead(member);
  if (Type.IsArray(member)) return Type.Array(memberAsRead(member.items));
  return isWord(member) ? Type.String() : member;
}

const isWord = (member: TSchema): boolean =>
  (Type.IsEnum(member) && member.enum.every((value) => typeof value === 'string')) ||
  (Type.IsLiteral(member) && typeof member.const === 'string');

/** The value with the members that the shape names, however deep; what else is wrong with it is left to the check. */
export function withKnownMembers(shape: TSchema, value: unknown): unknown {
  if (Type.IsArray(shape) && Array.isArray(value)) return value.map((item) => withKnownMembers(shape.items, item));
  if (!Type.IsObject(shape) || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const named = Object.entries(value).filter(([name]) => Object.hasOwn(shape.properties, name));
  return Object.fromEntries(
    named.map(([name, member]) => [name, withKnownMembers(shape.properties[name] as TSchema, member)]),
  );
}
