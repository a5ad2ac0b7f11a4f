/** The patterns of policies: `*` for any text, `?` for one character, and variables that take their value from the request. */
import { LRUCache } from 'lru-cache';

/** The value of a policy variable in a request, or `undefined` when the request has none or several. */
export type Variables = (key: string) => string | undefined;

/** Compiled patterns; a policy of hundreds of patterns is asked by each call. */
const compiled = new LRUCache<string, RegExp>({ max: 20_000 });

const quoted = (text: string): string => text.replaceAll(/[.+^${}()|[\]\\*?]/g, '\\$&');

const wild = (text: string): string =>
  text
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');

function regularExpression(source: string): RegExp {
  const known = compiled.get(source);
  if (known) return known;
  const made = new RegExp(`^${source}$`, 's');
  compiled.set(source, made);
  return made;
}

/** Whether a text matches a pattern without variables. */
export const matches = (pattern: string, text: string): boolean =>
  pattern === '*' || pattern === text || (/[*?]/.test(pattern) && regularExpression(wild(pattern)).test(text));

/**
 * Whether a text matches a pattern with variables. The characters of a variable's value stand for themselves, as do
 * those of `${*}`, `${?}` and `${$}`; a variable without value or default matches nothing.
 * Source: IAM User Guide, IAM policy elements: Variables and tags.
 */
export function matchesFilled(pattern: string, text: string, variables: Variables, wildcards = true): boolean {
  if (!pattern.includes('${')) return wildcards ? matches(pattern, text) : pattern === text;
  const source = sourceOf(pattern, variables, wildcards ? wild : quoted);
  return source !== undefined && regularExpression(source).test(text);
}

/** Whether every variable of a pattern has a value in the request. */
export const isResolved = (pattern: string, variables: Variables): boolean =>
  !pattern.includes('${') || sourceOf(pattern, variables, quoted) !== undefined;

const variable = /\$\{\s*([^},\s]+)\s*(?:,\s*'([^']*)'\s*)?\}/g;

function sourceOf(pattern: string, variables: Variables, plain: (text: string) => string): string | undefined {
  let source = '';
  let at = 0;
  for (const { 0: whole, 1: key = '', 2: usual, index } of pattern.matchAll(variable)) {
    const value = /^[*?$]$/.test(key) ? key : (variables(key) ?? usual);
    if (value === undefined) return undefined;
    source += plain(pattern.slice(at, index)) + quoted(value);
    at = index + whole.length;
  }
  return source + plain(pattern.slice(at));
}

/** The six parts of an ARN; a pattern that ends early is completed by wildcards. Source: IAM User Guide, Resource element. */
export function arnParts(arn: string, missing = ''): readonly string[] {
  const parts = arn.split(/:(?![^${]*\})/);
  const six = [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(':')] : [])];
  return [...six, ...Array.from({ length: 6 - six.length }, () => missing)];
}
