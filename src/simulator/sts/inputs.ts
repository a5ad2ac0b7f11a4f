/** The members that each operation of STS reads; a member that is not here is refused by name. */
import type { OperationInputs } from '../engine/core.js';

/** Source: the input shapes of STS' model in the SDK. */
export const inputs: OperationInputs = {
  AssumeRole: [
    'RoleArn',
    'RoleSessionName',
    'DurationSeconds',
    'Policy',
    'PolicyArns.arn',
    'Tags.Key',
    'Tags.Value',
    'TransitiveTagKeys',
    'ExternalId',
    'SourceIdentity',
  ],
  AssumeRoot: ['TargetPrincipal', 'TaskPolicyArn.arn', 'DurationSeconds'],
  GetCallerIdentity: [],
  GetFederationToken: ['Name', 'Policy', 'PolicyArns', 'DurationSeconds', 'Tags.Key', 'Tags.Value'],
  GetSessionToken: ['DurationSeconds', 'SerialNumber', 'TokenCode'],
};
