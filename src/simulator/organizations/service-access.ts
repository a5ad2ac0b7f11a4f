/** Trusted access: which services of AWS may act in the whole organization. */

import type { Operation } from '../engine/core.js';
import { putOrganizationDocument } from '../world/organization.js';
import { managed } from './caller.js';
import { invalid } from './errors.js';
import { rules, text } from './input.js';
import { page } from './paging.js';

/** Enabling it again changes nothing. Throws InvalidInput. Source: Organizations API, EnableAWSServiceAccess. */
export const enableAwsServiceAccess: Operation = (call) => {
  const organization = managed(call);
  const principal = text(call, 'ServicePrincipal', rules.servicePrincipal);
  if (!principal.endsWith('.amazonaws.com')) throw invalid('UNRECOGNIZED_SERVICE_PRINCIPAL', 'ServicePrincipal');
  const since = organization.serviceAccess[principal] ?? call.now;
  const serviceAccess = { ...organization.serviceAccess, [principal]: since };
  putOrganizationDocument(call.documents, { ...organization, serviceAccess });
  return {};
};

/** Source: Organizations API, DisableAWSServiceAccess. */
export const disableAwsServiceAccess: Operation = (call) => {
  const organization = managed(call);
  const principal = text(call, 'ServicePrincipal', rules.servicePrincipal);
  const { [principal]: _disabled, ...serviceAccess } = organization.serviceAccess;
  putOrganizationDocument(call.documents, { ...organization, serviceAccess });
  return {};
};

/** Source: Organizations API, ListAWSServiceAccessForOrganization. */
export const listAwsServiceAccess: Operation = (call) => {
  const enabled = Object.entries(managed(call).serviceAccess)
    .map(([ServicePrincipal, since]) => ({ ServicePrincipal, DateEnabled: new Date(since) }))
    .sort((left, right) => (left.ServicePrincipal < right.ServicePrincipal ? -1 : 1));
  const { items, NextToken } = page(call, enabled, ({ ServicePrincipal }) => ServicePrincipal);
  return { EnabledServicePrincipals: items, NextToken };
};
