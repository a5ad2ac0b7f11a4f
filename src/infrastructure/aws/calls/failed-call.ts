/** The call that failed, as support needs to see it: what was asked, where, and how it ended, without secrets. */
import { maskedText } from '../../../application/masked.js';
import type { FailedCall } from '../../../domain/failed-call.js';
import { readError } from './read-error.js';

/** Where a call went: the service by AWS's name, and the region where the service has regions. */
export interface CallPlace {
  readonly service?: string;
  readonly region?: string;
}

/** Operation, place, request id, error and request; secrets are masked in the error's text too, which may echo them. */
export function failedCall(error: unknown, operation: string, input: object, place: CallPlace = {}): FailedCall {
  const { name, code, reason, message, requestId } = readError(error);
  const finer = reason ?? (code !== '' && code !== name ? code : undefined);
  const what = finer ? `${name} (${finer})` : name;
  return {
    operation,
    ...place,
    requestId: requestId ?? 'none',
    error: `${what}: ${maskedText(message)}`,
    body: bodyOf(input),
  };
}

/** A call that was answered, but not as a step needs it; the answer stands where an error would. */
export const foundBy = (operation: string, answer: string, AccountId: string): FailedCall => ({
  operation,
  requestId: 'none',
  error: maskedText(answer),
  body: bodyOf({ AccountId }),
});

/** Members of requests to AWS that are secrets. Source: the inputs of IAM, STS and Organizations. */
const secretMembers: ReadonlySet<string> = new Set([
  'AuthenticationCode1',
  'AuthenticationCode2',
  'ClientSecret',
  'ExternalId',
  'NewPassword',
  'OldPassword',
  'Password',
  'PrivateKey',
  'SAMLAssertion',
  'SecretAccessKey',
  'SecretString',
  'SessionToken',
  'TokenCode',
  'WebIdentityToken',
]);

/** Members that say who somebody is. Source: AWS Account Management API, PutAlternateContact. */
const personalMembers: ReadonlySet<string> = new Set(['EmailAddress', 'Name', 'PhoneNumber', 'Title']);

/** A request as JSON without its secrets, and without whom it is about where it is about a person to reach. */
export function bodyOf(input: object): string {
  const isContact = 'AlternateContactType' in input;
  return JSON.stringify(input, (key, value) => {
    if (secretMembers.has(key)) return '(secret)';
    if (isContact && personalMembers.has(key)) return '(personal)';
    return typeof value === 'string' ? maskedText(value) : value;
  });
}

/** Service, operation and region in a few words, such as `STS AssumeRole in us-east-1`. */
export const placeWords = ({ service, operation, region }: FailedCall): string =>
  [service, operation, ...(region ? ['in', region] : [])].filter(Boolean).join(' ');
