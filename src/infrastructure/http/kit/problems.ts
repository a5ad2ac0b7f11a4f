/** Everything that can go wrong with a call, as the caller sees it: problem details (RFC 9457) with stable types. */
import type { WrongField } from '../../../domain/refusal.js';

interface ProblemType {
  readonly status: number;
  readonly title: string;
}

/** Each kind of problem by its code, the last part of its type; docs/api.md has the same table. */
export const problemTypes = {
  invalid: { status: 400, title: 'The request is not valid' },
  'malformed-body': { status: 400, title: 'The body cannot be read' },
  unauthenticated: { status: 401, title: 'A valid token is needed' },
  forbidden: { status: 403, title: 'Your role does not allow this' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'method-not-allowed': { status: 405, title: 'This method is not offered here' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'wrong-stage': { status: 409, title: 'This cannot be done at this stage' },
  'head-pending': { status: 409, title: 'No signed head covers this yet' },
  quarantined: { status: 409, title: 'This is set aside' },
  'stale-terms': { status: 409, title: 'These are not the terms in force' },
  'stale-plan': { status: 409, title: 'This is not the plan that would be applied now' },
  conflict: { status: 409, title: 'Others changed the same thing' },
  'former-log': { status: 410, title: 'This position is of a log that was moved' },
  'changed-since': { status: 412, title: 'This was changed since it was read' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'path-too-long': { status: 414, title: 'The path is too long' },
  'unsupported-media-type': { status: 415, title: 'The body is not JSON' },
  'expectation-failed': { status: 417, title: 'The expectation cannot be met' },
  ineligible: { status: 422, title: 'This organization may not have an account' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key was used for something else' },
  'rate-limited': { status: 429, title: 'Done too often' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  internal: { status: 500, title: 'Something went wrong here' },
  unreadable: { status: 503, title: 'What is recorded cannot be read' },
  unavailable: { status: 503, title: 'The service cannot do this now' },
  'outcome-unknown': { status: 503, title: 'Whether this was recorded is not known' },
  'console-unavailable': { status: 503, title: 'AWS does not open the console now' },
  'session-unavailable': { status: 503, title: 'AWS opens no session for the command line now' },
  'organization-unavailable': { status: 503, title: 'AWS does not let the organization be read or changed now' },
  'not-caught-up': { status: 503, title: 'The answer would be too old' },
} as const satisfies Record<string, ProblemType>;

export type ProblemCode = keyof typeof problemTypes;

/** The stable URI of a kind of problem. */
export const problemType = (code: ProblemCode): string => `urn:partner-cloud:problem:${code}`;

/** A call that failed: `detail` is for a person, `errors` name each wrong input, `details` are further members of the answer. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly errors: readonly WrongField[] = [],
    readonly details: Readonly<Record<string, unknown>> = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }

  get status(): number {
    return problemTypes[this.code].status;
  }
}

/** What was wrong with inputs and what would be right, in one sentence each. */
export const inSentences = (wrong: readonly WrongField[]): string =>
  wrong.map(({ field, problem, allowed }) => `${field} ${problem}${allowed ? `; allowed: ${allowed}` : ''}.`).join(' ');

/** The body of the answer, to be sent as `application/problem+json`. */
export function problemDocument({ code, detail, errors, details }: Problem, traceId: string) {
  return { ...details, type: problemType(code), ...problemTypes[code], detail, traceId, errors };
}
