/**
 * Answers that are read far more often than they change: rendered once, and not sent again to who has them already; and
 * commands that name the answer that they were decided on.
 */
import { hash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Problem } from './problems.js';
import type { WireReply, WireRequest } from './wire.js';

interface Rendering {
  readonly body: string;
  readonly etag: string;
}

/** Whoever hands out the same object again says that nothing has changed, so that it need not be rendered again either. */
const RENDERING = Symbol('the answer as it was rendered');

/** The rendering lies with the answer that it is of: a table beside them would cost the collector of garbage more than it saves. */
type Answer = Readonly<{ position: string }> & { [RENDERING]?: Rendering };

/**
 * The body to answer with, or nothing where the caller's `If-None-Match` names it; sets the headers and the status. The
 * answer may be kept by the caller alone, and only to be asked about each time.
 */
export function answerUnlessKnown(answer: Answer, request: WireRequest, reply: WireReply): string | undefined {
  const { body, etag } = renderingOf(answer);
  reply.header('etag', etag).header('cache-control', 'private, no-cache');
  if (isNamed(request.headers['if-none-match'], etag)) {
    reply.code(304);
    return undefined;
  }
  reply.header('content-type', 'application/json; charset=utf-8');
  return body;
}

function renderingOf(answer: Answer): Rendering {
  answer[RENDERING] ??= rendered(answer);
  return answer[RENDERING];
}

function rendered(answer: Answer): Rendering {
  const body = JSON.stringify(answer);
  return { body, etag: `"${answer.position}.${hash('sha1', body, 'base64url')}"` };
}

/** By weak comparison, as RFC 9110 asks for here. */
function isNamed(names: string | undefined, etag: string): boolean {
  if (names === undefined) return false;
  return names.split(',').some((name) => name.trim().replace(/^W\//, '') === etag || name.trim() === '*');
}

/** An ETag of ours, or a position in quotes. */
const tagForm = /^"([^\s":]{1,64}:\d{1,15})(?:\.[\w-]{1,64})?"$/;

/** Names the last fact behind an answer, for a command that is decided on it; none where there is no fact yet. */
export function tagWith(position: string | undefined, reply: WireReply): void {
  if (position !== undefined) reply.header('etag', `"${position}"`);
}

/** The position of the fact that `If-Match` names, as a parameter of a route that changes what is there. */
export const DecidedOn = createParamDecorator((_: undefined, context: ExecutionContext): string | undefined => {
  const named = context.switchToHttp().getRequest<WireRequest>().headers['if-match'];
  if (named === undefined || named === '*') return undefined;
  const position = tagForm.exec(named)?.[1];
  if (position !== undefined) return position;
  const allowed = 'the ETag of a status, or the position of an answer in quotes';
  throw new Problem('invalid', `If-Match is neither; allowed: ${allowed}.`, [
    { field: 'If-Match', problem: 'is neither', allowed },
  ]);
});

/** Whether `If-None-Match: *` asks that nothing be overwritten, as a parameter of a route that makes something. */
export const OnlyNew = createParamDecorator((_: undefined, context: ExecutionContext): boolean => {
  const named = context.switchToHttp().getRequest<WireRequest>().headers['if-none-match'];
  if (named === undefined || named === '*') return named === '*';
  throw new Problem('invalid', 'If-None-Match is none that a command takes; allowed: *.', [
    { field: 'If-None-Match', problem: 'is none that a command takes', allowed: '*' },
  ]);
});
