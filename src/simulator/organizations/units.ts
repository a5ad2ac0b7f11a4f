/** New organizational units. */

import type { Operation } from '../engine/core.js';
import { organizationKinds, type UnitDocument, unitOf } from '../world/organization.js';
import { managed } from './caller.js';
import { refusal, violation } from './errors.js';
import { rules, tagsOf, text } from './input.js';
import { deepest, unitPath } from './paths.js';
import { knownParent, unitsIn } from './tree.js';

/**
 * A unit below the root or another unit; it has FullAWSAccess. Throws ParentNotFound, DuplicateOrganizationalUnit for
 * a name that the parent has already, ConstraintViolation OU_DEPTH_LIMIT_EXCEEDED.
 * Source: Organizations API, CreateOrganizationalUnit.
 */
export const createOrganizationalUnit: Operation = (call) => {
  const organization = managed(call);
  const parentId = knownParent(call);
  const name = text(call, 'Name', rules.unitName);
  if (unitsIn(call, parentId).some((unit) => unit.name === name)) throw refusal('DuplicateOrganizationalUnitException');
  const parent = unitOf(call.documents, call.account, parentId);
  const depth = parent ? unitPath(call, organization, parent).split('/').length - 3 : 0;
  if (depth >= deepest) throw violation('OU_DEPTH_LIMIT_EXCEEDED');
  const id = `ou-${organization.rootId.slice(2)}-${call.uniqueId(8)}`;
  const unit: UnitDocument = {
    tags: tagsOf(call),
    formerTags: [],
    tagsSeenAt: call.now + call.latencies.listLagMs,
    id,
    arn: `arn:aws:organizations::${call.account}:ou/${organization.id}/${id}`,
    name,
    parentId,
  };
  call.documents.put(organizationKinds.unit, call.account, id, unit);
  return { OrganizationalUnit: { Id: id, Arn: unit.arn, Name: name, Path: unitPath(call, organization, unit) } };
};
