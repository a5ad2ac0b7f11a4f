/** What calls of IAM ask permission for. Source: Service Authorization Reference, AWS Identity and Access Management. */
import type { Call } from '../engine/core.js';
import { type Demand, type Demands, each, member } from '../policies/demand.js';
import { onGroup, onPolicy, onRole, onUser } from './acted-on.js';
import { kinds, type PolicyOwner } from './documents.js';
import { serviceLinkedRoleArn } from './service-linked-roles.js';

type Title = 'Role' | 'User' | 'Group';

const titles = ['Role', 'User', 'Group'] as const;
const kindOf = { Role: kinds.role, User: kinds.user, Group: kinds.group } as const;

/** The entity that a call names, or the user who calls where it names none. */
function entityOf(call: Call, title: Title): { readonly arn: string; readonly boundary?: string | undefined } {
  const name = member(call, `${title}Name`);
  const type = title.toLowerCase();
  if (name === undefined) {
    const isSelf = title === 'User' && call.principal.type === 'user';
    return { arn: isSelf ? call.principal.arn : `arn:aws:iam::${call.account}:${type}/` };
  }
  const kept = call.documents.get<PolicyOwner>(kindOf[title], call.account, name);
  return kept ?? { arn: newArn(call, type, name) };
}

const newArn = (call: Call, type: string, name: string): string =>
  `arn:aws:iam::${call.account}:${type}${member(call, 'Path') ?? '/'}${name}`;

const on =
  (title: Title) =>
  (call: Call, operation: string, context?: Demand['context']): readonly Demand[] => {
    const { arn, boundary } = entityOf(call, title);
    const named = boundary === undefined ? {} : { 'iam:PermissionsBoundary': boundary };
    return [{ action: `iam:${operation}`, resource: arn, context: { ...named, ...context } }];
  };

/** Tags at creation are a permission of their own. */
const tagging = (call: Call, action: string, resource: string): readonly Demand[] =>
  Array.isArray(call.input.Tags) && call.input.Tags.length > 0 ? [{ action: `iam:${action}`, resource }] : [];

const attachments = titles.map((title) =>
  each([`Attach${title}Policy`, `Detach${title}Policy`], (call, operation) =>
    on(title)(call, operation, { 'iam:PolicyARN': member(call, 'PolicyArn') }),
  ),
);

/** A new role or user, under a boundary where one is set. */
const creation = (title: 'Role' | 'User'): Demands =>
  each([`Create${title}`], (call, operation) => {
    const resource = newArn(call, title.toLowerCase(), member(call, `${title}Name`) ?? '');
    const context = { 'iam:PermissionsBoundary': member(call, 'PermissionsBoundary') };
    return [{ action: `iam:${operation}`, resource, context }, ...tagging(call, `Tag${title}`, resource)];
  });

const boundaries = (title: 'Role' | 'User'): Demands =>
  each([`Put${title}PermissionsBoundary`], (call, operation) =>
    on(title)(call, operation, { 'iam:PermissionsBoundary': member(call, 'PermissionsBoundary') }),
  );

export const iamDemands: Demands = Object.assign(
  {},
  each(onRole, on('Role')),
  each(onUser, on('User')),
  each(onGroup, on('Group')),
  each(onPolicy, (call, operation) => [{ action: `iam:${operation}`, resource: member(call, 'PolicyArn') ?? '' }]),
  ...attachments,
  creation('Role'),
  creation('User'),
  boundaries('Role'),
  boundaries('User'),
  each(['CreatePolicy'], (call, operation) => {
    const resource = newArn(call, 'policy', member(call, 'PolicyName') ?? '');
    return [{ action: `iam:${operation}`, resource }, ...tagging(call, 'TagPolicy', resource)];
  }),
  each(['CreateVirtualMFADevice'], (call, operation) => [
    { action: `iam:${operation}`, resource: newArn(call, 'mfa', member(call, 'VirtualMFADeviceName') ?? '') },
  ]),
  each(['DeleteVirtualMFADevice'], (call, operation) => [
    { action: `iam:${operation}`, resource: member(call, 'SerialNumber') ?? '' },
  ]),
  each(['CreateServiceLinkedRole'], (call, operation) => {
    const service = member(call, 'AWSServiceName') ?? '';
    const resource = serviceLinkedRoleArn(call.account, service);
    return [{ action: `iam:${operation}`, resource, context: { 'iam:AWSServiceName': service } }];
  }),
  each(['SimulatePrincipalPolicy'], (call, operation) => [
    { action: `iam:${operation}`, resource: member(call, 'PolicySourceArn') ?? '' },
  ]),
);
