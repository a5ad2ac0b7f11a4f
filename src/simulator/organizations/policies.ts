/** The policies of an organization: which there are, and what they say. */

import type { Call, Operation } from '../engine/core.js';
import { organizationPolicy, type PolicyDocument, policyKind } from '../world/organization-policies.js';
import { managed } from './caller.js';
import { invalid, refusal } from './errors.js';
import { rules, text } from './input.js';
import { page } from './paging.js';

/** Source: Organizations API, PolicyType. Only those that limit access can be made here; the other types list nothing. */
const knownTypes: readonly unknown[] = [
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
  const type = filterIn(call);
  return summaries(
    call,
    policiesOf(call).filter((policy) => policy.type === type),
  );
};

/** Throws PolicyNotFound. Source: Organizations API, DescribePolicy. */
export const describePolicy: Operation = (call) => ({ Policy: described(knownPolicy(call)) });

export const policiesOf = ({ documents, account }: Call): PolicyDocument[] =>
  documents.list<PolicyDocument>(policyKind, account);

/** The policy of the organization that PolicyId names. Throws PolicyNotFound. */
export function knownPolicy(call: Call): PolicyDocument {
  managed(call);
  const policy = organizationPolicy(call.documents, call.account, text(call, 'PolicyId', rules.policyId));
  if (!policy) throw refusal('PolicyNotFoundException');
  return policy;
}

/** The type of policies that a list is asked for. */
export function filterIn(call: Call): unknown {
  const type = call.input.Filter;
  if (type === undefined) throw invalid('INPUT_REQUIRED', 'Filter');
  if (!knownTypes.includes(type)) throw invalid('INVALID_ENUM_POLICY_TYPE', 'Filter');
  return type;
}

/** One page of policies without their content, by id. */
export function summaries(call: Call, policies: readonly PolicyDocument[]): Readonly<Record<string, unknown>> {
  const ordered = [...policies].sort((left, right) => (left.id < right.id ? -1 : 1));
  const { items, NextToken } = page(call, ordered, ({ id }) => id);
  return { Policies: items.map(summary), NextToken };
}

/** A policy in AWS's shape. Source: Organizations API, Policy. */
export const described = (policy: PolicyDocument) => ({ PolicySummary: summary(policy), Content: policy.content });

const summary = ({ id, arn, name, description, type, awsManaged }: PolicyDocument) => ({
  Id: id,
  Arn: arn,
  Name: name,
  Description: description,
  Type: type,
  AwsManaged: awsManaged,
});
