/** Service control policies: which there are, and what they are attached to. */

import type { Call, Operation } from '../engine/core.js';
import { accountOf } from '../world/accounts.js';
import { managed } from './caller.js';
import { kinds, type PolicyDocument } from './documents.js';
import { invalid, refusal } from './errors.js';
import { rules, text } from './input.js';
import { page } from './paging.js';
import { parentExists } from './tree.js';

/** Source: Organizations API, PolicyType. The world has service control policies only, so other types list nothing. */
const policyTypes: readonly unknown[] = [
  'SERVICE_CONTROL_POLICY',
  'RESOURCE_CONTROL_POLICY',
  'TAG_POLICY',
  'BACKUP_POLICY',
  'AISERVICES_OPT_OUT_POLICY',
  'CHATBOT_POLICY',
  'DECLARATIVE_POLICY_EC2',
  'SECURITYHUB_POLICY',
  'INSPECTOR_POLICY',
  'UPGRADE_ROLLOUT_POLICY',
  'BEDROCK_POLICY',
  'S3_POLICY',
  'NETWORK_SECURITY_DIRECTOR_POLICY',
  'GUARDDUTY_POLICY',
  'SECURITYHUB_CSPM_POLICY',
];

/** Source: Organizations API, ListPolicies. */
export const listPolicies: Operation = (call) => {
  managed(call);
  return summaries(call, policiesOf(call));
};

/** Directly attached policies only. Throws TargetNotFound. Source: Organizations API, ListPoliciesForTarget. */
export const listPoliciesForTarget: Operation = (call) => {
  const { management } = managed(call);
  const target = text(call, 'TargetId', rules.targetId);
  const account = accountOf(call.documents, target, call.now);
  if (account?.organization !== management && !parentExists(call, target)) throw refusal('TargetNotFoundException');
  const attached = policiesOf(call).filter((policy) => isAttached(policy, target, account !== undefined));
  return summaries(call, attached);
};

/** Every new account starts with FullAWSAccess of its own, as AWS attaches it. */
const isAttached = ({ targets, awsManaged }: PolicyDocument, target: string, isAccount: boolean): boolean =>
  targets.includes(target) || (isAccount && awsManaged);

/** Throws PolicyNotFound, TargetNotFound, DuplicatePolicyAttachment. Source: Organizations API, AttachPolicy. */
export const attachPolicy: Operation = (call) => {
  const policy = knownPolicy(call);
  const target = text(call, 'TargetId', rules.targetId);
  const { management } = managed(call);
  const account = accountOf(call.documents, target, call.now);
  if (account?.organization !== management && !parentExists(call, target)) throw refusal('TargetNotFoundException');
  if (isAttached(policy, target, account !== undefined)) throw refusal('DuplicatePolicyAttachmentException');
  const targets = [...policy.targets, target];
  call.documents.put(kinds.policy, call.account, policy.id, { ...policy, targets });
  return {};
};

/** Throws PolicyNotFound. Source: Organizations API, DescribePolicy. */
export const describePolicy: Operation = (call) => {
  const policy = knownPolicy(call);
  return { Policy: { PolicySummary: summary(policy), Content: policy.content } };
};

/** Throws PolicyNotFound. Source: Organizations API, ListTargetsForPolicy. */
export const listTargetsForPolicy: Operation = (call) => {
  const { id: organizationId, management } = managed(call);
  const targets = [...knownPolicy(call).targets].sort();
  const { items, NextToken } = page(call, targets, (target) => target);
  const shown = items.map((target) => {
    const [Type, part] = kindOf(target);
    const Arn = `arn:aws:organizations::${management}:${part}/${organizationId}/${target}`;
    return { TargetId: target, Arn, Name: nameOf(call, target), Type };
  });
  return { Targets: shown, NextToken };
};

function kindOf(target: string): readonly [type: string, arnPart: string] {
  if (target.startsWith('r-')) return ['ROOT', 'root'];
  return target.startsWith('ou-') ? ['ORGANIZATIONAL_UNIT', 'ou'] : ['ACCOUNT', 'account'];
}

function nameOf({ documents, account, now }: Call, target: string): string {
  if (target.startsWith('r-')) return 'Root';
  const unit = documents.get<{ readonly name: string }>(kinds.unit, account, target);
  return unit?.name ?? accountOf(documents, target, now)?.name ?? target;
}

const policiesOf = ({ documents, account }: Call): PolicyDocument[] =>
  documents.list<PolicyDocument>(kinds.policy, account);

function knownPolicy(call: Call): PolicyDocument {
  managed(call);
  const id = text(call, 'PolicyId', rules.policyId);
  const policy = call.documents.get<PolicyDocument>(kinds.policy, call.account, id);
  if (!policy) throw refusal('PolicyNotFoundException');
  return policy;
}

function summaries(call: Call, policies: readonly PolicyDocument[]): Readonly<Record<string, unknown>> {
  const type = call.input.Filter;
  if (type === undefined) throw invalid('INPUT_REQUIRED', 'Filter');
  if (!policyTypes.includes(type)) throw invalid('INVALID_ENUM_POLICY_TYPE', 'Filter');
  const fitting = type === 'SERVICE_CONTROL_POLICY' ? policies : [];
  const { items, NextToken } = page(call, fitting, ({ id }) => id);
  return { Policies: items.map(summary), NextToken };
}

const summary = ({ id, arn, name, description, awsManaged }: PolicyDocument) => ({
  Id: id,
  Arn: arn,
  Name: name,
  Description: description,
  Type: 'SERVICE_CONTROL_POLICY',
  AwsManaged: awsManaged,
});
