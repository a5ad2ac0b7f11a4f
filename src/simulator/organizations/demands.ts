/** What calls of Organizations ask permission for. Source: Service Authorization Reference, AWS Organizations. */
import type { Call } from '../engine/core.js';
import { type Demand, type Demands, each, member } from '../policies/demand.js';
import { accountOf } from '../world/accounts.js';
import { managedBy } from '../world/organization.js';
import { organizationPolicy } from '../world/organization-policies.js';

/** By the members that name what is acted on. */
const resources: Readonly<Record<string, readonly string[]>> = {
  AttachPolicy: ['PolicyId', 'TargetId'],
  CloseAccount: ['AccountId'],
  CreateOrganizationalUnit: ['ParentId'],
  DeletePolicy: ['PolicyId'],
  DescribeAccount: ['AccountId'],
  DescribeOrganizationalUnit: ['OrganizationalUnitId'],
  DescribePolicy: ['PolicyId'],
  DetachPolicy: ['PolicyId', 'TargetId'],
  DisablePolicyType: ['RootId'],
  EnablePolicyType: ['RootId'],
  ListAccountsForParent: ['ParentId'],
  ListChildren: ['ParentId'],
  ListOrganizationalUnitsForParent: ['ParentId'],
  ListParents: ['ChildId'],
  ListPoliciesForTarget: ['TargetId'],
  ListTagsForResource: ['ResourceId'],
  ListTargetsForPolicy: ['PolicyId'],
  MoveAccount: ['AccountId', 'SourceParentId', 'DestinationParentId'],
  RemoveAccountFromOrganization: ['AccountId'],
  TagResource: ['ResourceId'],
  UntagResource: ['ResourceId'],
  UpdatePolicy: ['PolicyId'],
};

export const organizationsDemands: Demands = {
  ...each(Object.keys(resources), (call, operation) =>
    (resources[operation] ?? []).map((name) => on(call, operation, arnOf(call, member(call, name) ?? ''))),
  ),
  ...each(['EnableAWSServiceAccess', 'DisableAWSServiceAccess'], (call, operation) => [
    on(call, operation, '*', { 'organizations:ServicePrincipal': member(call, 'ServicePrincipal') }),
  ]),
  CreateAccount: (call) => [on(call, 'CreateAccount', '*'), ...tagging(call)],
  CreatePolicy: (call) => [on(call, 'CreatePolicy', '*'), ...tagging(call)],
};

const on = (call: Call, operation: string, resource: string, context?: Demand['context']): Demand => ({
  action: `organizations:${operation}`,
  resource,
  context: { 'organizations:PolicyType': typeOf(call), ...context },
});

/** Tags at creation are a permission of their own. */
const tagging = (call: Call): readonly Demand[] =>
  Array.isArray(call.input.Tags) && call.input.Tags.length > 0 ? [on(call, 'TagResource', '*')] : [];

function typeOf(call: Call): string | undefined {
  const policy = organizationPolicy(call.documents, call.account, member(call, 'PolicyId') ?? '');
  return policy?.type ?? member(call, 'PolicyType') ?? member(call, 'Type') ?? member(call, 'Filter');
}

function arnOf({ documents, account, now }: Call, id: string): string {
  const organization = managedBy(documents, account);
  const of = (part: string): string => `arn:aws:organizations::${account}:${part}/${organization?.id ?? ''}/${id}`;
  if (id.startsWith('p-')) return organizationPolicy(documents, account, id)?.arn ?? of('policy');
  if (id.startsWith('ou-')) return of('ou');
  return id.startsWith('r-') ? of('root') : accountOf(documents, id, now)?.arn || of('account');
}
