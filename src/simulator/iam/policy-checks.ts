/** Policies as they are put into IAM: their grammar, their size, and whether the principals that they trust exist. */
import type { Call } from '../engine/core.js';
import { PolicyFault, type PolicyUse, type Statement } from '../policies/elements.js';
import { parsePolicy } from '../policies/grammar.js';
import { kinds, type RoleDocument, type UserDocument } from './documents.js';
import { isKnownAccount } from './entities.js';
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
 * Accepts a trust policy. A principal of a known account must exist and have spread through AWS, else the policy is
 * malformed. Source: IAM API, CreateRole; IAM User Guide, troubleshooting of eventual consistency.
 * @throws MalformedPolicyDocument, LimitExceeded
 */
export function checkTrust(call: Call, text: string): void {
  const statements = checkedPolicy(text, 'trust');
  if (sizeOf(text) > longestTrust) throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${longestTrust}`);
  const named = statements.flatMap(({ Principal, NotPrincipal }) => [Principal, NotPrincipal]);
  const strange = named.flatMap((principal) => principal?.AWS ?? []).find((principal) => !exists(call, principal));
  if (strange !== undefined) throw malformedPolicy(`Invalid principal in policy: "AWS":"${strange}"`);
}

function exists(call: Call, principal: string): boolean {
  if (principal === '*' || /^\d{12}$/.test(principal)) return true;
  const [, service, account, resource] = /^arn:aws:(iam|sts)::(\d{12}):(.+)$/.exec(principal) ?? [];
  if (!service || !account || !resource) return false;
  if (resource === 'root') return true;
  const [type, ...steps] = resource.split('/');
  if (service === 'sts') return type === 'assumed-role' && steps.length === 2;
  if (!isKnownAccount(call.documents, account)) return true;
  const name = steps.at(-1) ?? '';
  const found =
    type === 'role'
      ? call.documents.get<RoleDocument>(kinds.role, account, name)
      : call.documents.get<UserDocument>(kinds.user, account, name);
  return found?.arn === principal && call.now >= found.visibleAt;
}

/** A policy's text as IAM answers it. Source: IAM API, GetRole: URL-encoded compliant with RFC 3986. */
export const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
