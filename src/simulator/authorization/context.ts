/** The global condition keys of a call: who asks, when, from where, and about what. */
import type { Call, Principal } from '../engine/core.js';
import { kinds, type RoleDocument, type UserDocument } from '../iam/documents.js';
import { pathOf } from '../iam/organization-limits.js';
import type { RequestFacts } from '../policies/conditions.js';
import { isSession } from '../sts/sessions.js';
import { accountOf } from '../world/accounts.js';
import { managedBy } from '../world/organization.js';
import type { Tag } from '../world/tags.js';

type MaybeFacts = Readonly<Record<string, RequestFacts[string] | undefined>>;

/** The facts that are there; a key without a value is not in the request at all. */
export const present = (facts: MaybeFacts): RequestFacts =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([key, value]) => (value === undefined || value.length === 0 ? [] : [[key, value]])),
  );

/** Source: IAM User Guide, AWS global condition context keys. */
export function globalFacts(call: Call, resourceAccount: string): MaybeFacts {
  return {
    ...ofPrincipal(call),
    ...ofOrganization(call, call.principal.account, 'Principal'),
    ...ofOrganization(call, resourceAccount, 'Resource'),
    ...ofTags(call),
    'aws:ResourceAccount': resourceAccount,
    'aws:RequestedRegion': call.region,
    'aws:CurrentTime': new Date(call.now).toISOString(),
    'aws:EpochTime': String(Math.floor(call.now / 1000)),
    // The simulator listens on the loopback interface, and stands for endpoints that speak TLS alone.
    'aws:SourceIp': '127.0.0.1',
    'aws:SecureTransport': 'true',
    'aws:PrincipalIsAWSService': 'false',
    'aws:ViaAWSService': 'false',
  };
}

/** What AWS calls a caller. Source: IAM User Guide, aws:PrincipalType. */
const types: Readonly<Record<Principal['type'], string>> = {
  user: 'User',
  'role-session': 'AssumedRole',
  root: 'Account',
};

function ofPrincipal({ documents, principal, now }: Call): MaybeFacts {
  const name = principal.roleArn.slice(principal.roleArn.lastIndexOf('/') + 1);
  return {
    'aws:PrincipalArn': principal.roleArn,
    'aws:PrincipalAccount': principal.account,
    'aws:PrincipalType': types[principal.type],
    'aws:userid': principal.userId,
    'aws:username': principal.type === 'user' ? name : undefined,
    'aws:AssumedRoot': principal.type === 'root' ? 'true' : undefined,
    ...ofSession(principal, now),
    ...prefixed('aws:PrincipalTag', [
      ...tagsOf(documents, principal, name),
      ...(isSession(principal) ? principal.tags : []),
    ]),
  };
}

/** Long-term keys have no key about MFA at all. Source: IAM User Guide, aws:MultiFactorAuthPresent. */
function ofSession(principal: Principal, now: number): MaybeFacts {
  if (!isSession(principal)) return {};
  const { issuedAt, mfa, sourceIdentity } = principal;
  const ageSeconds = String(Math.floor((now - (issuedAt ?? now)) / 1000));
  return {
    'aws:MultiFactorAuthPresent': String(mfa),
    'aws:MultiFactorAuthAge': mfa ? ageSeconds : undefined,
    'aws:TokenIssueTime': issuedAt === undefined ? undefined : new Date(issuedAt).toISOString(),
    'aws:SourceIdentity': sourceIdentity ?? undefined,
  };
}

function tagsOf(documents: Call['documents'], { type, account }: Principal, name: string): readonly Tag[] {
  if (type === 'root') return [];
  const kind = type === 'user' ? kinds.user : kinds.role;
  return documents.get<UserDocument | RoleDocument>(kind, account, name)?.tags ?? [];
}

function ofOrganization({ documents, now }: Call, account: string, whose: 'Principal' | 'Resource'): MaybeFacts {
  const member = accountOf(documents, account, now);
  const organization = member?.organization ? managedBy(documents, member.organization) : undefined;
  if (!member || !organization) return {};
  const path = [organization.id, ...pathOf(documents, organization, member.parentId)].join('/');
  return { [`aws:${whose}OrgID`]: organization.id, [`aws:${whose}OrgPaths`]: [`${path}/`] };
}

/** Tags that the request brings or takes away, under whatever member the service has for them. */
function ofTags({ input }: Call): MaybeFacts {
  const sent = [input.Tags ?? input.TagsList ?? []].flat().flatMap((tag) => {
    const { Key, Value = '' }: { Key?: unknown; Value?: unknown } = Object(tag);
    return typeof Key === 'string' && typeof Value === 'string' ? [{ Key, Value }] : [];
  });
  const keys = [input.TagKeys ?? []].flat().filter((key) => typeof key === 'string');
  return { ...prefixed('aws:RequestTag', sent), 'aws:TagKeys': [...sent.map(({ Key }) => Key), ...keys] };
}

const prefixed = (prefix: string, tags: readonly Tag[]): MaybeFacts =>
  Object.fromEntries(tags.map(({ Key, Value }) => [`${prefix}/${Key}`, Value]));
