/** Roles and users as any service may look them up: by ARN, with the unique id that stays theirs alone. */
import type { Documents } from '../engine/core.js';

/** The kinds under which roles and users are kept, key: the name. */
export const identityKinds = { role: 'iam-role', user: 'iam-user' } as const;

interface KeptIdentity {
  readonly arn: string;
  readonly roleId?: string;
  readonly userId?: string;
  readonly visibleAt: number;
}

/** The unique id of the role or user that has this ARN now, once it has spread through AWS. */
export function identityIdOf(documents: Documents, arn: string, now: number): string | undefined {
  const [, account, type, path = ''] = /^arn:aws:iam::(\d{12}):(role|user)\/(.+)$/.exec(arn) ?? [];
  if (account === undefined) return undefined;
  const kind = type === 'role' ? identityKinds.role : identityKinds.user;
  const kept = documents.get<KeptIdentity>(kind, account, path.slice(path.lastIndexOf('/') + 1));
  return kept?.arn === arn && now >= kept.visibleAt ? (kept.roleId ?? kept.userId) : undefined;
}

/**
 * Whether a policy may name this AWS principal. One of an account that is not simulated is taken as it is.
 * Source: IAM User Guide, AWS JSON policy elements: Principal.
 */
export function principalExists(documents: Documents, principal: string, now: number): boolean {
  if (principal === '*' || /^\d{12}$/.test(principal)) return true;
  const [, service, account, resource] = /^arn:aws:(iam|sts)::(\d{12}):(.+)$/.exec(principal) ?? [];
  if (!service || !account || !resource) return false;
  if (resource === 'root') return true;
  if (service === 'sts') return /^assumed-role\/[^/]+\/[^/]+$/.test(resource);
  return !isSimulated(documents, account) || identityIdOf(documents, principal, now) !== undefined;
}

/** An account that is simulated has at least one role. */
const isSimulated = (documents: Documents, account: string): boolean =>
  documents
    .listAfter<KeptIdentity>(identityKinds.role, justBefore(account), 1)
    .some(({ arn }) => arn.split(':')[4] === account);

const justBefore = (account: string): string => String(Number(account) - 1).padStart(12, '0');
