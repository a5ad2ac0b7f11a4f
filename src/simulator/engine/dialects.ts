/** What each service calls the same trouble: AWS's protocols have their own codes and HTTP statuses for it. */
import { AwsError } from './core.js';

type Trouble =
  | 'no-operation'
  | 'unknown-operation'
  | 'unsigned'
  | 'unknown-key'
  | 'expired-session'
  | 'skewed-clock'
  | 'unauthorized'
  | 'unusable-account'
  | 'throttled'
  | 'broken';

type Dialect = 'json' | 'query' | 'rest';
type Wording = readonly [code: string, status: number, message: string];

/** What is not named here speaks JSON. The Query services beyond IAM and STS are not simulated, only answered. */
const dialects: Readonly<Record<string, Dialect>> = {
  autoscaling: 'query',
  cloudformation: 'query',
  ec2: 'query',
  elasticloadbalancing: 'query',
  iam: 'query',
  rds: 'query',
  s3: 'rest',
  's3-control': 'rest',
  sns: 'query',
  sts: 'query',
};

const noKey = 'The security token included in the request is invalid';
const expired = 'The security token included in the request is expired';
const s3Key = 'The AWS Access Key Id you provided does not exist in our records.';
const s3Skew = 'The difference between the request time and the current time is too large.';
const unusable = 'This account is closed or suspended.';
const s3Problem = 'There is a problem with your AWS account that prevents the operation from completing successfully.';
const notImplemented = 'A header you provided implies functionality that is not implemented';

/** Source: common errors of the JSON and Query services; S3 API, Error Responses. */
const wordings: Readonly<Record<Trouble, Readonly<Record<Dialect, Wording>>>> = {
  'no-operation': {
    json: ['UnknownOperationException', 400, ''],
    query: ['MissingAction', 400, 'Missing Action'],
    rest: ['NotImplemented', 501, notImplemented],
  },
  'unknown-operation': {
    json: ['UnknownOperationException', 400, ''],
    query: ['InvalidAction', 400, ''],
    rest: ['NotImplemented', 501, notImplemented],
  },
  unsigned: {
    json: ['MissingAuthenticationTokenException', 400, 'Missing Authentication Token'],
    query: ['MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
    rest: ['AccessDenied', 403, 'Access Denied'],
  },
  'unknown-key': {
    json: ['UnrecognizedClientException', 400, `${noKey}.`],
    query: ['InvalidClientTokenId', 403, `${noKey}.`],
    rest: ['InvalidAccessKeyId', 403, s3Key],
  },
  'expired-session': {
    json: ['ExpiredTokenException', 400, expired],
    query: ['ExpiredToken', 403, expired],
    rest: ['ExpiredToken', 400, 'The provided token has expired.'],
  },
  'skewed-clock': {
    json: ['InvalidSignatureException', 400, ''],
    query: ['SignatureDoesNotMatch', 403, ''],
    rest: ['RequestTimeTooSkewed', 403, s3Skew],
  },
  unauthorized: {
    json: ['AccessDeniedException', 400, ''],
    query: ['AccessDenied', 403, ''],
    rest: ['AccessDenied', 403, ''],
  },
  'unusable-account': {
    json: ['AccessDeniedException', 400, unusable],
    query: ['AccessDenied', 403, unusable],
    rest: ['AccountProblem', 403, s3Problem],
  },
  throttled: {
    json: ['ThrottlingException', 400, 'Rate exceeded'],
    query: ['Throttling', 400, 'Rate exceeded'],
    rest: ['SlowDown', 503, 'Please reduce your request rate.'],
  },
  broken: {
    json: ['InternalFailure', 500, 'The request processing has failed because of an unknown error.'],
    query: ['InternalFailure', 500, 'The request processing has failed because of an unknown error.'],
    rest: ['InternalError', 500, 'We encountered an internal error. Please try again.'],
  },
};

/** Where one service differs from the rest of its protocol. Source: Organizations API and IAM API, errors; EC2 API, Error codes. */
const exceptions: Readonly<Record<string, Partial<Record<Trouble, Wording>>>> = {
  organizations: {
    throttled: ['TooManyRequestsException', 400, 'You have sent too many requests in too short a period of time.'],
    broken: ['ServiceException', 500, "AWS Organizations can't complete your request because of an internal error."],
  },
  ec2: {
    'unknown-key': ['AuthFailure', 401, 'AWS was not able to validate the provided access credentials'],
    unauthorized: ['UnauthorizedOperation', 403, ''],
    'unusable-account': ['UnauthorizedOperation', 403, unusable],
    throttled: ['RequestLimitExceeded', 503, 'Request limit exceeded.'],
    broken: ['InternalError', 500, 'An internal error has occurred'],
  },
  'access-analyzer': { unauthorized: ['AccessDeniedException', 403, ''] },
  account: { unauthorized: ['AccessDeniedException', 403, ''] },
  iam: {
    broken: ['ServiceFailure', 500, 'The request processing has failed because of an unknown error.'],
  },
};

/** The service's own error for a trouble; `message` says more than the usual words where AWS does. */
export function troubleOf(service: string, trouble: Trouble, message?: string): AwsError {
  const [code, status, usual] = exceptions[service]?.[trouble] ?? wordings[trouble][dialects[service] ?? 'json'];
  return new AwsError(code, status, message ?? usual);
}

const sessionTroubles: Readonly<Record<string, Trouble>> = {
  InvalidClientTokenId: 'unknown-key',
  ExpiredToken: 'expired-session',
};

/** An error about credentials in the words of the service that was called. */
export function inDialect(service: string, error: AwsError): AwsError {
  const trouble = sessionTroubles[error.code];
  return trouble === undefined ? error : troubleOf(service, trouble);
}
