/** Managed policies: the customer's own and, to read, those that AWS keeps. */
import type { Call, Operations } from '../engine/core.js';
import { type AwsManagedPolicy, awsManagedPolicies, awsManagedPolicy } from './aws-managed-policies.js';
import { kinds, type ManagedPolicyDocument, type PolicyOwner } from './documents.js';
import { born, uniqueIdOf } from './entities.js';
import { alreadyExists, deleteConflict, limitExceeded, noSuchEntity } from './errors.js';
import { flag, name, optionalText, optionalWord, path, policyArn, tags, text } from './input.js';
import { page } from './pages.js';
import { checkedPolicy, sizeOf } from './policy-checks.js';

/** The longest managed policy. Source: IAM User Guide, IAM and AWS STS quotas. */
const longest = 6144;

/** Operations on managed policies. Source: IAM API, CreatePolicy, GetPolicy, ListPolicies, DeletePolicy. */
export const policyOperations: Operations = {
  CreatePolicy(call) {
    const policyName = name(call, 'PolicyName');
    const document = checkedDocument(call);
    const taken = ownPolicies(call).some((other) => other.policyName.toLowerCase() === policyName.toLowerCase());
    if (taken) throw alreadyExists(`A policy called ${policyName} already exists. Duplicate names are not allowed.`);
    const policy: ManagedPolicyDocument = {
      ...born(call, 'policy', path(call), policyName),
      policyName,
      policyId: uniqueIdOf(call, 'ANPA'),
      description: optionalText(call, 'Description') ?? '',
      versions: [{ id: 'v1', document, createdAt: call.now }],
      defaultVersion: 'v1',
      versionsMade: 1,
      tags: tags(call),
      updatedAt: call.now,
    };
    keepPolicy(call, policy);
    return { Policy: described(call, policy) };
  },
  GetPolicy(call) {
    const arn = policyArn(call);
    const kept = awsManagedPolicy(arn);
    return { Policy: kept ? describedOfAws(call, kept) : described(call, visiblePolicy(call, arn), true) };
  },
  ListPolicies(call) {
    const scope = optionalWord(call, 'Scope', ['All', 'AWS', 'Local']) ?? 'All';
    const prefix = optionalText(call, 'PathPrefix') ?? '/';
    const own = ownPolicies(call).filter(({ visibleAt }) => call.now >= visibleAt);
    const all = [
      ...(scope === 'AWS' ? [] : own.map((policy) => described(call, policy))),
      ...(scope === 'Local' ? [] : awsManagedPolicies().map((policy) => describedOfAws(call, policy))),
    ];
    const onlyAttached = flag(call, 'OnlyAttached');
    const boundaries = optionalWord(call, 'PolicyUsageFilter', ['PermissionsPolicy', 'PermissionsBoundary']);
    const wanted = all.filter(({ Path, AttachmentCount }) => {
      if (boundaries === 'PermissionsBoundary') return false;
      return Path.startsWith(prefix) && (!onlyAttached || AttachmentCount > 0);
    });
    return page(call, 'Policies', wanted);
  },
  DeletePolicy(call) {
    const policy = ownPolicy(call, policyArn(call));
    if (attachments(call, policy.arn) > 0) throw deleteConflict('Cannot delete a policy attached to entities.');
    if (policy.versions.length > 1) {
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. " +
          'The default version is deleted with the policy.',
      );
    }
    call.documents.remove(kinds.policy, call.account, policy.arn);
    return {};
  },
};

/** The document that the call brings, checked. @throws MalformedPolicyDocument, LimitExceeded */
export function checkedDocument(call: Call): string {
  const document = text(call, 'PolicyDocument');
  checkedPolicy(document, 'identity');
  if (sizeOf(document) > longest) throw limitExceeded(`Cannot exceed quota for PolicySize: ${longest}`);
  return document;
}

const ownPolicies = (call: Call): readonly ManagedPolicyDocument[] =>
  call.documents.list<ManagedPolicyDocument>(kinds.policy, call.account);

export const keepPolicy = (call: Call, policy: ManagedPolicyDocument): void =>
  call.documents.put(kinds.policy, call.account, policy.arn, policy);

/** The customer's policy for a change. @throws NoSuchEntity */
export function ownPolicy(call: Call, arn: string): ManagedPolicyDocument {
  const found = call.documents.get<ManagedPolicyDocument>(kinds.policy, call.account, arn);
  if (found) return found;
  throw noSuchEntity(`Policy ${arn} was not found.`);
}

/** The customer's policy as reads see it. @throws NoSuchEntity */
export function visiblePolicy(call: Call, arn: string): ManagedPolicyDocument {
  const found = ownPolicy(call, arn);
  if (call.now >= found.visibleAt) return found;
  throw noSuchEntity(`Policy ${arn} was not found.`);
}

function attachments({ documents, account }: Call, arn: string): number {
  const owners = [kinds.role, kinds.user, kinds.group].flatMap((kind) => documents.list<PolicyOwner>(kind, account));
  return owners.filter(({ attached }) => attached.includes(arn)).length;
}

/** A policy in AWS's shape; description and tags are in GetPolicy's alone. Source: IAM API, Policy. */
function described(call: Call, policy: ManagedPolicyDocument, whole = false) {
  return {
    PolicyName: policy.policyName,
    PolicyId: policy.policyId,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: attachments(call, policy.arn),
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    ...(whole && policy.description !== '' ? { Description: policy.description } : {}),
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
    ...(whole && policy.tags.length > 0 ? { Tags: policy.tags } : {}),
  };
}

/** When AWS made its own policies; the exact dates carry no meaning here. */
const madeByAws = new Date('2015-02-06T18:39:00Z');

function describedOfAws(call: Call, policy: AwsManagedPolicy) {
  return {
    PolicyName: policy.policyName,
    PolicyId: policy.policyId,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: attachments(call, policy.arn),
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: madeByAws,
    UpdateDate: madeByAws,
  };
}
