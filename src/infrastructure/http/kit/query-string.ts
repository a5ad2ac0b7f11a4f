/** Reads a query string as it is written. What cannot be decoded is refused, and not taken for the text that it looks like. */
import { inSentences, Problem } from './problems.js';
import { reservedNames } from './reserved-names.js';

const FAULT = Symbol('what is wrong with the query string');

type Query = Record<string, string | string[]> & { [FAULT]?: Problem };

/** Most requests have none. */
const noQuery: Query = Object.freeze(Object.create(null));

/** The parameters by name, one that is there several times as a list. Never throws: see {@link queryFault}. */
export function readQuery(text: string): Query {
  if (text === '') return noQuery;
  const query: Query = Object.create(null);
  for (const part of text.split('&')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const name = decoded(at < 0 ? part : part.slice(0, at));
    const value = at < 0 ? '' : decoded(part.slice(at + 1));
    if (!name || value === undefined || reservedNames.has(name)) {
      query[FAULT] = fault(name);
      return query;
    }
    const known = query[name];
    query[name] = known === undefined ? value : [known, value].flat();
  }
  return query;
}

/** Whether a request has no query string at all. */
export const isWithoutQuery = (query: unknown): boolean => query === noQuery;

/** What is wrong with a query string as such, if anything is. */
export const queryFault = (query: unknown): Problem | undefined => (query as Query)[FAULT];

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.includes('+') ? text.replaceAll('+', ' ') : text);
  } catch {
    return undefined;
  }
}

function fault(name: string | undefined): Problem {
  const field = name ? name.slice(0, 64) : 'query';
  const wrong = { field, problem: 'cannot be read', allowed: 'name=value pairs in percent-encoded UTF-8' };
  return new Problem('invalid', inSentences([wrong]), [wrong]);
}
