/** GetSessionToken: a user's own permissions for a while, with a code of an MFA device where one is given. */

import { AwsError, type Call } from '../engine/core.js';
import { kinds, type MfaDeviceDocument } from '../iam/documents.js';
import { isCurrent } from '../iam/totp.js';
import { answered } from './credentials.js';
import { optionalText, text, wholeNumber } from './input.js';
import { isSession, newSession } from './sessions.js';

/**
 * For long-term keys of users alone. Errors: AccessDenied 403 to sessions, and for a code that is not that of the
 * user's device. Source: STS API, GetSessionToken.
 */
export function getSessionToken(call: Call): Readonly<Record<string, unknown>> {
  const { principal } = call;
  if (principal.type !== 'user' || isSession(principal)) {
    throw new AwsError('AccessDenied', 403, 'Cannot call GetSessionToken with session credentials');
  }
  const durationSeconds = wholeNumber(call, 'DurationSeconds', 900, 129_600) ?? 43_200;
  const session = newSession(call, {
    account: principal.account,
    roleArn: principal.arn,
    roleId: principal.uniqueId,
    sessionName: '',
    sourceIdentity: null,
    transitiveTags: [],
    mfa: provedByCode(call),
    chained: false,
    durationSeconds,
  });
  return { Credentials: answered(session) };
}

/** Whether the call brings the code of a device. @throws AccessDenied for a wrong one */
function provedByCode(call: Call): boolean {
  const serial = optionalText(call, 'SerialNumber');
  if (serial === undefined) return false;
  const device = call.documents.get<MfaDeviceDocument>(kinds.mfaDevice, call.account, serial);
  const isOwn = device !== undefined && device.userName !== null && call.principal.arn.endsWith(`/${device.userName}`);
  if (isOwn && isCurrent(device.seed, text(call, 'TokenCode'), call.now)) return true;
  throw new AwsError('AccessDenied', 403, 'MultiFactorAuthentication failed with invalid MFA one time pass code.');
}
