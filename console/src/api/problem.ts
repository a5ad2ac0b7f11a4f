/** A call that failed, in the words of the service, or in ours where the service said nothing that can be read. */
import { problemText as text } from '../text/problem.js';

interface WrongField {
  readonly field: string;
  readonly problem: string;
}

const prefix = 'urn:partner-cloud:problem:';

export class ApiProblem extends Error {
  constructor(
    /** The last part of the problem's type, such as `stale-terms`; `offline` and `unreadable-answer` are the console's own. */
    readonly kind: string,
    readonly title: string,
    readonly detail: string,
    readonly status: number,
    readonly traceId: string | undefined,
    readonly members: Readonly<Record<string, unknown>> = {},
    readonly retryAfterSeconds?: number,
  ) {
    super(detail || title);
  }

  get errors(): readonly WrongField[] {
    return Array.isArray(this.members.errors) ? this.members.errors : [];
  }
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const textOf = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

/** What a refused call says: `body` is what came, whatever it is. */
export function problemOf(body: unknown, response: Response | undefined): ApiProblem {
  if (!response) return new ApiProblem('offline', text.offline, text.offlineWords, 0, undefined);
  const members = record(body);
  const traceId = textOf(members.traceId, response.headers.get('x-request-id') ?? '') || undefined;
  const type = textOf(members.type, '');
  if (!type.startsWith(prefix)) {
    const detail = text.unreadableStatus(response.status);
    return new ApiProblem('unreadable-answer', text.unreadable, detail, response.status, traceId);
  }
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiProblem(
    type.slice(prefix.length),
    textOf(members.title, text.failed),
    textOf(members.detail, ''),
    response.status,
    traceId,
    members,
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  );
}

/** An answer that is a success, and not of the shape that was agreed. */
export const unreadableAnswer = new ApiProblem(
  'unreadable-answer',
  text.unreadable,
  text.unreadableWords,
  200,
  undefined,
);

/** Whatever was thrown, as a problem to show. */
export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem
    ? error
    : new ApiProblem('console', text.notShown, error instanceof Error ? error.message : String(error), 0, undefined);

/** In one line, where there is no room for more. */
export function problemInOneLine(error: unknown): string {
  const { title, detail } = asProblem(error);
  return detail ? `${title}. ${detail}` : title;
}

/** What kept somebody from signing in: it was the identity provider, in whose words little helps a person. */
export const signInProblem = (error: unknown): ApiProblem =>
  new ApiProblem('sign-in', text.signIn, text.signInWords(asProblem(error).message), 0, undefined);
