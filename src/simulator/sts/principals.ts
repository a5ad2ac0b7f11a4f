/** Who signed a request: a session, or a user with a long-term access key. */
import { AwsError, type Documents, type Principal } from '../engine/core.js';
import { accessKey } from '../iam/access-key-documents.js';
import { kinds, type UserDocument } from '../iam/documents.js';
import { sessionPrincipalOf } from './sessions.js';

/**
 * Throws InvalidClientTokenId 403 for an unknown or inactive key or a token that is not its own, and ExpiredToken 403
 * after a session's end; the dispatcher renames them for services with names of their own.
 * Source: STS and IAM API, Common Errors.
 */
export function principalOf(
  documents: Documents,
  accessKeyId: string,
  sessionToken: string | undefined,
  now: number,
): Principal {
  if (!accessKeyId.startsWith('AKIA')) return sessionPrincipalOf(documents, accessKeyId, sessionToken, now);
  const key = accessKey(documents, accessKeyId);
  const user = key?.active ? documents.get<UserDocument>(kinds.user, key.account, key.userName) : undefined;
  if (!key || !user) {
    throw new AwsError('InvalidClientTokenId', 403, 'The security token included in the request is invalid.');
  }
  const { arn, userId } = user;
  return { type: 'user', account: key.account, arn, roleArn: arn, uniqueId: userId, userId, chained: false };
}
