/** The policies that the simulated payers begin with. */
import type { Documents } from '../engine/core.js';
import type { OrganizationDocument } from '../world/organization.js';
import { fullAccessIds, type PolicyDocument, policyKind, putAttached } from '../world/organization-policies.js';
import { untagged } from '../world/tags.js';
import type { FirstPolicy } from '../world/world.js';
import { fullAccessPolicy } from './full-access.js';

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

/** FullAWSAccess, which is attached everywhere, and the guardrails on the customers' unit. */
export function putPolicies(
  documents: Documents,
  { id, management }: OrganizationDocument,
  customersUnit: string,
  more: readonly FirstPolicy[],
): void {
  const type = 'SERVICE_CONTROL_POLICY';
  const own = [{ name: 'PartnerCloudGuardrails', content: JSON.stringify(guardrails) }, ...more].map(
    ({ name, content }, index): PolicyDocument => ({
      ...untagged,
      id: `p-guardrails${index + 1}`,
      arn: `arn:aws:organizations::${management}:policy/${id}/service_control_policy/p-guardrails${index + 1}`,
      name,
      description: 'What holds for every customer account',
      type,
      awsManaged: false,
      content,
    }),
  );
  for (const policy of [fullAccessPolicy(type), ...own]) documents.put(policyKind, management, policy.id, policy);
  putAttached(documents, management, type, customersUnit, [fullAccessIds[type], ...own.map((policy) => policy.id)]);
}
