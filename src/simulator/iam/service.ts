/** The simulated IAM: one table of all its operations. */
import type { Service } from '../engine/core.js';
import { queryWire } from '../protocol/query-xml.js';
import { accessKeyOperations } from './access-keys.js';
import { accountOperations } from './account.js';
import { attachmentOperations } from './attachments.js';
import { boundaryOperations } from './boundaries.js';
import { groupOperations } from './groups.js';
import { inlinePolicyOperations } from './inline-policies.js';
import { inputs } from './inputs.js';
import { loginProfileOperations } from './login-profiles.js';
import { mfaOperations } from './mfa.js';
import { owners } from './owners.js';
import { passwordPolicyOperations } from './password-policy.js';
import { policyOperations } from './policies.js';
import { policyEntityOperations } from './policy-entities.js';
import { policyVersionOperations } from './policy-versions.js';
import { roleOperations } from './roles.js';
import { rootAccessOperations } from './root-access.js';
import { serviceLinkedRoleDeletions } from './service-linked-role-deletion.js';
import { serviceLinkedRoleOperations } from './service-linked-roles.js';
import { simulationOperations } from './simulation.js';
import { taggingOperations } from './tagging.js';
import { userOperations } from './users.js';

/** IAM is global: its documents carry no region. Source: IAM API, 2010-05-08. */
export const iam: Service = {
  name: 'iam',
  wire: queryWire({
    version: '2010-05-08',
    namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    emptyResults: ['UpdateRole'],
  }),
  inputs,
  operations: Object.assign(
    {},
    roleOperations,
    serviceLinkedRoleOperations,
    serviceLinkedRoleDeletions,
    userOperations,
    groupOperations,
    policyOperations,
    policyVersionOperations,
    policyEntityOperations,
    loginProfileOperations,
    passwordPolicyOperations,
    accountOperations,
    accessKeyOperations,
    mfaOperations,
    rootAccessOperations,
    simulationOperations,
    boundaryOperations('role', 'Role'),
    boundaryOperations('user', 'User'),
    taggingOperations('role', 'Role'),
    taggingOperations('user', 'User'),
    ...owners.flatMap((owner) => [attachmentOperations(owner), inlinePolicyOperations(owner)]),
  ),
};
