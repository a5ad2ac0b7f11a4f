/** Reading the members of an AWS Config call, whose structures have names in camel case. */
import type { Call } from '../engine/core.js';
import { refusal } from './errors.js';

export type Members = Readonly<Record<string, unknown>>;

/** A structure. @throws ValidationException */
export function structure(members: Members, name: string): Members {
  const value = members[name];
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw refusal('Validation', `${name}: a structure is expected.`);
}

/** A text, or `undefined` when it was not sent. @throws ValidationException */
export function optionalText(members: Members, name: string): string | undefined {
  const value = members[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw refusal('Validation', `${name}: a text is expected.`);
}

/** A text. @throws ValidationException */
export function text(members: Members, name: string): string {
  const value = optionalText(members, name);
  if (value) return value;
  throw refusal('Validation', `${name}: it must not be empty.`);
}

/** Names that were asked for, or `undefined` when all are wanted. */
export function names({ input }: Call, member: string): readonly string[] | undefined {
  const value = input[member];
  return Array.isArray(value) && value.length > 0 ? value.map(String) : undefined;
}
