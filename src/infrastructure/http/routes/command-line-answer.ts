/** Keys for the command line in the three forms in which AWS's tools take them. */
import type { CommandLineSession } from '../../../application/commands/open-session.js';

/** Source: AWS CLI, environment variables, configuration files, and sourcing credentials with an external process. */
export function commandLineAnswer({ accountId, role, keys, position, hash }: CommandLineSession) {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = keys;
  const profile = [
    `[partner-cloud-${accountId}-${role}]`,
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secretAccessKey}`,
    `aws_session_token = ${sessionToken}`,
  ];
  return {
    accountId,
    role,
    expiresAt,
    environment: {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    },
    profile: `${profile.join('\n')}\n`,
    credentialProcess: {
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: expiresAt,
    },
    position,
    hash,
  };
}
