/** Reading the members of a Query call, in which every scalar is text; what AWS would refuse is a ValidationError. */
import type { Call } from '../engine/core.js';
import type { Tag } from './documents.js';
import { invalidInput, validationError } from './errors.js';

/** A member's text, or `undefined` when it was not sent. */
export function optionalText({ input }: Call, member: string): string | undefined {
  const value = input[member];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw validationError(`${member}: a text is expected.`);
  return value;
}

/** A member's text; absent is a ValidationError. */
export function text(call: Call, member: string): string {
  const value = optionalText(call, member);
  if (value !== undefined && value !== '') return value;
  throw violation(member, value ?? 'null', 'Member must not be null');
}

/** `true` or `false`; absent is `false`, which is IAM's default for every flag. */
export function flag(call: Call, member: string): boolean {
  const value = optionalText(call, member);
  if (value !== undefined && value !== 'true' && value !== 'false') {
    throw violation(member, value, 'Member must be true or false');
  }
  return value === 'true';
}

/** A whole number within a range, or `undefined` when it was not sent. */
export function wholeNumber(call: Call, member: string, least: number, most: number): number | undefined {
  const value = optionalText(call, member);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number)) throw violation(member, value, 'Member must be a whole number');
  if (number < least) throw violation(member, value, `Member must have value greater than or equal to ${least}`);
  if (number > most) throw violation(member, value, `Member must have value less than or equal to ${most}`);
  return number;
}

/** Names that IAM accepts, by the member they come in, with the longest length. Source: IAM API, the members' patterns. */
const longest: Readonly<Record<string, number>> = {
  RoleName: 64,
  UserName: 64,
  GroupName: 128,
  PolicyName: 128,
  VirtualMFADeviceName: 226,
};

/** An entity's name. */
export function name(call: Call, member: string): string {
  const value = text(call, member);
  const most = longest[member] ?? 128;
  if (value.length > most) throw violation(member, value, `Member must have length less than or equal to ${most}`);
  if (/^[\w+=,.@-]+$/.test(value)) return value;
  throw validationError(
    `The specified value for ${member.charAt(0).toLowerCase()}${member.slice(1)} is invalid. ` +
      'It must contain only alphanumeric characters and/or the following: +=,.@_-',
  );
}

/** A path such as `/team/`, `/` when none was sent. */
export function path(call: Call): string {
  const value = optionalText(call, 'Path') ?? '/';
  if (/^\/([\x21-\x7E]+\/)*$/.test(value) && value.length <= 512) return value;
  throw validationError(
    `The specified value for path is invalid. It must begin and end with / and contain only ASCII.`,
  );
}

/** The tags that were sent; keys must differ, fifty at most. */
export function tags(call: Call): readonly Tag[] {
  const sent = entries(call, 'Tags').map(({ Key, Value }) => ({ Key: String(Key ?? ''), Value: String(Value ?? '') }));
  if (sent.length > 50) throw invalidInput('Tags: at most 50 tags are allowed.');
  if (sent.some(({ Key, Value }) => Key === '' || Key.length > 128 || Value.length > 256)) {
    throw validationError('Tags: a key has 1 to 128 characters, a value at most 256.');
  }
  if (new Set(sent.map(({ Key }) => Key.toLowerCase())).size < sent.length) {
    throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  return sent;
}

/** A list of structures; an empty list arrives as an empty text. */
function entries({ input }: Call, member: string): readonly Readonly<Record<string, unknown>>[] {
  const value = input[member];
  if (value === undefined || value === '') return [];
  if (!Array.isArray(value)) throw validationError(`${member}: a list is expected.`);
  return value.map((entry: unknown) => (typeof entry === 'object' && entry !== null ? { ...entry } : {}));
}

/** A list of texts; an empty list arrives as an empty text. */
export function texts({ input }: Call, member: string): readonly string[] {
  const value = input[member];
  return Array.isArray(value) ? value.map(String) : [];
}

function violation(member: string, value: string, constraint: string): Error {
  const field = member.charAt(0).toLowerCase() + member.slice(1);
  return validationError(
    `1 validation error detected: Value '${value}' at '${field}' failed to satisfy constraint: ${constraint}`,
  );
}
