/** The members of an HTML form as a browser posts it. */
import type { WireRequest } from './core.js';

/** The members of a form body, the last of each name. */
export function formOf({ body }: WireRequest): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(Buffer.from(body).toString('utf8')));
}
