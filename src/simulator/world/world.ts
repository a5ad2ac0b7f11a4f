/** The world at the beginning: the reseller's automation account and two payers, each with its organization. */

import type { Documents } from '../engine/core.js';
import { kinds as iamKinds } from '../iam/documents.js';
import { kinds, type OrganizationDocument, type UnitDocument, untagged } from '../organizations/documents.js';
import { type SessionDocument, sessionKind } from '../sts/sessions.js';
import { type AccountDocument, accountKind, putAccount } from './accounts.js';
import { givenRole } from './given-roles.js';
import { putPolicies } from './world-policies.js';

/** What the world looks like from outside, for documentation, tests and configuration. */
export const world = {
  automation: { account: '210987654321', role: 'PartnerCloudAutomation' },
  /** A role session that never ends and needs no session token. */
  key: { accessKeyId: 'ASIASIMULATOR00000001', secretAccessKey: 'simulator-secret' },
  vendingRole: 'PartnerCloudVending',
  payers: [payer('111122223333', 'pay1'), payer('444455556666', 'pay2')],
} as const;

interface WorldPayer {
  readonly account: string;
  readonly name: string;
  readonly email: string;
  readonly organizationId: string;
  readonly rootId: string;
  readonly customersUnit: string;
  readonly leavingUnit: string;
}

function payer(account: string, name: string): WorldPayer {
  return {
    account,
    name,
    email: `${name}@reseller.example`,
    organizationId: `o-${name}simulator`,
    rootId: `r-${name}`,
    customersUnit: `ou-${name}-customers1`,
    leavingUnit: `ou-${name}-leaving001`,
  };
}

const automationRoleArn = `arn:aws:iam::${world.automation.account}:role/${world.automation.role}`;

/** Writes the world once, into an empty store; afterwards it does nothing. */
export function furnish(documents: Documents, now: number): void {
  const { account } = world.automation;
  if (documents.get(accountKind, account, account)) return;
  putAccount(documents, standing({ id: account, name: 'automation', email: 'automation@reseller.example' }, now));
  putAutomation(documents, now);
  for (const each of world.payers) putPayer(documents, each, now);
}

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
  documents.put(iamKinds.role, account, role.roleName, role);
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

function putPayer(documents: Documents, { account, name, email, ...ids }: WorldPayer, now: number): void {
  const organization: OrganizationDocument = {
    ...untagged,
    id: ids.organizationId,
    management: account,
    email,
    rootId: ids.rootId,
    accountLimit: 10_000,
    accountCount: 1,
  };
  documents.put(kinds.organization, account, account, organization);
  putAccount(documents, standing({ id: account, name, email, organization }, now));
  putUnit(documents, organization, ids.customersUnit, 'Customers');
  putUnit(documents, organization, ids.leavingUnit, 'Leaving');
  putPolicies(documents, organization, ids.customersUnit, ids.leavingUnit);
  const role = givenRole({
    account,
    roleName: world.vendingRole,
    roleId: `AROASIMULATOR${name.toUpperCase()}VEND`,
    trusts: { AWS: automationRoleArn },
    actions: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
    createdAt: now,
    visibleAt: 0,
  });
  documents.put(iamKinds.role, account, role.roleName, role);
}

function putUnit(documents: Documents, { id, management, rootId }: OrganizationDocument, unit: string, name: string) {
  const arn = `arn:aws:organizations::${management}:ou/${id}/${unit}`;
  const document: UnitDocument = { ...untagged, id: unit, arn, name, parentId: rootId };
  documents.put(kinds.unit, management, unit, document);
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
