/** What AssumeRole is asked for, checked by the rules of its parameters. */

import { violationText } from '../engine/constraints.js';
import { AwsError, type Call } from '../engine/core.js';
import type { Tag } from '../world/tags.js';
import { optionalText, structures, text, texts, validationError, wholeNumber } from './input.js';
import { sessionPolicies } from './session-policies.js';
import type { SessionPolicies } from './sessions.js';

export interface AssumeRoleRequest {
  readonly roleArn: string;
  readonly roleAccount: string;
  readonly roleName: string;
  readonly sessionName: string;
  readonly durationSeconds: number;
  readonly externalId: string | undefined;
  readonly sourceIdentity: string | undefined;
  readonly tags: readonly Tag[];
  readonly narrowed: SessionPolicies | undefined;
  readonly transitiveTagKeys: readonly string[];
}

/** Source: STS API, AssumeRole, the constraints of each parameter. */
const rules = {
  roleArn: { min: 20, max: 2048, pattern: /^[\t\n\r\u0020-\u007E\u0085\u00A0-\uD7FF]+$/ },
  sessionName: { min: 2, max: 64, pattern: /^[\w+=,.@-]*$/ },
  externalId: { min: 2, max: 1224, pattern: /^[\w+=,.@:/-]*$/ },
} as const;

/** Throws ValidationError 400 in AWS's words, naming the parameter and its constraint. */
export function assumeRoleRequest(call: Call): AssumeRoleRequest {
  const roleArn = text(call, 'RoleArn', rules.roleArn);
  const [, roleAccount, roleName] =
    /^arn:aws:iam::(\d{12}):role\/(?:[\w+=,.@/-]+\/)?([\w+=,.@-]{1,64})$/.exec(roleArn) ?? [];
  if (roleAccount === undefined || roleName === undefined) throw validationError(`${roleArn} is invalid`);
  const sourceIdentity = optionalText(call, 'SourceIdentity', rules.sessionName);
  if (sourceIdentity?.startsWith('aws:')) throw validationError('SourceIdentity cannot start with aws:');
  const tags = tagsOf(call);
  const transitiveTagKeys = texts(call, 'TransitiveTagKeys');
  const stray = transitiveTagKeys.find((key) => !tags.some((tag) => tag.Key === key));
  if (stray !== undefined) throw validationError(`The transitive tag key ${stray} is not among the session tags.`);
  return {
    roleArn,
    roleAccount,
    roleName,
    sessionName: text(call, 'RoleSessionName', rules.sessionName),
    durationSeconds: wholeNumber(call, 'DurationSeconds', 900, 43_200) ?? 3600,
    externalId: optionalText(call, 'ExternalId', rules.externalId),
    sourceIdentity,
    tags,
    narrowed: sessionPolicies(call),
    transitiveTagKeys,
  };
}

function tagsOf(call: Call): readonly Tag[] {
  const tags = structures(call, 'Tags').map((tag) => ({
    Key: text(tag, 'Key', { min: 1, max: 128 }),
    Value: text(tag, 'Value', { max: 256 }),
  }));
  if (tags.length > 50) {
    const constraint = 'Member must have length less than or equal to 50';
    throw validationError(violationText({ member: 'Tags', value: tags.length, kind: 'too-long', constraint }));
  }
  if (new Set(tags.map(({ Key }) => Key.toLowerCase())).size < tags.length) {
    throw new AwsError(
      'InvalidParameterValue',
      400,
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  }
  return tags;
}
