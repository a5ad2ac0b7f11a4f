/** Writes a new account down as it will be: AWS makes it later, but what will come of it is settled at the request. */

import type { Call, Latencies } from '../engine/core.js';
import { kinds as iamKinds } from '../iam/documents.js';
import { type GivenRole, givenRole } from '../iam/given-roles.js';
import { type AccountDocument, putAccount } from '../world/accounts.js';
import { type OrganizationDocument, putOrganizationDocument } from '../world/organization.js';
import type { Tag } from '../world/tags.js';

export interface NewAccount {
  readonly name: string;
  readonly email: string;
  readonly roleName: string;
  readonly iamUserAccessToBilling: 'ALLOW' | 'DENY';
  readonly tags: readonly Tag[];
  readonly createdAt: number;
}

/** The new account's id. The account begins under the root, with the role that trusts the payer. */
export function putNewAccount(call: Call, organization: OrganizationDocument, wanted: NewAccount): string {
  const { documents, latencies } = call;
  const { name, email, iamUserAccessToBilling, tags, createdAt } = wanted;
  const { management, rootId } = organization;
  const id = freeAccountId(call);
  const account: AccountDocument = {
    id,
    arn: `arn:aws:organizations::${management}:account/${organization.id}/${id}`,
    name,
    email,
    joinedMethod: 'CREATED',
    joinedAt: createdAt,
    organization: management,
    parentId: rootId,
    formerParentId: rootId,
    iamUserAccessToBilling,
    closing: null,
    tags,
    formerTags: [],
    ...growth(createdAt, latencies),
  };
  putAccount(documents, account);
  putOrganizationDocument(documents, { ...organization, accountCount: organization.accountCount + 1 });
  putRoles(call, id, management, wanted);
  return id;
}

/** When a new account becomes what: each thing about it takes a time of its own. */
const growth = (createdAt: number, { roleAssumableMs, servicesReadyMs, listLagMs }: Latencies) => ({
  createdAt,
  activeAt: createdAt + Math.floor(roleAssumableMs / 2),
  roleAssumableAt: createdAt + roleAssumableMs,
  servicesReadyAt: createdAt + servicesReadyMs,
  listedAt: createdAt + listLagMs,
  tagsSeenAt: createdAt + listLagMs,
  parentSeenAt: createdAt,
});

/** Source: Organizations user guide, what CreateAccount makes in the account: the named role and one of its own. */
function putRoles({ documents, uniqueId }: Call, account: string, payer: string, wanted: NewAccount): void {
  const at = { account, createdAt: wanted.createdAt, visibleAt: wanted.createdAt };
  const roles: readonly Omit<GivenRole, keyof typeof at | 'roleId'>[] = [
    { roleName: wanted.roleName, trusts: { AWS: `arn:aws:iam::${payer}:root` } },
    {
      roleName: 'AWSServiceRoleForOrganizations',
      trusts: { Service: 'organizations.amazonaws.com' },
      path: '/aws-service-role/organizations.amazonaws.com/',
      attached: ['arn:aws:iam::aws:policy/aws-service-role/AWSOrganizationsServiceTrustPolicy'],
    },
  ];
  for (const role of roles) {
    const roleId = `AROA${uniqueId(17).toUpperCase()}`;
    documents.put(iamKinds.role, account, role.roleName, givenRole({ ...at, ...role, roleId }));
  }
}

/** Twelve digits that no account has, also none in the making. */
function freeAccountId(call: Call): string {
  for (;;) {
    const digits = [...call.uniqueId(12)].map((sign) => Number.parseInt(sign, 36) % 10).join('');
    const id = digits.replace(/^0/, '9');
    if (!call.documents.get('account', id, id)) return id;
  }
}
