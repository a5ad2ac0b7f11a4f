/** Service-linked roles: one a service, with a name, trust and policy that only AWS may change. */
import type { Operations } from '../engine/core.js';
import type { RoleDocument } from './documents.js';
import { born, keep, uniqueIdOf } from './entities.js';
import { invalidInput } from './errors.js';
import { optionalText, text } from './input.js';
import { described } from './roles.js';

/** By service principal the role's name and its policy. Source: the services' guides, Using service-linked roles. */
const services: Readonly<Record<string, { readonly roleName: string; readonly policy: string }>> = {
  'config.amazonaws.com': { roleName: 'AWSServiceRoleForConfig', policy: 'AWSConfigServiceRolePolicy' },
  'cloudtrail.amazonaws.com': { roleName: 'AWSServiceRoleForCloudTrail', policy: 'CloudTrailServiceRolePolicy' },
  'support.amazonaws.com': { roleName: 'AWSServiceRoleForSupport', policy: 'AWSSupportServiceRolePolicy' },
};

/** The ARN that the role of a service has or would have. */
export const serviceLinkedRoleArn = (account: string, service: string): string =>
  `arn:aws:iam::${account}:role/aws-service-role/${service}/${services[service]?.roleName ?? ''}`;

/** Source: IAM API, CreateServiceLinkedRole; InvalidInput when the role exists: the words that Terraform looks for. */
export const serviceLinkedRoleOperations: Operations = {
  CreateServiceLinkedRole(call) {
    const principal = text(call, 'AWSServiceName');
    const service = services[principal];
    if (!service) throw invalidInput(`Invalid service principal: ${principal}`);
    if (optionalText(call, 'CustomSuffix')) throw invalidInput(`Custom suffix is not allowed for ${principal}`);
    const { roleName, policy } = service;
    if (call.documents.get<RoleDocument>('iam-role', call.account, roleName)) {
      throw invalidInput(
        `Service role name ${roleName} has been taken in this account, please try a different suffix.`,
      );
    }
    const trusted = { Effect: 'Allow', Principal: { Service: [principal] }, Action: ['sts:AssumeRole'] };
    const role: RoleDocument = {
      ...born(call, 'role', `/aws-service-role/${principal}/`, roleName),
      roleName,
      roleId: uniqueIdOf(call, 'AROA'),
      trust: JSON.stringify({ Version: '2012-10-17', Statement: [trusted] }),
      description: optionalText(call, 'Description') ?? '',
      maxSessionSeconds: 3600,
      attached: [`arn:aws:iam::aws:policy/aws-service-role/${policy}`],
      inline: {},
      tags: [],
    };
    keep(call, 'role', roleName, role);
    return { Role: described(call, role) };
  },
};
