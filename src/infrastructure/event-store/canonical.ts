/** Canonical JSON (RFC 8785): one value has one text, so that what is hashed today can be hashed again in ten years. */

/** A value that has no canonical text; `path` is a JSON Pointer (RFC 6901) to what was wrong. */
export class NotCanonical extends Error {
  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`${path === '' ? 'the value' : path}: ${problem}`);
  }
}

const deepest = 64;
const loneSurrogate = /\p{Surrogate}/u;

/**
 * The canonical JSON text of a plain value: members in the order of their names' UTF-16 code units, no white space.
 * Members that are `undefined` are left out. Throws {@link NotCanonical} for numbers that are not safe integers, strings
 * with lone surrogates, and whatever JSON cannot hold. Source: RFC 8785, sections 3.2.2 and 3.2.3.
 */
export function canonicalText(value: unknown): string {
  return textAt(value, '', 0);
}

function textAt(value: unknown, path: string, depth: number): string {
  switch (typeof value) {
    case 'string':
      return textOfString(value, path);
    case 'number':
      return textOfNumber(value, path);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth === deepest) throw new NotCanonical(path, `lies deeper than ${deepest} levels, or contains itself`);
      return Array.isArray(value) ? textOfArray(value, path, depth + 1) : textOfObject(value, path, depth + 1);
    default:
      throw new NotCanonical(path, `is ${typeof value}, which JSON cannot hold`);
  }
}

function textOfString(value: string, path: string): string {
  if (loneSurrogate.test(value))
    throw new NotCanonical(path, 'has a lone surrogate; only whole characters can be stored');
  return JSON.stringify(value);
}

/** Other numbers have canonical texts too, but not every language reads them back as the same number. */
function textOfNumber(value: number, path: string): string {
  if (!Number.isSafeInteger(value)) throw new NotCanonical(path, `is ${value}; numbers must be safe integers`);
  return value === 0 ? '0' : String(value);
}

function textOfArray(items: readonly unknown[], path: string, depth: number): string {
  let text = '';
  for (let i = 0; i < items.length; i++) text += `${i === 0 ? '' : ','}${textAt(items[i], `${path}/${i}`, depth)}`;
  return `[${text}]`;
}

function textOfObject(value: object, path: string, depth: number): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw new NotCanonical(path, `is a ${value.constructor.name}; only plain objects can be stored`);
  const members = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const name of Object.keys(members).sort()) {
    const member = members[name];
    if (member === undefined) continue;
    const at = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    text += `${text === '' ? '' : ','}${textOfString(name, at)}:${textAt(member, at, depth)}`;
  }
  return `{${text}}`;
}
