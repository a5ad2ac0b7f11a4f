/** What AssumeRole is asked for, checked by the rules of its parameters. */
import { AwsError, type Call } from '../engine/core.js';
import type { SessionTag } from './sessions.js';

export interface AssumeRoleRequest {
  readonly roleArn: string;
  readonly roleAccount: string;
  readonly roleName: string;
  readonly sessionName: string;
  readonly durationSeconds: number;
  readonly externalId: string | undefined;
  readonly sourceIdentity: string | undefined;
  readonly tags: readonly SessionTag[];
  readonly transitiveTagKeys: readonly string[];
}

interface TextRule {
  readonly min: number;
  readonly max: number;
  readonly pattern: string;
}

/** Source: STS API, AssumeRole, the constraints of each parameter. */
const rules: Readonly<Record<string, TextRule>> = {
  RoleArn: { min: 20, max: 2048, pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF]+' },
  RoleSessionName: { min: 2, max: 64, pattern: '[\\w+=,.@-]*' },
  ExternalId: { min: 2, max: 1224, pattern: '[\\w+=,.@:\\/-]*' },
  SourceIdentity: { min: 2, max: 64, pattern: '[\\w+=,.@-]*' },
};

/** Throws ValidationError 400 in AWS's words, naming the parameter and its constraint. */
export function assumeRoleRequest(call: Call): AssumeRoleRequest {
  const roleArn = required(call, 'RoleArn');
  const [, roleAccount, roleName] =
    /^arn:aws:iam::(\d{12}):role\/(?:[\w+=,.@/-]+\/)?([\w+=,.@-]{1,64})$/.exec(roleArn) ?? [];
  if (roleAccount === undefined || roleName === undefined) throw validationError(`${roleArn} is invalid`);
  const sourceIdentity = text(call, 'SourceIdentity');
  if (sourceIdentity?.startsWith('aws:')) throw validationError('SourceIdentity cannot start with aws:');
  const tags = tagsOf(call);
  const transitiveTagKeys = listOf(call, 'TransitiveTagKeys').map(String);
  const stray = transitiveTagKeys.find((key) => !tags.some((tag) => tag.Key === key));
  if (stray !== undefined) throw validationError(`The transitive tag key ${stray} is not among the session tags.`);
  return {
    roleArn,
    roleAccount,
    roleName,
    sessionName: required(call, 'RoleSessionName'),
    durationSeconds: duration(call),
    externalId: text(call, 'ExternalId'),
    sourceIdentity,
    tags,
    transitiveTagKeys,
  };
}

/** ValidationError as STS answers it. */
export const validationError = (message: string): AwsError => new AwsError('ValidationError', 400, message);

function unsatisfied(field: string, value: string | undefined, constraint: string): AwsError {
  const member = field.charAt(0).toLowerCase() + field.slice(1);
  const shown = value === undefined ? 'Value null' : `Value '${value}'`;
  return validationError(
    `1 validation error detected: ${shown} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

function required(call: Call, field: string): string {
  const value = text(call, field);
  if (value === undefined) throw unsatisfied(field, undefined, 'Member must not be null');
  return value;
}

function text({ input }: Call, field: string): string | undefined {
  const value = input[field];
  const rule = rules[field];
  if (value === undefined || !rule) return undefined;
  const written = String(value);
  const failed = (constraint: string) => unsatisfied(field, written, constraint);
  if (written.length < rule.min) throw failed(`Member must have length greater than or equal to ${rule.min}`);
  if (written.length > rule.max) throw failed(`Member must have length less than or equal to ${rule.max}`);
  if (!new RegExp(`^${rule.pattern}$`).test(written)) {
    throw failed(`Member must satisfy regular expression pattern: ${rule.pattern}`);
  }
  return written;
}

function duration({ input }: Call): number {
  const written = String(input.DurationSeconds ?? 3600);
  const failed = (constraint: string) => unsatisfied('DurationSeconds', written, constraint);
  if (!/^\d{1,9}$/.test(written)) throw failed('Member must be an integer');
  if (Number(written) < 900) throw failed('Member must have value greater than or equal to 900');
  if (Number(written) > 43_200) throw failed('Member must have value less than or equal to 43200');
  return Number(written);
}

/** An empty list comes over the Query wire as an empty text. */
function listOf({ input }: Call, field: string): readonly unknown[] {
  const value = input[field];
  return Array.isArray(value) ? value : [];
}

function tagsOf(call: Call): readonly SessionTag[] {
  const tags = listOf(call, 'Tags').map((tag) => {
    const { Key, Value } = tag as Partial<SessionTag>;
    const fits = Key !== undefined && Value !== undefined && Key.length <= 128 && Value.length <= 256 && Key !== '';
    if (!fits) throw unsatisfied('Tags', Key ?? '', 'Keys have 1 to 128 characters, values 0 to 256');
    return { Key, Value };
  });
  const keys = new Set(tags.map(({ Key }) => Key.toLowerCase()));
  if (tags.length > 50)
    throw unsatisfied('Tags', String(tags.length), 'Member must have length less than or equal to 50');
  if (keys.size < tags.length) {
    throw new AwsError(
      'InvalidParameterValue',
      400,
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  }
  return tags;
}
