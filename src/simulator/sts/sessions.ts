/** Sessions of roles, users and root users: what temporary credentials stand for, kept without the credentials themselves. */
import { createHash } from 'node:crypto';
import { AwsError, type Call, type Documents, type Principal } from '../engine/core.js';
import type { Tag } from '../world/tags.js';

/** Kind `session`, account `*`, key: the access key id. Neither the secret key nor the token is ever kept. */
export interface SessionDocument {
  readonly account: string;
  /** Of the role; of the user or root user for a session of one of these. */
  readonly roleArn: string;
  readonly roleId: string;
  readonly sessionName: string;
  readonly sourceIdentity: string | null;
  /** Session tags that go along when another role is assumed from here. */
  readonly transitiveTags: readonly Tag[];
  /** SHA-256 of the session token, in hex; `null` for the one key of the world that needs no token. */
  readonly tokenHash: string | null;
  /** Milliseconds since the epoch; `null`: never. */
  readonly expiresAt: number | null;
  /** Session tags, those handed on included; absent: none. */
  readonly tags?: readonly Tag[];
  /** When the session began; absent for the one that never ends. */
  readonly issuedAt?: number;
  /** Whether it began with a code of an MFA device. */
  readonly mfa?: boolean;
  /** What the session was narrowed to: JSON texts, and ARNs of managed policies; absent: nothing. */
  readonly narrowed?: SessionPolicies | undefined;
  /** The role was assumed from another role's session, so a console session of its own length is not to be had. */
  readonly chained: boolean;
}

/** Source: IAM User Guide, Session policies. */
export interface SessionPolicies {
  readonly texts: readonly string[];
  readonly arns: readonly string[];
}

export const sessionKind = 'session';

/** The principal of a session, with what role chaining hands on. */
export interface SessionPrincipal extends Principal {
  readonly sourceIdentity: string | null;
  readonly transitiveTags: readonly Tag[];
  readonly tags: readonly Tag[];
  readonly issuedAt: number | undefined;
  readonly mfa: boolean;
  readonly narrowed: SessionPolicies | undefined;
  /** Of {@link SessionDocument.chained}; `chained` of a Principal says only that it is a role's session. */
  readonly chainedSession: boolean;
}

type SessionGrant = Omit<SessionDocument, 'tokenHash' | 'expiresAt' | 'issuedAt'> & {
  readonly durationSeconds: number;
};

/** Fresh temporary credentials; the caller answers with them and they exist nowhere else. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAt: number;
}

/** SHA-256 in hex, the only form in which tokens are kept. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Opens a session for a role and returns its only copy of the credentials. Source: STS API, AssumeRole. */
export function newSession(
  { documents, now, uniqueId }: Pick<Call, 'documents' | 'now' | 'uniqueId'>,
  { durationSeconds, ...grant }: SessionGrant,
): SessionCredentials {
  const credentials = {
    accessKeyId: `ASIA${uniqueId(16).toUpperCase()}`,
    secretAccessKey: uniqueId(40),
    sessionToken: `IQoJb3JpZ2luX2Vj${uniqueId(200)}`,
    expiresAt: now + durationSeconds * 1000,
  };
  const session: SessionDocument = {
    ...grant,
    issuedAt: now,
    tokenHash: tokenHash(credentials.sessionToken),
    expiresAt: credentials.expiresAt,
  };
  documents.put(sessionKind, '*', credentials.accessKeyId, session);
  return credentials;
}

/** Who signs with temporary credentials. Throws InvalidClientTokenId 403, and ExpiredToken 403 after the session's end. */
export function sessionPrincipalOf(
  documents: Documents,
  accessKeyId: string,
  sessionToken: string | undefined,
  now: number,
): SessionPrincipal {
  const session = documents.get<SessionDocument>(sessionKind, '*', accessKeyId);
  const tokenFits = session?.tokenHash === null || session?.tokenHash === tokenHash(sessionToken ?? '');
  if (!session || !tokenFits) {
    throw new AwsError('InvalidClientTokenId', 403, 'The security token included in the request is invalid.');
  }
  if (session.expiresAt !== null && now >= session.expiresAt) {
    throw new AwsError('ExpiredToken', 403, 'The security token included in the request is expired');
  }
  return {
    type: typeOf(session.roleArn),
    uniqueId: session.roleId,
    account: session.account,
    arn: sessionArn(session),
    roleArn: session.roleArn,
    userId: typeOf(session.roleArn) === 'role-session' ? `${session.roleId}:${session.sessionName}` : session.roleId,
    chained: typeOf(session.roleArn) !== 'user',
    sourceIdentity: session.sourceIdentity,
    transitiveTags: session.transitiveTags,
    tags: session.tags ?? [],
    issuedAt: session.issuedAt,
    mfa: session.mfa ?? false,
    narrowed: session.narrowed,
    chainedSession: session.chained,
  };
}

/** `arn:aws:sts::<account>:assumed-role/<role name without its path>/<session name>`; a root session is the root user. */
export function sessionArn({ account, roleArn, sessionName }: Omit<SessionGrant, 'durationSeconds'>): string {
  if (typeOf(roleArn) !== 'role-session') return roleArn;
  return `arn:aws:sts::${account}:assumed-role/${roleArn.split('/').at(-1)}/${sessionName}`;
}

function typeOf(arn: string): Principal['type'] {
  if (arn.endsWith(':root')) return 'root';
  return arn.includes(':user/') ? 'user' : 'role-session';
}

/** What a principal hands on when it assumes a further role; nothing unless it is a session of {@link principalOf}. */
export function handedOn(principal: Principal): Pick<SessionPrincipal, 'sourceIdentity' | 'transitiveTags'> {
  return isSession(principal) ? principal : { sourceIdentity: null, transitiveTags: [] };
}

/** Whether it signs with temporary credentials. */
export const isSession = (principal: Principal): principal is SessionPrincipal => 'transitiveTags' in principal;
