/** Centralized root access: the management account may take root's credentials away and do root's tasks in its place. */
import { AwsError, type Call, type Operations } from '../engine/core.js';
import { accountOf } from '../world/accounts.js';
import {
  managedBy,
  type OrganizationDocument,
  putOrganizationDocument,
  type RootFeature,
} from '../world/organization.js';

const trustedPrincipal = 'iam.amazonaws.com';

/** Source: IAM API, EnableOrganizationsRootCredentialsManagement, EnableOrganizationsRootSessions, ListOrganizationsFeatures. */
export const rootAccessOperations: Operations = {
  EnableOrganizationsRootCredentialsManagement: (call) => switched(call, 'RootCredentialsManagement', true),
  DisableOrganizationsRootCredentialsManagement: (call) => switched(call, 'RootCredentialsManagement', false),
  EnableOrganizationsRootSessions: (call) => switched(call, 'RootSessions', true),
  DisableOrganizationsRootSessions: (call) => switched(call, 'RootSessions', false),
  ListOrganizationsFeatures(call) {
    const own = managedBy(call.documents, call.account);
    if (!own) throw refusedToMember(call, 'AccountNotManagementOrDelegatedAdministratorException');
    return shown(trusted(own));
  },
};

function switched(call: Call, feature: RootFeature, on: boolean): Readonly<Record<string, unknown>> {
  const own = managedBy(call.documents, call.account);
  if (!own)
    throw refusedToMember(
      call,
      on ? 'CallerIsNotManagementAccountException' : 'AccountNotManagementOrDelegatedAdministratorException',
    );
  const others = trusted(own).rootFeatures.filter((other) => other !== feature);
  const changed = { ...own, rootFeatures: on ? [...others, feature].sort() : others };
  putOrganizationDocument(call.documents, changed);
  return shown(changed);
}

/** @throws ServiceAccessNotEnabledException until Organizations lets IAM act in the organization */
function trusted(organization: OrganizationDocument): OrganizationDocument {
  if (trustedPrincipal in organization.serviceAccess) return organization;
  const words = 'Trusted access is not enabled for AWS Identity and Access Management in AWS Organizations.';
  throw new AwsError('ServiceAccessNotEnabledException', 400, words);
}

function refusedToMember({ documents, account, now }: Call, code: string): AwsError {
  if (accountOf(documents, account, now)?.organization) {
    return new AwsError(code, 400, `The account ${account} is not the management account of its organization.`);
  }
  return new AwsError('OrganizationNotFoundException', 400, 'No organization is associated with your account.');
}

const shown = ({ id, rootFeatures }: OrganizationDocument) => ({ OrganizationId: id, EnabledFeatures: rootFeatures });
