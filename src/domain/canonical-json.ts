/** Plain JSON values, and the one text that stands for a value (RFC 8785), so that what is hashed today can be hashed again in ten years. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export const isRecord = (value: Json): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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

/** Where a value stands in another; made into a path only for values that are refused. */
interface JsonPath {
  readonly within: JsonPath | undefined;
  readonly name: string | number;
  readonly depth: number;
}

/**
 * The canonical JSON text of a plain value: members in the order of their names' UTF-16 code units, no white space.
 * Members that are `undefined` are left out. Throws {@link NotCanonical} for numbers that are not safe integers, strings
 * with lone surrogates, and whatever JSON cannot hold. Source: RFC 8785, sections 3.2.2 and 3.2.3.
 */
export function canonicalText(value: unknown): string {
  return textAt(value, undefined, textOfInteger);
}

/** The same for JSON that others wrote, such as a policy at AWS, where any number that JSON can hold may stand. */
export function canonicalTextOfJson(value: Json): string {
  return textAt(value, undefined, textOfNumber);
}

type TextOfNumber = (value: number, path: JsonPath | undefined) => string;

function textAt(value: unknown, path: JsonPath | undefined, ofNumber: TextOfNumber): string {
  switch (typeof value) {
    case 'string':
      return textOfString(value, path);
    case 'number':
      return ofNumber(value, path);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (path?.depth === deepest) return refuse(path, `lies deeper than ${deepest} levels, or contains itself`);
      return Array.isArray(value) ? textOfArray(value, path, ofNumber) : textOfObject(value, path, ofNumber);
    default:
      return refuse(path, `is ${typeof value}, which JSON cannot hold`);
  }
}

/** Nearly every string; its text is itself between quotation marks. */
const plain = /^[ !#-[\]-~]*$/;

function textOfString(value: string, path: JsonPath | undefined): string {
  if (plain.test(value)) return `"${value}"`;
  if (!value.isWellFormed()) return refuse(path, 'has a lone surrogate; only whole characters can be stored');
  return JSON.stringify(value);
}

/** Other numbers have canonical texts too, but not every language reads them back as the same number. */
function textOfInteger(value: number, path: JsonPath | undefined): string {
  if (!Number.isSafeInteger(value)) return refuse(path, `is ${value}; numbers must be safe integers`);
  return textOfNumber(value, path);
}

/** Source: RFC 8785, section 3.2.2.3: numbers as ECMAScript writes them. */
function textOfNumber(value: number, path: JsonPath | undefined): string {
  if (!Number.isFinite(value)) return refuse(path, `is ${value}, which JSON cannot hold`);
  return value === 0 ? '0' : String(value);
}

function textOfArray(items: readonly unknown[], path: JsonPath | undefined, ofNumber: TextOfNumber): string {
  let text = '';
  for (let i = 0; i < items.length; i++) text += (i === 0 ? '' : ',') + textAt(items[i], inside(path, i), ofNumber);
  return `[${text}]`;
}

function textOfObject(value: object, path: JsonPath | undefined, ofNumber: TextOfNumber): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    return refuse(path, `is a ${value.constructor.name}; only plain objects can be stored`);
  const members = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const name of Object.keys(members).sort()) {
    const member = members[name];
    if (member === undefined) continue;
    const at = inside(path, name);
    text += `${text === '' ? '' : ','}${textOfString(name, at)}:${textAt(member, at, ofNumber)}`;
  }
  return `{${text}}`;
}

const inside = (within: JsonPath | undefined, name: string | number): JsonPath => ({
  within,
  name,
  depth: (within?.depth ?? 0) + 1,
});

function refuse(path: JsonPath | undefined, problem: string): never {
  throw new NotCanonical(pathOf(path), problem);
}

const pathOf = (path: JsonPath | undefined): string =>
  path ? `${pathOf(path.within)}/${String(path.name).replaceAll('~', '~0').replaceAll('/', '~1')}` : '';
