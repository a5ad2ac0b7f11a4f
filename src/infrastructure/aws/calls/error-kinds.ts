/** Which errors of AWS, and of the way to it, mean the same to us. */

export type ErrorKind =
  /** AWS limits the rate of calls. */
  | 'throttled'
  /** A 5xx. */
  | 'unavailable'
  /** No connection came about, or one to something that is not AWS: an operator may have to act. */
  | 'unreachable'
  /** The answer did not come, or the connection broke: the call may have taken effect. */
  | 'timeout'
  /** The account exists but its services do not all know it yet; believed only of an account that we made lately. */
  | 'young-account'
  /** AWS does not serve our own account, a payer, or a session of ours: a fault of the set-up and of no customer's account. */
  | 'set-up'
  /** AWS does not serve an account that is neither young nor at its end. */
  | 'not-served'
  /** The account is closed or being closed. */
  | 'closed'
  /** AWS has suspended the account: it is alive and restricted. */
  | 'suspended'
  /** Something else bears the name of what is to be made. */
  | 'name-taken'
  | 'denied'
  /** We have no valid credentials of our own: nothing was sent, or AWS looked at nothing but the signature. */
  | 'own-credentials'
  /** Another change is under way, or an earlier one is not seen everywhere yet. */
  | 'race'
  | 'other';

/** Source: aws-facts §6. IAM's LimitExceeded is left out although the SDK retries it: it is a quota, not a rate. */
const kinds: Readonly<Record<Exclude<ErrorKind, 'other' | 'unreachable'>, readonly string[]>> = {
  throttled: [
    'BandwidthLimitExceeded',
    'PriorRequestNotComplete',
    'RequestLimitExceeded',
    'RequestThrottled',
    'SlowDown',
    'Throttled',
    'Throttling',
    'TooManyRequests',
  ],
  unavailable: [
    'InternalError',
    'InternalFailure',
    'InternalServiceError',
    'Service',
    'ServiceFailure',
    'ServiceUnavailable',
    ...['EHOSTUNREACH', 'ENETUNREACH'],
  ],
  timeout: ['Timeout', 'TimeoutError', 'RequestTimeout', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'],
  // Source: aws-facts §2.1 and §6.2.
  'young-account': [
    'AuthFailure',
    'InvalidAccessKeyId',
    'InvalidClientTokenId',
    'NotSignedUp',
    'OptInRequired',
    'RegionDisabled',
    'SubscriptionRequired',
    'UnrecognizedClient',
  ],
  denied: ['AccessDenied', 'AuthorizationError', 'NotAuthorized', 'UnauthorizedOperation'],
  // Source: the SDK's credential providers; the common errors of AWS, ExpiredToken.
  'own-credentials': ['CredentialsProviderError', 'ExpiredToken', 'OwnCredentialsRefused', 'TokenProviderError'],
  // Errors of our own, which stand for what AWS said once it was looked into.
  'set-up': ['SetUpRefused'],
  'not-served': ['AccountNotServed'],
  closed: ['AccountClosed'],
  suspended: ['AccountSuspended'],
  'name-taken': ['NameTaken'],
  race: [
    'ConcurrentModification',
    'Conflict',
    'EntityTemporarilyUnmodifiable',
    'FinalizingOrganization',
    'InsufficientDeliveryPolicy',
    'InsufficientS3BucketPolicy',
    'OperationAborted',
    'PolicyChangesInProgress',
  ],
};
/** The kind of an error by its AWS name (without `Exception`) or its socket code. */
export const kindOfCode: ReadonlyMap<string, ErrorKind> = new Map(
  Object.entries(kinds).flatMap(([kind, codes]) => codes.map((code) => [code, kind as ErrorKind] as const)),
);
