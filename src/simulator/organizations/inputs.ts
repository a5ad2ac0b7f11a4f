/** The members that each operation of Organizations reads; a member that is not here is refused by name. */
import type { OperationInputs } from '../engine/core.js';

/** Source: the input shapes of Organizations' model in the SDK. */
export const inputs: OperationInputs = {
  AttachPolicy: ['PolicyId', 'TargetId'],
  CloseAccount: ['AccountId'],
  CreateAccount: ['Email', 'AccountName', 'RoleName', 'IamUserAccessToBilling', 'Tags.Key', 'Tags.Value'],
  DescribeAccount: ['AccountId'],
  DescribeCreateAccountStatus: ['CreateAccountRequestId'],
  DescribeOrganization: [],
  DescribeOrganizationalUnit: ['OrganizationalUnitId'],
  DescribePolicy: ['PolicyId'],
  ListAccounts: ['NextToken', 'MaxResults'],
  ListAccountsForParent: ['ParentId', 'NextToken', 'MaxResults'],
  ListChildren: ['ParentId', 'ChildType', 'NextToken', 'MaxResults'],
  ListCreateAccountStatus: ['States', 'NextToken', 'MaxResults'],
  ListOrganizationalUnitsForParent: ['ParentId', 'NextToken', 'MaxResults'],
  ListParents: ['ChildId', 'NextToken', 'MaxResults'],
  ListPolicies: ['Filter', 'NextToken', 'MaxResults'],
  ListPoliciesForTarget: ['TargetId', 'Filter', 'NextToken', 'MaxResults'],
  ListRoots: ['NextToken', 'MaxResults'],
  ListTagsForResource: ['ResourceId', 'NextToken'],
  ListTargetsForPolicy: ['PolicyId', 'NextToken', 'MaxResults'],
  MoveAccount: ['AccountId', 'SourceParentId', 'DestinationParentId'],
  RemoveAccountFromOrganization: ['AccountId'],
  TagResource: ['ResourceId', 'Tags.Key', 'Tags.Value'],
  UntagResource: ['ResourceId', 'TagKeys'],
};
