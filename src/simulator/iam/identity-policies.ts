/** The permissions of a user: inline and managed policies, its own and those of its groups, evaluated together. */
import type { Documents } from '../engine/core.js';
import { type AccessRequest, type Verdict, verdictOf } from '../policies/evaluation.js';
import { parsePolicy } from '../policies/grammar.js';
import { awsManagedPolicy } from './aws-managed-policies.js';
import {
  type GroupDocument,
  kinds,
  type ManagedPolicyDocument,
  type PolicyOwner,
  type UserDocument,
} from './documents.js';

/** What a user's identity policies say about a request. Source: IAM User Guide, Policy evaluation logic. */
export function identityVerdict(
  documents: Documents,
  account: string,
  user: UserDocument,
  request: AccessRequest,
): Verdict {
  const groups = user.groups.flatMap((name) => documents.get<GroupDocument>(kinds.group, account, name) ?? []);
  const texts = [user, ...groups].flatMap((owner) => policyTexts(documents, account, owner));
  const context = { 'aws:PrincipalArn': user.arn, 'aws:PrincipalAccount': account, ...request.context };
  return verdictOf(
    texts.flatMap((text) => parsePolicy(text, 'identity')),
    { ...request, context },
  );
}

function policyTexts(documents: Documents, account: string, owner: PolicyOwner): readonly string[] {
  return [
    ...Object.values(owner.inline),
    ...owner.attached.flatMap((arn) => managedPolicyText(documents, account, arn) ?? []),
  ];
}

/** The text of a managed policy's default version, whether AWS keeps the policy or the customer; `undefined` if none. */
function managedPolicyText(documents: Documents, account: string, arn: string): string | undefined {
  const own = documents.get<ManagedPolicyDocument>(kinds.policy, account, arn);
  const inForce = own?.versions.find(({ id }) => id === own.defaultVersion);
  return inForce?.document ?? awsManagedPolicy(arn)?.document;
}
