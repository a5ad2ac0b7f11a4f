/** The tree of an organization: one root, units below it, accounts in either. */

import type { Call, Operation } from '../engine/core.js';
import { type AccountDocument, accountOf, parentSeen } from '../world/accounts.js';
import { type OrganizationDocument, organizationKinds, type UnitDocument, unitOf } from '../world/organization.js';
import { belongsTo, managed } from './caller.js';
import { refusal } from './errors.js';
import { rules, text, word } from './input.js';
import { described, membersOf } from './members.js';
import { page } from './paging.js';
import { unitPath } from './paths.js';

/** The one call that members may make too. Source: Organizations API, DescribeOrganization. */
export const describeOrganization: Operation = (call) => {
  const { id, management, email, policyTypes } = belongsTo(call);
  const organization = {
    Id: id,
    Arn: `arn:aws:organizations::${management}:organization/${id}`,
    FeatureSet: 'ALL',
    MasterAccountArn: `arn:aws:organizations::${management}:account/${id}/${management}`,
    MasterAccountId: management,
    MasterAccountEmail: email,
    AvailablePolicyTypes: typesIn(policyTypes, call.now),
  };
  return { Organization: organization };
};

/** Source: Organizations API, ListRoots. */
export const listRoots: Operation = (call) => {
  const { items, NextToken } = page(call, [describedRoot(managed(call), call.now)], ({ Id }) => Id);
  return { Roots: items, NextToken };
};

/** The root in AWS's shape; a type that is not in force yet is PENDING_ENABLE. Source: Organizations API, Root. */
export const describedRoot = ({ id, management, rootId, policyTypes }: OrganizationDocument, now: number) => ({
  Id: rootId,
  Arn: `arn:aws:organizations::${management}:root/${id}/${rootId}`,
  Name: 'Root',
  PolicyTypes: typesIn(policyTypes, now),
});

const typesIn = (types: OrganizationDocument['policyTypes'], now: number) =>
  Object.entries(types).map(([Type, since]) => ({ Type, Status: since <= now ? 'ENABLED' : 'PENDING_ENABLE' }));

/** Source: Organizations API, ListOrganizationalUnitsForParent. */
export const listOrganizationalUnitsForParent: Operation = (call) => {
  const parent = knownParent(call);
  const { items, NextToken } = page(call, unitsIn(call, parent), ({ id }) => id);
  return { OrganizationalUnits: items.map((unit) => shown(call, unit)), NextToken };
};

/** Throws OrganizationalUnitNotFound. Source: Organizations API, DescribeOrganizationalUnit. */
export const describeOrganizationalUnit: Operation = (call) => {
  managed(call);
  const unit = unitOf(call.documents, call.account, text(call, 'OrganizationalUnitId', rules.unitId));
  if (!unit) throw refusal('OrganizationalUnitNotFoundException');
  return { OrganizationalUnit: shown(call, unit) };
};

/** Source: Organizations API, ListAccountsForParent. */
export const listAccountsForParent: Operation = (call) => {
  const parent = knownParent(call);
  const { items, NextToken } = page(call, accountsIn(call, parent), ({ id }) => id);
  return { Accounts: items.map((account) => described(call, account)), NextToken };
};

/** Source: Organizations API, ListChildren. */
export const listChildren: Operation = (call) => {
  const parent = knownParent(call);
  const Type = word(call, 'ChildType', ['ACCOUNT', 'ORGANIZATIONAL_UNIT'] as const);
  const children = Type === 'ACCOUNT' ? accountsIn(call, parent) : unitsIn(call, parent);
  const { items, NextToken } = page<{ readonly id: string }>(call, children, ({ id }) => id);
  return { Children: items.map(({ id }) => ({ Id: id, Type })), NextToken };
};

/** The one parent of an account or unit. Throws ChildNotFound. Source: Organizations API, ListParents. */
export const listParents: Operation = (call) => {
  const { management } = managed(call);
  const id = text(call, 'ChildId', rules.childId);
  const account = accountOf(call.documents, id, call.now);
  const mine =
    account?.organization === management
      ? parentSeen(account, call.now)
      : unitOf(call.documents, call.account, id)?.parentId;
  if (mine === undefined) throw refusal('ChildNotFoundException');
  return { Parents: [{ Id: mine, Type: mine.startsWith('r-') ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }] };
};

/** Whether an id names the root or a unit of the caller's organization. */
export function parentExists(call: Call, id: string): boolean {
  return managed(call).rootId === id || unitOf(call.documents, call.account, id) !== undefined;
}

/** The root or unit that ParentId names. Throws ParentNotFound. */
export function knownParent(call: Call): string {
  managed(call);
  const parent = text(call, 'ParentId', rules.parentId);
  if (!parentExists(call, parent)) throw refusal('ParentNotFoundException');
  return parent;
}

export const unitsIn = ({ documents, account }: Call, parent: string): UnitDocument[] =>
  documents.list<UnitDocument>(organizationKinds.unit, account).filter(({ parentId }) => parentId === parent);

const accountsIn = (call: Call, parent: string): AccountDocument[] =>
  membersOf(call).filter((account) => account.listedAt <= call.now && parentSeen(account, call.now) === parent);

const shown = (call: Call, unit: UnitDocument) => ({
  Id: unit.id,
  Arn: unit.arn,
  Name: unit.name,
  Path: unitPath(call, managed(call), unit),
});
