/** A session of a role: assumed when first needed, shared by every client of that role, renewed before it ends. */
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { classify } from './errors.js';
import { explained } from './explained-error.js';
import { type Around, ofACallBefore } from './watched-calls.js';

export interface Role {
  readonly roleArn: string;
  readonly externalId?: string;
  /** Seen in CloudTrail by the account's owner, so it must name nobody. */
  readonly sessionName: string;
  /** Only where the role's trust policy allows sts:SetSourceIdentity; otherwise AWS refuses the call. */
  readonly sourceIdentity?: string;
}

/** Keys of a session; they live in memory alone and go into no event, log or error. */
export interface SessionKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}
/** `memoized` tells the SDK to ask every time, because the keeping is done here, once for all clients of a role. */
export type CredentialsProvider = (() => Promise<SessionKeys>) & { readonly memoized: true };

export interface RoleSession {
  readonly credentials: CredentialsProvider;
  /** Stands around the calls that the session signs: one that AWS has ended is assumed anew, once a call. */
  readonly around: Around;
}

/** Role chaining allows no more than an hour. Source: STS AssumeRole. */
const sessionSeconds = 3600;
const renewBeforeMs = 5 * 60_000;

/** What AWS answers to keys that it has ended. Source: the common errors of AWS; S3, Error responses (InvalidToken). */
const ended: ReadonlySet<string> = new Set(['ExpiredToken', 'InvalidToken', 'TokenRefreshRequired']);
/** What it answers to keys that it does not know, as those of a role that was made anew, or in an account that is young. */
const unknownKeys: ReadonlySet<string> = new Set([
  'AuthFailure',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'UnrecognizedClient',
]);

/**
 * The credentials of a role, assumed once for all who ask at the same time; a failure is not remembered. They are renewed
 * by their age on `now` (milliseconds): AWS's time of their end says nothing to a clock that is wrong. Whatever the age, an
 * answer that the session has ended drops it.
 */
export function roleSession(sts: STSClient, role: Role, now: () => number = Date.now): RoleSession {
  let keys: SessionKeys | undefined;
  let renewAt = 0;
  let assuming: Promise<SessionKeys> | undefined;
  const renew = async (): Promise<SessionKeys> => {
    try {
      const asked = now();
      keys = await assumeRole(sts, role);
      renewAt = asked + sessionSeconds * 1000 - renewBeforeMs;
      return keys;
    } finally {
      assuming = undefined;
    }
  };
  const provide = async (): Promise<SessionKeys> => {
    if (keys && now() < renewAt) return keys;
    assuming ??= renew();
    return assuming;
  };
  const around: Around = {
    async keep(_operation, call) {
      const signedWith = keys;
      try {
        return await call();
      } catch (error) {
        if (ofACallBefore(error) || !isEnded(error)) throw error;
        // Calls under way together drop it once: keys that were assumed meanwhile stay.
        if (signedWith === undefined || keys === signedWith) keys = undefined;
        return call().catch(refusedAnew(role));
      }
    },
  };
  return { credentials: Object.assign(provide, { memoized: true as const }), around };
}

function isEnded(error: unknown): boolean {
  const { code } = classify(error);
  return ended.has(code) || unknownKeys.has(code);
}

/** A session that is called ended the moment it was assumed points at a clock, and at no missing credentials of our own. */
function refusedAnew({ roleArn }: Role): (error: unknown) => never {
  return (error) => {
    if (ofACallBefore(error) || !ended.has(classify(error).code)) throw error;
    throw explained('SetUpRefused', error, `a session of ${roleArn} that was assumed a moment ago: `);
  };
}

/** Assumes a role for an hour. Source: STS API, AssumeRole; its errors are passed on as they are. */
export async function assumeRole(sts: STSClient, role: Role, abortSignal?: AbortSignal): Promise<SessionKeys> {
  const request = new AssumeRoleCommand({
    RoleArn: role.roleArn,
    RoleSessionName: role.sessionName,
    DurationSeconds: sessionSeconds,
    ExternalId: role.externalId,
    SourceIdentity: role.sourceIdentity,
  });
  const { Credentials: answer } = await sts.send(request, { abortSignal });
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = answer ?? {};
  if (!accessKeyId || !secretAccessKey || !sessionToken)
    throw new Error(`AssumeRole answered without credentials for ${role.roleArn}`);
  const expiration = answer?.Expiration ?? new Date(Date.now() + sessionSeconds * 1000);
  return { accessKeyId, secretAccessKey, sessionToken, expiration };
}
