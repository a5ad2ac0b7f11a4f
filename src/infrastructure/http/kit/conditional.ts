/** Answers that are read far more often than they change: rendered once, and not sent again to who has them already. */
import { hash } from 'node:crypto';
import type { WireReply, WireRequest } from './wire.js';

interface Rendering {
  readonly body: string;
  readonly etag: string;
}

/** Whoever hands out the same object again says that nothing has changed, so that it need not be rendered again either. */
const renderings = new WeakMap<object, Rendering>();

/**
 * The body to answer with, or nothing where the caller's `If-None-Match` names it; sets the headers and the status. The
 * answer may be kept by the caller alone, and only to be asked about each time.
 */
export function answerUnlessKnown(answer: object, request: WireRequest, reply: WireReply): string | undefined {
  const { body, etag } = renderingOf(answer);
  reply.header('etag', etag).header('cache-control', 'private, no-cache');
  if (isNamed(request.headers['if-none-match'], etag)) {
    reply.code(304);
    return undefined;
  }
  reply.header('content-type', 'application/json; charset=utf-8');
  return body;
}

function renderingOf(answer: object): Rendering {
  const known = renderings.get(answer);
  if (known) return known;
  const body = JSON.stringify(answer);
  const rendering = { body, etag: `"${hash('sha1', body, 'base64url')}"` };
  renderings.set(answer, rendering);
  return rendering;
}

/** By weak comparison, as RFC 9110 asks for here. */
function isNamed(names: string | undefined, etag: string): boolean {
  if (names === undefined) return false;
  return names.split(',').some((name) => name.trim().replace(/^W\//, '') === etag || name.trim() === '*');
}
