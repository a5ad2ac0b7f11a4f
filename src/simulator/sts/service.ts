/** The simulated STS: who am I, and becoming somebody else by a role's trust policy. */

import { AwsError, type Call, type Service } from '../engine/core.js';
import { queryWire } from '../protocol/query-xml.js';
import { assumeRole } from './assume-role.js';
import { assumeRoot } from './assume-root.js';
import { inputs } from './inputs.js';
import { getSessionToken } from './session-token.js';
import { isSession } from './sessions.js';

/** Works always, also in an account whose services are not ready. Source: STS API, GetCallerIdentity. */
function getCallerIdentity({ principal }: Call): Readonly<Record<string, unknown>> {
  return { UserId: principal.userId, Account: principal.account, Arn: principal.arn };
}

/** For long-term keys of IAM users alone; sessions of federated users are not simulated. Source: STS API, GetFederationToken. */
function getFederationToken({ principal }: Call): never {
  if (principal.type !== 'user' || isSession(principal)) {
    throw new AwsError('AccessDenied', 403, 'Cannot call GetFederationToken with session credentials');
  }
  throw new AwsError(
    'UnsupportedBySimulator',
    400,
    'GetFederationToken: sessions of federated users are not simulated.',
  );
}

/** Source: STS API 2011-06-15. */
export const sts: Service = {
  name: 'sts',
  wire: queryWire({ version: '2011-06-15', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' }),
  inputs,
  operations: {
    AssumeRole: assumeRole,
    AssumeRoot: assumeRoot,
    GetCallerIdentity: getCallerIdentity,
    GetSessionToken: getSessionToken,
    GetFederationToken: getFederationToken,
  },
};
