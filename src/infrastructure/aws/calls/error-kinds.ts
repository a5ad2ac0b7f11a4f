/** Which errors of AWS, and of the way to it, mean the same to us. */

export type ErrorKind =
  /** AWS limits the rate of calls. */
  | 'throttled'
  /** A 5xx, an answer that could not be read, or no connection at all. */
  | 'unavailable'
  /** The answer did not come, or the connection broke: the call may have taken effect. */
  | 'timeout'
  /** The account exists but its services do not all know it yet. */
  | 'young-account'
  | 'denied'
  /** We have no valid credentials of our own: nothing was sent, or AWS looked at nothing but the signature. */
  | 'own-credentials'
  /** Another change is under way, or an earlier one is not seen everywhere yet. */
  | 'race'
  | 'other';

/** Source: aws-facts §6. IAM's LimitExceeded is left out although the SDK retries it: it is a quota, not a rate. */
const kinds: Readonly<Record<Exclude<ErrorKind, 'other'>, readonly string[]>> = {
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
    ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  ],
  timeout: ['Timeout', 'TimeoutError', 'RequestTimeout', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'],
  // Source: aws-facts §2.1 and §6.2.
  'young-account': [
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
