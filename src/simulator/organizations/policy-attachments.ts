/** What policies are attached to: the root, units and accounts. */

import type { Call, Operation } from '../engine/core.js';
import { accountOf } from '../world/accounts.js';
import { organizationKinds, type PolicyType, type UnitDocument, unitOf } from '../world/organization.js';
import { attachedIds, type PolicyDocument, putAttached } from '../world/organization-policies.js';
import { managed } from './caller.js';
import { invalid, refusal, violation } from './errors.js';
import { rules, text } from './input.js';
import { membersOf } from './members.js';
import { page } from './paging.js';
import { filterIn, knownPolicy, policiesOf, summaries } from './policies.js';
import { parentExists } from './tree.js';

/** Policies of one type on one root, unit or account. Source: Organizations User Guide, quotas. */
const most: Readonly<Record<PolicyType, number>> = { SERVICE_CONTROL_POLICY: 10, RESOURCE_CONTROL_POLICY: 5 };

/** Directly attached policies only. Throws TargetNotFound. Source: Organizations API, ListPoliciesForTarget. */
export const listPoliciesForTarget: Operation = (call) => {
  const target = knownTarget(call);
  const type = filterIn(call);
  const attached = policiesOf(call).filter((policy) => policy.type === type && attachedTo(call, policy, target));
  return summaries(call, attached);
};

/**
 * Binds at once. Throws PolicyNotFound, TargetNotFound, DuplicatePolicyAttachment, PolicyTypeNotEnabled,
 * ConstraintViolation MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED. Source: Organizations API, AttachPolicy.
 */
export const attachPolicy: Operation = (call) => {
  const policy = knownPolicy(call);
  const target = knownTarget(call);
  if (!isEnabled(call, policy.type)) throw refusal('PolicyTypeNotEnabledException');
  const before = attachedIds(call.documents, call.account, policy.type, target);
  if (before.includes(policy.id)) throw refusal('DuplicatePolicyAttachmentException');
  if (before.length >= most[policy.type]) throw violation('MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED');
  putAttached(call.documents, call.account, policy.type, target, [...before, policy.id]);
  return {};
};

/**
 * Throws PolicyNotAttached, and ConstraintViolation for the last policy of a type, without which nothing would be
 * allowed. Source: Organizations API, DetachPolicy.
 */
export const detachPolicy: Operation = (call) => {
  const policy = knownPolicy(call);
  const target = knownTarget(call);
  if (!attachedTo(call, policy, target)) throw refusal('PolicyNotAttachedException');
  if (policy.awsManaged && policy.type === 'RESOURCE_CONTROL_POLICY')
    throw invalid('NON_DETACHABLE_POLICY', 'PolicyId');
  const left = attachedIds(call.documents, call.account, policy.type, target).filter((id) => id !== policy.id);
  if (left.length === 0) throw violation('MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED');
  putAttached(call.documents, call.account, policy.type, target, left);
  return {};
};

/** Throws PolicyNotFound. Source: Organizations API, ListTargetsForPolicy. */
export const listTargetsForPolicy: Operation = (call) => {
  const { id: organizationId, management } = managed(call);
  const { items, NextToken } = page(call, targetsOf(call, knownPolicy(call)), (target) => target);
  const shown = items.map((target) => {
    const [Type, part] = kindOf(target);
    const Arn = `arn:aws:organizations::${management}:${part}/${organizationId}/${target}`;
    return { TargetId: target, Arn, Name: nameOf(call, target), Type };
  });
  return { Targets: shown, NextToken };
};

/** The ids of all that a policy is attached to, in order. */
export function targetsOf(call: Call, policy: PolicyDocument): readonly string[] {
  const { rootId } = managed(call);
  const units = call.documents.list<UnitDocument>(organizationKinds.unit, call.account).map(({ id }) => id);
  const accounts = membersOf(call).map(({ id }) => id);
  return [rootId, ...units, ...accounts].filter((target) => attachedTo(call, policy, target)).sort();
}

/** Whether a type of policies is in force in the organization. */
const isEnabled = (call: Call, type: PolicyType): boolean =>
  (managed(call).policyTypes[type] ?? Number.POSITIVE_INFINITY) <= call.now;

const attachedTo = (call: Call, { id, type }: PolicyDocument, target: string): boolean =>
  isEnabled(call, type) && attachedIds(call.documents, call.account, type, target).includes(id);

function knownTarget(call: Call): string {
  const { management } = managed(call);
  const target = text(call, 'TargetId', rules.targetId);
  const account = accountOf(call.documents, target, call.now);
  if (account?.organization === management || parentExists(call, target)) return target;
  throw refusal('TargetNotFoundException');
}

function kindOf(target: string): readonly [type: string, arnPart: string] {
  if (target.startsWith('r-')) return ['ROOT', 'root'];
  return target.startsWith('ou-') ? ['ORGANIZATIONAL_UNIT', 'ou'] : ['ACCOUNT', 'account'];
}

function nameOf({ documents, account, now }: Call, target: string): string {
  if (target.startsWith('r-')) return 'Root';
  return unitOf(documents, account, target)?.name ?? accountOf(documents, target, now)?.name ?? target;
}
