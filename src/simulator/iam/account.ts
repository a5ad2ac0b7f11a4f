/** The account as IAM sees it: its alias and the counts of what is in it. */
import type { Call, Operations } from '../engine/core.js';
import { rootCredentials } from '../world/root-credentials.js';
import { kinds, type MfaDeviceDocument, type PolicyOwner } from './documents.js';
import { alreadyExists, noSuchEntity, validationError } from './errors.js';
import { text } from './input.js';
import { page } from './pages.js';

/** An alias is unique over all accounts, so that it is kept apart from them. Kind `iam-account-alias`, key: the alias. */
interface AliasDocument {
  readonly alias: string;
  readonly account: string;
}
const everywhere = '*';

/** Source: IAM API, CreateAccountAlias, ListAccountAliases, DeleteAccountAlias, GetAccountSummary. */
export const accountOperations: Operations = {
  CreateAccountAlias(call) {
    const alias = text(call, 'AccountAlias');
    if (!/^[a-z\d](-?[a-z\d])*$/.test(alias) || alias.length < 3 || alias.length > 63 || /^\d{12}$/.test(alias)) {
      throw validationError('accountAlias: 3 to 63 lower-case letters, digits and single inner hyphens are allowed.');
    }
    const taken = call.documents.get<AliasDocument>(kinds.alias, everywhere, alias);
    if (taken) throw alreadyExists(`The account alias ${alias} already exists.`);
    for (const former of aliases(call)) call.documents.remove(kinds.alias, everywhere, former);
    call.documents.put(kinds.alias, everywhere, alias, { alias, account: call.account });
    return {};
  },
  ListAccountAliases: (call) => page(call, 'AccountAliases', aliases(call)),
  DeleteAccountAlias(call) {
    const alias = text(call, 'AccountAlias');
    if (!aliases(call).includes(alias)) throw noSuchEntity(`The account alias ${alias} cannot be found.`);
    call.documents.remove(kinds.alias, everywhere, alias);
    return {};
  },
  GetAccountSummary: (call) => ({ SummaryMap: new Map(Object.entries(summary(call))) }),
};

const aliases = ({ documents, account }: Call): readonly string[] =>
  documents
    .list<AliasDocument>(kinds.alias, everywhere)
    .filter((alias) => alias.account === account)
    .map(({ alias }) => alias);

/** Quotas of every account. Source: IAM API, GetAccountSummary; IAM User Guide, IAM and AWS STS quotas. */
const quotas = {
  AccessKeysPerUserQuota: 2,
  AssumeRolePolicySizeQuota: 2048,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 10,
  AttachedPoliciesPerUserQuota: 10,
  GroupPolicySizeQuota: 5120,
  GroupsPerUserQuota: 10,
  GroupsQuota: 300,
  InstanceProfilesQuota: 1000,
  PoliciesQuota: 1500,
  PolicySizeQuota: 6144,
  PolicyVersionsInUseQuota: 10_000,
  RolePolicySizeQuota: 10_240,
  RolesQuota: 1000,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  UserPolicySizeQuota: 2048,
  UsersQuota: 5000,
  VersionsPerPolicyQuota: 5,
};

/** What the simulator has none of. */
const absent = {
  InstanceProfiles: 0,
  Providers: 0,
  ServerCertificates: 0,
};

/** Counts and quotas, the keys of AWS's own answer and no others. Source: IAM API, GetAccountSummary. */
function summary({ documents, account }: Call): Readonly<Record<string, number>> {
  const count = (kind: string): number => documents.list<unknown>(kind, account).length;
  const devices = documents.list<MfaDeviceDocument>(kinds.mfaDevice, account);
  const owners = [kinds.role, kinds.user, kinds.group].flatMap((kind) => documents.list<PolicyOwner>(kind, account));
  return {
    ...quotas,
    ...absent,
    ...rootCredentials(documents, account),
    Users: count(kinds.user),
    Groups: count(kinds.group),
    Roles: count(kinds.role),
    Policies: count(kinds.policy),
    // Each managed policy that is attached to anything is in use with its default version.
    PolicyVersionsInUse: new Set(owners.flatMap(({ attached }) => attached)).size,
    GlobalEndpointTokenVersion: 1,
    MFADevices: devices.length,
    MFADevicesInUse: devices.filter(({ userName }) => userName !== null).length,
  };
}
