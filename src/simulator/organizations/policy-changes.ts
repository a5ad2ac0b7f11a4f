/** Making, changing and deleting policies of an organization. */

import { AwsError, type Call, type Operation } from '../engine/core.js';
import { PolicyFault, type PolicyUse } from '../policies/elements.js';
import { parsePolicy } from '../policies/grammar.js';
import { type OrganizationDocument, type PolicyType, policyTypes } from '../world/organization.js';
import { type PolicyDocument, policyKind } from '../world/organization-policies.js';
import { managed } from './caller.js';
import { invalid, refusal, violation } from './errors.js';
import { optionalText, rules, tagsOf, text } from './input.js';
import { described, knownPolicy, policiesOf } from './policies.js';
import { targetsOf } from './policy-attachments.js';

/**
 * How long a policy's text may be, white space included, and how many an organization may have.
 * Source: Organizations User Guide, quotas; service control policies have been twice as long since May 2026.
 */
const limits: Readonly<Record<PolicyType, { readonly characters: number; readonly policies: number }>> = {
  SERVICE_CONTROL_POLICY: { characters: 10_240, policies: 10_000 },
  RESOURCE_CONTROL_POLICY: { characters: 5120, policies: 1000 },
};

const uses: Readonly<Record<PolicyType, PolicyUse>> = {
  SERVICE_CONTROL_POLICY: 'service-control',
  RESOURCE_CONTROL_POLICY: 'resource-control',
};

/**
 * Throws InvalidInput, MalformedPolicyDocument, DuplicatePolicy for a name that its type has already, and
 * ConstraintViolation for a text that is too long or one policy too many. Source: Organizations API, CreatePolicy.
 */
export const createPolicy: Operation = (call) => {
  const organization = managed(call);
  const type = typeIn(call, 'Type');
  const id = `p-${call.uniqueId(10)}`;
  const policy: PolicyDocument = {
    tags: tagsOf(call),
    formerTags: [],
    tagsSeenAt: call.now + call.latencies.listLagMs,
    id,
    arn: arnOf(organization, type, id),
    name: text(call, 'Name', rules.policyName),
    description: text(call, 'Description', rules.policyDescription),
    type,
    awsManaged: false,
    content: checked(type, text(call, 'Content', rules.policyContent)),
  };
  refuseTakenName(call, policy);
  const others = policiesOf(call).filter((other) => other.type === type && !other.awsManaged);
  if (others.length >= limits[type].policies) throw violation('POLICY_NUMBER_LIMIT_EXCEEDED');
  call.documents.put(policyKind, call.account, id, policy);
  return { Policy: described(policy) };
};

/** What is left out keeps its value; the change binds at once. Source: Organizations API, UpdatePolicy. */
export const updatePolicy: Operation = (call) => {
  const before = ownPolicy(call);
  const content = optionalText(call, 'Content', rules.policyContent);
  const policy: PolicyDocument = {
    ...before,
    name: optionalText(call, 'Name', rules.policyName) ?? before.name,
    description: optionalText(call, 'Description', rules.policyDescription) ?? before.description,
    content: content === undefined ? before.content : checked(before.type, content),
  };
  refuseTakenName(call, policy);
  call.documents.put(policyKind, call.account, policy.id, policy);
  return { Policy: described(policy) };
};

/** Throws PolicyInUse while it is attached anywhere. Source: Organizations API, DeletePolicy. */
export const deletePolicy: Operation = (call) => {
  const policy = ownPolicy(call);
  if (targetsOf(call, policy).length > 0) throw refusal('PolicyInUseException');
  call.documents.remove(policyKind, call.account, policy.id);
  return {};
};

/** A type of policies that the simulator enforces; the other types are refused by name. */
export function typeIn(call: Call, member: string): PolicyType {
  const asked = text(call, member);
  const type = policyTypes.find((known) => known === asked);
  if (type) return type;
  throw new AwsError('UnsupportedBySimulator', 400, `${member}: policies of the type ${asked} are not simulated.`);
}

const arnOf = ({ id, management }: OrganizationDocument, type: PolicyType, policy: string): string =>
  `arn:aws:organizations::${management}:policy/${id}/${type.toLowerCase()}/${policy}`;

function ownPolicy(call: Call): PolicyDocument {
  const policy = knownPolicy(call);
  if (policy.awsManaged) throw invalid('IMMUTABLE_POLICY', 'PolicyId');
  return policy;
}

function refuseTakenName(call: Call, { id, name, type }: PolicyDocument): void {
  const taken = policiesOf(call).some((other) => other.id !== id && other.type === type && other.name === name);
  if (taken) throw refusal('DuplicatePolicyException');
}

function checked(type: PolicyType, content: string): string {
  if (content.length > limits[type].characters) throw violation('POLICY_CONTENT_LIMIT_EXCEEDED');
  try {
    parsePolicy(content, uses[type]);
    return content;
  } catch (error) {
    if (error instanceof PolicyFault) throw refusal('MalformedPolicyDocumentException', error.message);
    throw error;
  }
}
