/** The simulated AWS Organizations: every operation it knows, in one table. */
import type { Service } from '../engine/core.js';
import { jsonWire } from '../protocol/json.js';
import { createAccount, describeCreateAccountStatus, listCreateAccountStatus } from './creation.js';
import { inputs } from './inputs.js';
import { closeAccount, describeAccount, listAccounts, removeAccountFromOrganization } from './members.js';
import { moveAccount } from './move-account.js';
import { attachPolicy, describePolicy, listPolicies, listPoliciesForTarget, listTargetsForPolicy } from './policies.js';
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
    AttachPolicy: attachPolicy,
    ListPolicies: listPolicies,
    ListPoliciesForTarget: listPoliciesForTarget,
    ListTargetsForPolicy: listTargetsForPolicy,
    DescribePolicy: describePolicy,
  },
};
