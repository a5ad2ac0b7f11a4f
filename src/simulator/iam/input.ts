/** Reading the members of a Query call, in which every scalar is text. */

import { violationText } from '../engine/constraints.js';
import type { Call } from '../engine/core.js';
import { inputReader } from '../engine/input.js';
import type { Tag } from '../world/tags.js';
import { invalidInput, validationError } from './errors.js';

const read = inputReader((breach) => validationError(violationText(breach)));

/** @throws ValidationError */
export const { optionalText, optionalWord, text, texts, wholeNumber } = read;

/** `true` or `false`; absent is `false`, which is IAM's default for every flag. */
export const flag = (call: Call, member: string): boolean => read.optionalFlag(call, member) ?? false;

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
  const value = text(call, member, { min: 1, max: longest[member] ?? 128 });
  if (/^[\w+=,.@-]+$/.test(value)) return value;
  throw validationError(
    `The specified value for ${member.charAt(0).toLowerCase()}${member.slice(1)} is invalid. ` +
      'It must contain only alphanumeric characters and/or the following: +=,.@_-',
  );
}

/** The ARN of a managed policy. @throws ValidationError, also for what is no such ARN. Source: IAM API, arnType. */
export function policyArn(call: Call): string {
  const arn = text(call, 'PolicyArn', { min: 20, max: 2048 });
  if (/^arn:aws:iam::(aws|\d{12}):policy\/[\w+=,.@/-]+$/.test(arn)) return arn;
  throw validationError(`ARN ${arn} is not valid.`);
}

/** A path such as `/team/`; where none was sent, `/` or what is to stay. */
export function path(call: Call, member = 'Path', otherwise = '/'): string {
  const value = optionalText(call, member) ?? otherwise;
  if (/^\/([\x21-\x7E]+\/)*$/.test(value) && value.length <= 512) return value;
  throw validationError(
    `The specified value for path is invalid. It must begin and end with / and contain only ASCII.`,
  );
}

/** The condition keys of a simulation and their values. Source: IAM API, ContextEntry. */
export const simulatedFacts = (call: Call): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    read
      .structures(call, 'ContextEntries')
      .map((entry) => [text(entry, 'ContextKeyName'), texts(entry, 'ContextKeyValues')]),
  );

/** The tags that were sent; keys must differ, fifty at most. */
export function tags(call: Call): readonly Tag[] {
  const sent = read.structures(call, 'Tags').map((tag) => ({
    Key: text(tag, 'Key'),
    Value: optionalText(tag, 'Value') ?? '',
  }));
  if (sent.length > 50) throw invalidInput('Tags: at most 50 tags are allowed.');
  if (sent.some(({ Key, Value }) => Key === '' || Key.length > 128 || Value.length > 256)) {
    throw validationError('Tags: a key has 1 to 128 characters, a value at most 256.');
  }
  if (new Set(sent.map(({ Key }) => Key.toLowerCase())).size < sent.length) {
    throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  return sent;
}
