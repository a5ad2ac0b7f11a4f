/** The service control policies that the simulated payers begin with. */
import type { Documents } from '../engine/core.js';
import { untagged } from '../world/tags.js';
import { kinds, type OrganizationDocument, type PolicyDocument } from './documents.js';

const fullAccess = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** Holds a customer in the organization; the automation's way in is exempt, or it would lock itself out. */
const guardrails = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'StayInTheOrganization',
      Effect: 'Deny',
      Action: ['organizations:LeaveOrganization', 'organizations:AcceptHandshake', 'account:CloseAccount'],
      Resource: '*',
      Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/OrganizationAccountAccessRole' } },
    },
  ],
};

/** FullAWSAccess on the root and every unit, as AWS attaches it, and the guardrails on the customers' unit. */
export function putPolicies(
  documents: Documents,
  { id, management, rootId }: OrganizationDocument,
  customersUnit: string,
  leavingUnit: string,
): void {
  const policies: readonly PolicyDocument[] = [
    {
      ...untagged,
      id: 'p-FullAWSAccess',
      arn: 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess',
      name: 'FullAWSAccess',
      description: 'Allows access to every operation',
      awsManaged: true,
      content: JSON.stringify(fullAccess),
      targets: [rootId, customersUnit, leavingUnit, management],
    },
    {
      ...untagged,
      id: 'p-guardrails1',
      arn: `arn:aws:organizations::${management}:policy/${id}/service_control_policy/p-guardrails1`,
      name: 'PartnerCloudGuardrails',
      description: 'What holds for every customer account',
      awsManaged: false,
      content: JSON.stringify(guardrails),
      targets: [customersUnit],
    },
  ];
  for (const policy of policies) documents.put(kinds.policy, management, policy.id, policy);
}
