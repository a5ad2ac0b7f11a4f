/** Temporary credentials in AWS's shape. Source: STS API, Credentials. */
import type { SessionCredentials } from './sessions.js';

export const answered = ({ accessKeyId, secretAccessKey, sessionToken, expiresAt }: SessionCredentials) => ({
  AccessKeyId: accessKeyId,
  SecretAccessKey: secretAccessKey,
  SessionToken: sessionToken,
  Expiration: new Date(expiresAt),
});
