/** Sessions of assumed roles: what temporary credentials stand for, kept without the credentials themselves. */
import { createHash } from 'node:crypto';
import { AwsError, type Call, type Documents, type Principal } from '../engine/core.js';
import type { Tag } from '../world/tags.js';

/** Kind `session`, account `*`, key: the access key id. Neither the secret key nor the token is ever kept. */
export interface SessionDocument {
  readonly account: string;
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
  /** Of {@link SessionDocument.chained}; `chained` of a Principal says only that it is a role's session. */
  readonly chainedSession: boolean;
}

type SessionGrant = Omit<SessionDocument, 'tokenHash' | 'expiresAt'> & { readonly durationSeconds: number };

/** Fresh temporary credentials; the caller answers with them and they exist nowhere else. */
interface SessionCredentials {
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
    tokenHash: tokenHash(credentials.sessionToken),
    expiresAt: credentials.expiresAt,
  };
  documents.put(sessionKind, '*', credentials.accessKeyId, session);
  return credentials;
}

/**
 * Who signs with an access key. Throws InvalidClientTokenId 403 for an unknown key or a token that is not its own, and
 * ExpiredToken 403 after the session's end; the dispatcher renames them for services with names of their own.
 * Source: STS and IAM API, Common Errors.
 */
export function principalOf(
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
    account: session.account,
    arn: sessionArn(session),
    roleArn: session.roleArn,
    userId: isRoot(session.roleArn) ? session.account : `${session.roleId}:${session.sessionName}`,
    chained: true,
    sourceIdentity: session.sourceIdentity,
    transitiveTags: session.transitiveTags,
    chainedSession: session.chained,
  };
}

/** `arn:aws:sts::<account>:assumed-role/<role name without its path>/<session name>`; a root session is the root user. */
export function sessionArn({ account, roleArn, sessionName }: Omit<SessionGrant, 'durationSeconds'>): string {
  if (isRoot(roleArn)) return roleArn;
  return `arn:aws:sts::${account}:assumed-role/${roleArn.split('/').at(-1)}/${sessionName}`;
}

const isRoot = (arn: string): boolean => arn.endsWith(':root');

/** What a principal hands on when it assumes a further role; nothing unless it is a session of {@link principalOf}. */
export function handedOn(principal: Principal): Pick<SessionPrincipal, 'sourceIdentity' | 'transitiveTags'> {
  return isSession(principal) ? principal : { sourceIdentity: null, transitiveTags: [] };
}

const isSession = (principal: Principal): principal is SessionPrincipal => 'transitiveTags' in principal;
