/** The simulated AWS Organizations: every operation it knows, in one table. */
import type { Service } from '../engine/core.js';
import { jsonWire } from '../protocol/json.js';
import { createAccount, describeCreateAccountStatus, listCreateAccountStatus } from './creation.js';
import { inputs } from './inputs.js';
import { closeAccount, describeAccount, listAccounts, removeAccountFromOrganization } from './members.js';
import { moveAccount } from './move-account.js';
import { describePolicy, listPolicies } from './policies.js';
import { attachPolicy, detachPolicy, listPoliciesForTarget, listTargetsForPolicy } from './policy-attachments.js';
import { createPolicy, deletePolicy, updatePolicy } from './policy-changes.js';
import { disablePolicyType, enablePolicyType } from './policy-types.js';
import { disableAwsServiceAccess, enableAwsServiceAccess, listAwsServiceAccess } from './service-access.js';
import { listTagsForResource, tagResource, untagResource } from './tags.js';
import {
  describeOrganization,
  describeOrganizationalUnit,
  listAccountsForParent,
  listChildren,
  listOrganizationalUnitsForParent,
  listParents,
  listRoots,
} from './tree.js';
import { createOrganizationalUnit } from './units.js';

/** Source: Organizations API 2016-11-28. Every operation but DescribeOrganization is the management account's alone. */
export const organizations: Service = {
  name: 'organizations',
  wire: jsonWire('AWSOrganizationsV20161128'),
  inputs,
  operations: {
    CreateAccount: createAccount,
    DescribeCreateAccountStatus: describeCreateAccountStatus,
    ListCreateAccountStatus: listCreateAccountStatus,
    ListAccounts: listAccounts,
    DescribeAccount: describeAccount,
    CloseAccount: closeAccount,
    RemoveAccountFromOrganization: removeAccountFromOrganization,
    MoveAccount: moveAccount,
    DescribeOrganization: describeOrganization,
    ListRoots: listRoots,
    ListOrganizationalUnitsForParent: listOrganizationalUnitsForParent,
    DescribeOrganizationalUnit: describeOrganizationalUnit,
    ListAccountsForParent: listAccountsForParent,
    ListChildren: listChildren,
    ListParents: listParents,
    TagResource: tagResource,
    UntagResource: untagResource,
    ListTagsForResource: listTagsForResource,
    CreateOrganizationalUnit: createOrganizationalUnit,
    CreatePolicy: createPolicy,
    UpdatePolicy: updatePolicy,
    DeletePolicy: deletePolicy,
    AttachPolicy: attachPolicy,
    DetachPolicy: detachPolicy,
    EnablePolicyType: enablePolicyType,
    DisablePolicyType: disablePolicyType,
    EnableAWSServiceAccess: enableAwsServiceAccess,
    DisableAWSServiceAccess: disableAwsServiceAccess,
    ListAWSServiceAccessForOrganization: listAwsServiceAccess,
    ListPolicies: listPolicies,
    ListPoliciesForTarget: listPoliciesForTarget,
    ListTargetsForPolicy: listTargetsForPolicy,
    DescribePolicy: describePolicy,
  },
};
