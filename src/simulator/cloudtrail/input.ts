/** Reading the members of a CloudTrail call. */
import { AwsError, type Call } from '../engine/core.js';

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', 400, message);

/** A member's text, or `undefined` when it was not sent. @throws InvalidParameterException */
export function optionalText({ input }: Call, member: string): string | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw invalid(`${member}: a text is expected.`);
}

/** A member's text. @throws InvalidParameterException */
export function text(call: Call, member: string): string {
  const value = optionalText(call, member);
  if (value) return value;
  throw invalid(`${member}: it must not be empty.`);
}

/** A switch, or `undefined` when it was not sent. @throws InvalidParameterException */
export function optionalFlag({ input }: Call, member: string): boolean | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value;
  throw invalid(`${member}: true or false is expected.`);
}

/** A list, empty when it was not sent. @throws InvalidParameterException */
export function list({ input }: Call, member: string): readonly unknown[] {
  const value = input[member] ?? [];
  if (Array.isArray(value)) return value;
  throw invalid(`${member}: a list is expected.`);
}
