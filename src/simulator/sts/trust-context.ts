/** The condition keys that AssumeRole brings to a role's trust policy. */

import type { Call } from '../engine/core.js';
import type { RequestFacts } from '../policies/conditions.js';
import { accountOf } from '../world/accounts.js';
import { managedBy } from '../world/organization.js';
import type { Tag } from '../world/tags.js';
import type { AssumeRoleRequest } from './assume-role-request.js';
import { handedOn } from './sessions.js';

/** What the new session will carry: what the request sets, and what a chained caller hands on. */
export interface Carried {
  readonly sourceIdentity: string | null;
  readonly tags: readonly Tag[];
  readonly transitiveTags: readonly Tag[];
}

/** Source: IAM User Guide, Available keys for AWS STS, and AWS global condition context keys. */
export function trustContext(call: Call, request: AssumeRoleRequest, carried: Carried): RequestFacts {
  const { principal } = call;
  const single: Readonly<Record<string, string | null | undefined>> = {
    'sts:ExternalId': request.externalId,
    'sts:RoleSessionName': request.sessionName,
    'sts:SourceIdentity': carried.sourceIdentity,
    'aws:SourceIdentity': handedOn(principal).sourceIdentity,
    'aws:PrincipalArn': principal.roleArn,
    'aws:PrincipalAccount': principal.account,
    'aws:PrincipalOrgID': organizationOf(call),
    'aws:PrincipalType': 'AssumedRole',
    'aws:userid': principal.userId,
    'aws:MultiFactorAuthPresent': 'false',
    'aws:SecureTransport': 'true',
    ...Object.fromEntries(carried.tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
  };
  const lists = {
    'aws:TagKeys': carried.tags.map(({ Key }) => Key),
    'sts:TransitiveTagKeys': carried.transitiveTags.map(({ Key }) => Key),
  };
  return { ...present(single), ...(carried.tags.length > 0 && lists) };
}

function organizationOf({ documents, principal, now }: Call): string | undefined {
  const management = accountOf(documents, principal.account, now)?.organization;
  return management ? managedBy(documents, management)?.id : undefined;
}

/** A key without a value is not in the request at all. */
function present(keys: Readonly<Record<string, string | null | undefined>>): RequestFacts {
  return Object.fromEntries(
    Object.entries(keys).flatMap(([key, value]) => (value === null || value === undefined ? [] : [[key, [value]]])),
  );
}
