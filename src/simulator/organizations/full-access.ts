/** The policies of AWS's own that allow everything, one for each type that limits access. */
import type { PolicyType } from '../world/organization.js';
import { fullAccessIds, type PolicyDocument } from '../world/organization-policies.js';
import { untagged } from '../world/tags.js';

const contents: Readonly<Record<PolicyType, readonly [name: string, statement: Readonly<Record<string, string>>]>> = {
  SERVICE_CONTROL_POLICY: ['FullAWSAccess', { Effect: 'Allow', Action: '*', Resource: '*' }],
  RESOURCE_CONTROL_POLICY: ['RCPFullAWSAccess', { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

/** Source: Organizations User Guide, FullAWSAccess and RCPFullAWSAccess. */
export function fullAccessPolicy(type: PolicyType): PolicyDocument {
  const [name, statement] = contents[type];
  const id = fullAccessIds[type];
  return {
    ...untagged,
    id,
    arn: `arn:aws:organizations::aws:policy/${type.toLowerCase()}/${id}`,
    name,
    description: 'Allows access to every operation',
    type,
    awsManaged: true,
    content: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  };
}
