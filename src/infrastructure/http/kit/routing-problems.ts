/** Requests that fail before any of our own code sees them: no such path, another method, a body that cannot be read. */
import type { HttpException } from '@nestjs/common';
import type { WrongField } from '../../../domain/refusal.js';
import { inSentences, Problem, type ProblemCode } from './problems.js';
import { wireLimits } from './wire-limits.js';

const notJson: WrongField = { field: 'body', problem: 'is not JSON', allowed: 'one JSON object' };

/** By Fastify's error code: what to answer, and which input was wrong. */
const byCode: Readonly<Record<string, readonly [ProblemCode, WrongField]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'unsupported-media-type',
    { field: 'Content-Type', problem: 'is not a type this call takes', allowed: 'application/json' },
  ],
  FST_ERR_CTP_BODY_TOO_LARGE: [
    'body-too-large',
    { field: 'body', problem: 'is too large', allowed: `at most ${wireLimits.bodyBytes} bytes` },
  ],
  FST_ERR_CTP_INVALID_JSON_BODY: ['malformed-body', notJson],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['malformed-body', notJson],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'malformed-body',
    { field: 'Content-Length', problem: 'is not the length of the body', allowed: 'the number of bytes sent' },
  ],
  FST_ERR_BAD_URL: ['invalid', { field: 'path', problem: 'is not a valid URL path', allowed: 'percent-encoded UTF-8' }],
  FST_ERR_MAX_PARAM_LENGTH: [
    'path-too-long',
    { field: 'path', problem: 'has a part that is too long', allowed: 'at most 100 characters a part' },
  ],
};

/** The problem behind an error of the router or the body's reader; `methods` are those the path offers. */
export function routingProblem(error: HttpException, methods: readonly string[]): Problem {
  const status = error.getStatus();
  const known = byCode[codeOf(error.cause)];
  if (known) return problem(...known);
  if (status === 404) return methods.length > 0 ? otherMethod(methods) : nowhere();
  if (status >= 500)
    return new Problem('internal', 'This is a fault of the service. Quote the traceId when you report it.');
  return problem('invalid', {
    field: 'request',
    problem: 'cannot be read',
    allowed: 'a request as docs/api.md describes',
  });
}

/** The problem behind an error of Fastify itself, raised before a route was chosen. */
export function frameworkProblem(error: { readonly code?: string }): Problem {
  const known = byCode[error.code ?? ''];
  return known ? problem(...known) : problem('invalid', { field: 'request', problem: 'cannot be read' });
}

const codeOf = (cause: unknown): string =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';

const problem = (code: ProblemCode, wrong: WrongField): Problem => new Problem(code, inSentences([wrong]), [wrong]);

const nowhere = (): Problem =>
  new Problem('not-found', 'There is nothing at this path.', [{ field: 'path', problem: 'leads nowhere' }]);

function otherMethod(methods: readonly string[]): Problem {
  const allowed = methods.join(', ');
  const wrong = { field: 'method', problem: 'is not offered at this path', allowed };
  return new Problem('method-not-allowed', `This path offers ${allowed}.`, [wrong], {}, { allow: allowed });
}
