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

/** Where a value stands in another; made into a path only for values that are refused. */
interface Place {
  readonly within: Place | undefined;
  readonly name: string | number;
  readonly depth: number;
}

/**
 * The canonical JSON text of a plain value: members in the order of their names' UTF-16 code units, no white space.
 * Members that are `undefined` are left out. Throws {@link NotCanonical} for numbers that are not safe integers, strings
 * with lone surrogates, and whatever JSON cannot hold. Source: RFC 8785, sections 3.2.2 and 3.2.3.
 */
export function canonicalText(value: unknown): string {
  return textAt(value, undefined);
}

function textAt(value: unknown, place: Place | undefined): string {
  switch (typeof value) {
    case 'string':
      return textOfString(value, place);
    case 'number':
      return textOfNumber(value, place);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (place?.depth === deepest) return refuse(place, `lies deeper than ${deepest} levels, or contains itself`);
      return Array.isArray(value) ? textOfArray(value, place) : textOfObject(value, place);
    default:
      return refuse(place, `is ${typeof value}, which JSON cannot hold`);
  }
}

/** Nearly every string; its text is itself between quotation marks. */
const plain = /^[ !#-[\]-~]*$/;

function textOfString(value: string, place: Place | undefined): string {
  if (plain.test(value)) return `"${value}"`;
  if (!value.isWellFormed()) return refuse(place, 'has a lone surrogate; only whole characters can be stored');
  return JSON.stringify(value);
}

/** Other numbers have canonical texts too, but not every language reads them back as the same number. */
function textOfNumber(value: number, place: Place | undefined): string {
  if (!Number.isSafeInteger(value)) return refuse(place, `is ${value}; numbers must be safe integers`);
  return value === 0 ? '0' : String(value);
}

function textOfArray(items: readonly unknown[], place: Place | undefined): string {
  let text = '';
  for (let i = 0; i < items.length; i++) text += (i === 0 ? '' : ',') + textAt(items[i], inside(place, i));
  return `[${text}]`;
}

function textOfObject(value: object, place: Place | undefined): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    return refuse(place, `is a ${value.constructor.name}; only plain objects can be stored`);
  const members = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const name of Object.keys(members).sort()) {
    const member = members[name];
    if (member === undefined) continue;
    const at = inside(place, name);
    text += `${text === '' ? '' : ','}${textOfString(name, at)}:${textAt(member, at)}`;
  }
  return `{${text}}`;
}

const inside = (within: Place | undefined, name: string | number): Place => ({
  within,
  name,
  depth: (within?.depth ?? 0) + 1,
});

function refuse(place: Place | undefined, problem: string): never {
  throw new NotCanonical(pathOf(place), problem);
}

const pathOf = (place: Place | undefined): string =>
  place ? `${pathOf(place.within)}/${String(place.name).replaceAll('~', '~0').replaceAll('/', '~1')}` : '';
