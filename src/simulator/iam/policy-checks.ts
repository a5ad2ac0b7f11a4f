/** Policies as they are put into IAM: their grammar, their size, and whether the principals that they trust exist. */
import type { Call } from '../engine/core.js';
import { PolicyFault, type PolicyUse, type Statement } from '../policies/elements.js';
import { parsePolicy } from '../policies/grammar.js';
import { awsPrincipals, idsOf } from '../policies/resource-policy.js';
import { identityIdOf, principalExists } from '../world/identities.js';
import type { RoleDocument } from './documents.js';
import { limitExceeded, malformedPolicy } from './errors.js';

/** The characters that count against a policy's size: all but white space. */
export const sizeOf = (text: string): number => text.replaceAll(/\s/g, '').length;

/** The statements of a good policy. @throws MalformedPolicyDocument */
export function checkedPolicy(text: string, use: PolicyUse): readonly Statement[] {
  try {
    return parsePolicy(text, use);
  } catch (error) {
    if (error instanceof PolicyFault) throw malformedPolicy(error.message);
    throw error;
  }
}

/** The longest trust policy. Source: IAM User Guide, IAM and AWS STS quotas. */
const longestTrust = 2048;

/**
 * A good trust policy, with the unique ids of the principals that it names. A principal of a known account must exist
 * and have spread through AWS, else the policy is malformed. Source: IAM API, CreateRole; IAM User Guide, troubleshooting
 * of eventual consistency.
 * @throws MalformedPolicyDocument, LimitExceeded
 */
export function checkedTrust({ documents, now }: Call, text: string): Pick<RoleDocument, 'trust' | 'trustIds'> {
  const statements = checkedPolicy(text, 'trust');
  if (sizeOf(text) > longestTrust) throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${longestTrust}`);
  const strange = awsPrincipals(statements).find((principal) => !principalExists(documents, principal, now));
  if (strange !== undefined) throw malformedPolicy(`Invalid principal in policy: "AWS":"${strange}"`);
  return { trust: text, trustIds: idsOf(statements, (arn) => identityIdOf(documents, arn, now)) };
}

/** A policy's text as IAM answers it. Source: IAM API, GetRole: URL-encoded compliant with RFC 3986. */
export const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
