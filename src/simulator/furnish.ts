/** Puts the world of a first start in place: accounts, organizations, and the roles by which the reseller works. */
import type { Documents } from './engine/core.js';
import { kinds } from './iam/documents.js';
import { givenRole } from './iam/given-roles.js';
import { putOrganization } from './organizations/first-organization.js';
import { type SessionDocument, sessionKind } from './sts/sessions.js';
import { type AccountDocument, accountKind, putAccount } from './world/accounts.js';
import type { OrganizationDocument } from './world/organization.js';
import { untagged } from './world/tags.js';
import { type FirstPolicy, type WorldPayer, world } from './world/world.js';

const automationRoleArn = `arn:aws:iam::${world.automation.account}:role/${world.automation.role}`;

/** Writes the world once, into an empty store; afterwards it does nothing. The policies hang on the customers' units. */
export function furnish(documents: Documents, now: number, policies: readonly FirstPolicy[] = []): void {
  const { account } = world.automation;
  if (documents.get(accountKind, account, account)) return;
  putAccount(documents, standing({ id: account, name: 'automation', email: 'automation@reseller.example' }, now));
  putAutomation(documents, now);
  for (const each of world.payers) putPayer(documents, each, now, policies);
}

/** The furnishing of a world whose customers' units have these policies. */
export const furnishWith =
  (policies: readonly FirstPolicy[]) =>
  (documents: Documents, now: number): void =>
    furnish(documents, now, policies);

function putAutomation(documents: Documents, now: number): void {
  const { account } = world.automation;
  const role = givenRole({
    account,
    roleName: world.automation.role,
    roleId: 'AROASIMULATORAUTOMAT1',
    trusts: { Service: 'ecs-tasks.amazonaws.com' },
    createdAt: now,
    visibleAt: 0,
  });
  documents.put(kinds.role, account, role.roleName, role);
  const session: SessionDocument = {
    account,
    roleArn: automationRoleArn,
    roleId: role.roleId,
    sessionName: 'partner-cloud',
    sourceIdentity: null,
    transitiveTags: [],
    tokenHash: null,
    expiresAt: null,
    chained: false,
  };
  documents.put(sessionKind, '*', world.key.accessKeyId, session);
}

function putPayer(documents: Documents, payer: WorldPayer, now: number, policies: readonly FirstPolicy[]): void {
  const { account, name, email } = payer;
  const organization = putOrganization(documents, payer, policies);
  putAccount(documents, standing({ id: account, name, email, organization }, now));
  const role = givenRole({
    account,
    roleName: world.vendingRole,
    roleId: `AROASIMULATOR${name.toUpperCase()}VEND`,
    // A role that is named as the principal would be known by its unique id, and be locked out once it is made again.
    trusts: { AWS: `arn:aws:iam::${world.automation.account}:root` },
    condition: { ArnEquals: { 'aws:PrincipalArn': automationRoleArn } },
    actions: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
    createdAt: now,
    visibleAt: 0,
  });
  documents.put(kinds.role, account, role.roleName, role);
}

const longAgo = { createdAt: 0, activeAt: 0, roleAssumableAt: 0, servicesReadyAt: 0, listedAt: 0, parentSeenAt: 0 };

/** An account that was there before the simulator: nothing about it is young. */
function standing(
  {
    id,
    name,
    email,
    organization,
  }: Pick<AccountDocument, 'id' | 'name' | 'email'> & {
    readonly organization?: OrganizationDocument;
  },
  now: number,
): AccountDocument {
  const parentId = organization?.rootId ?? '';
  return {
    ...untagged,
    ...longAgo,
    id,
    arn: organization ? `arn:aws:organizations::${id}:account/${organization.id}/${id}` : '',
    name,
    email,
    joinedMethod: 'INVITED',
    joinedAt: now,
    organization: organization ? id : null,
    parentId,
    formerParentId: parentId,
    iamUserAccessToBilling: 'ALLOW',
    closing: null,
  };
}
