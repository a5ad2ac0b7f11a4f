/** How calls are refused, as OpenAPI writes it: one answer for each status, with an example of each kind of problem. */
import { fieldsOf } from '../kit/field-registry.js';
import { type ProblemCode, problemType, problemTypes } from '../kit/problems.js';

import type { ServedRoute } from './served-routes.js';
import type { RouteWords } from './words.js';

export const rateLimit = Object.fromEntries(
  ['Limit', 'Remaining', 'Reset'].map((what) => [
    `ratelimit-${what.toLowerCase()}`,
    { $ref: `#/components/headers/RateLimit${what}` },
  ]),
);

export const requestId = { 'x-request-id': { $ref: '#/components/headers/RequestId' } };

const everywhere = [
  'invalid',
  'expectation-failed',
  'rate-limited',
  'headers-too-large',
  'internal',
  'unavailable',
] as const;
const withToken = ['unauthenticated', 'forbidden', 'unreadable'] as const;
const writing = [
  'malformed-body',
  'request-timeout',
  'body-too-large',
  'unsupported-media-type',
  'outcome-unknown',
] as const;

/** Every kind of problem that a route can answer with, in the order of the table. */
export function problemsOf(
  { action, method, query, params, body }: ServedRoute,
  { problems = [], decidedOn }: RouteWords,
): readonly ProblemCode[] {
  const reads = method === 'get';
  const may = new Set<ProblemCode>([
    ...everywhere,
    ...(action === 'open' ? [] : withToken),
    ...(params ? (['path-too-long'] as const) : []),
    ...(decidedOn ? (['changed-since'] as const) : []),
    ...(reads ? [] : writing),
    ...(reads && query ? (['not-caught-up'] as const) : []),
    ...(decidedOn || takesPosition(query) || takesPosition(body) ? (['former-log'] as const) : []),
    ...problems,
  ]);
  return codes.filter((code) => may.has(code));
}

/** Inputs that are positions, or may be. */
const positions: readonly string[] = ['minPosition', 'at', 'after', 'position'];

const takesPosition = (inputs: ServedRoute['query']): boolean =>
  inputs !== undefined && positions.some((name) => fieldsOf(inputs).has(name));

const codes = Object.keys(problemTypes) as ProblemCode[];

/** References to the answers for these kinds of problems, by status. */
export const refusalsFor = (problems: readonly ProblemCode[]): Readonly<Record<string, object>> =>
  Object.fromEntries(
    problems.map((code) => [
      problemTypes[code].status,
      { $ref: `#/components/responses/Problem${problemTypes[code].status}` },
    ]),
  );

/** The shared answers, one for each status of these kinds of problems. */
export function problemResponses(used: ReadonlySet<ProblemCode>): Readonly<Record<string, object>> {
  const byStatus = Map.groupBy(
    codes.filter((code) => used.has(code)),
    (code) => problemTypes[code].status,
  );
  return Object.fromEntries([...byStatus].map(([status, of]) => [`Problem${status}`, responseOf(status, of)]));
}

const tooMany = 429;
const waits: ReadonlySet<number> = new Set([409, 429, 503]);

function responseOf(status: number, of: readonly ProblemCode[]): object {
  const examples = Object.fromEntries(of.map((code) => [code, { value: exampleOf(code) }]));
  return {
    description: `${of.map((code) => `\`${code}\`: ${problemTypes[code].title}`).join('; ')}.`,
    headers: {
      ...requestId,
      ...(status === tooMany ? rateLimit : {}),
      ...(waits.has(status) ? { 'retry-after': { $ref: '#/components/headers/RetryAfter' } } : {}),
    },
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, examples } },
  };
}

const exampleOf = (code: ProblemCode): object => ({
  type: problemType(code),
  ...problemTypes[code],
  detail: 'What was wrong, in words for a person.',
  traceId: 'fe1f4124-0f0e-456c-9adf-2ad34cb33a8a',
  errors: [],
});

/** A problem as RFC 9457 has it; some kinds have further members, of which these are the ones that programs decide by. */
export const problemSchema = {
  type: 'object',
  properties: {
    type: { type: 'string', enum: codes.map(problemType) },
    status: { type: 'integer' },
    title: { type: 'string' },
    detail: { type: 'string' },
    traceId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { field: { type: 'string' }, problem: { type: 'string' }, allowed: { type: 'string' } },
        required: ['field', 'problem'],
        additionalProperties: false,
      },
    },
    reasons: {
      type: 'array',
      items: {
        type: 'object',
        properties: { reason: { type: 'string' }, words: { type: 'string' } },
        required: ['reason', 'words'],
      },
      description: 'Of `ineligible`: every reason.',
    },
    contact: { type: 'string', description: 'Of `ineligible`: whom to ask.' },
    limit: { type: 'integer', description: 'Of `rate-limited`, where it is known: how often it is allowed.' },
    tryAgainAt: { type: 'string', format: 'date-time', description: 'Of `rate-limited`, where it is known.' },
  },
  required: ['type', 'status', 'title', 'detail', 'traceId', 'errors'],
};
