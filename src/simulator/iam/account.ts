/** The account as IAM sees it: its alias and the counts of what is in it. */
import type { Call, Operations } from '../engine/core.js';
import { kinds, type LoginProfileDocument, type MfaDeviceDocument } from './documents.js';
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

/** Counts and quotas. Source: IAM API, GetAccountSummary; quotas: IAM User Guide, IAM and AWS STS quotas. */
function summary({ documents, account }: Call): Readonly<Record<string, number>> {
  const count = (kind: string): number => documents.list<unknown>(kind, account).length;
  const devices = documents.list<MfaDeviceDocument>(kinds.mfaDevice, account);
  const profiles = documents.list<LoginProfileDocument>(kinds.loginProfile, account);
  return {
    Users: count(kinds.user),
    UsersQuota: 5000,
    Groups: count(kinds.group),
    GroupsQuota: 300,
    Roles: count(kinds.role),
    RolesQuota: 1000,
    Policies: count(kinds.policy),
    PoliciesQuota: 1500,
    PolicySizeQuota: 6144,
    VersionsPerPolicyQuota: 5,
    AttachedPoliciesPerRoleQuota: 10,
    AttachedPoliciesPerUserQuota: 10,
    AttachedPoliciesPerGroupQuota: 10,
    GroupsPerUserQuota: 10,
    AssumeRolePolicySizeQuota: 2048,
    MFADevices: devices.length,
    MFADevicesInUse: devices.filter(({ userName }) => userName !== null).length,
    AccountMFAEnabled: 0,
    AccountAccessKeysPresent: 0,
    // An account made by Organizations has no password for its root user while root access is central.
    AccountPasswordPresent: 0,
    LoginProfiles: profiles.length,
  };
}
