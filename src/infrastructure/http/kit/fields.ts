/**
 * The kinds of fields that inputs are made of. Each decorator says once what is right: as a rule of class-validator, which
 * names what is wrong, and in our own registry, where the same test answers at a fraction of the cost.
 */
import { Transform, Type } from 'class-transformer';
import { ValidateBy, ValidateIf, ValidateNested, type ValidationArguments } from 'class-validator';
import { type Field, fitsShape, keepField, type Shape } from './field-registry.js';

const shown = 40;

/** What is wrong with a value, in words that follow the field's name. */
const problemWith = (value: unknown): string => (value === undefined ? 'is missing' : `is ${quoted(value)}`);

/** A value as an answer may repeat it: texts are cut, and of lists and objects only the kind is told. */
function quoted(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > shown ? `${value.slice(0, shown)}…` : value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value).slice(0, shown);
}

type Said = Omit<Field, 'optional'>;

/** One rule in both places. A value that is missing fails it, unless the field is optional. */
function both(said: Said, message: (value: unknown) => string = problemWith): PropertyDecorator {
  const defaultMessage = (args?: ValidationArguments): string => message(args?.value);
  const rule = ValidateBy({ name: 'field', validator: { validate: said.fits, defaultMessage } });
  return (target, property) => {
    rule(target, property);
    keepField(target, String(property), said);
  };
}

/** JSON Schema's patterns have no flags and are read as with `u`: the dot of an `s` flag is spelled out. */
const patternOf = ({ source, flags }: RegExp): string =>
  flags.includes('s') ? source.replace(/\./g, '[\\s\\S]') : source;

/** A text that matches a pattern; `allowed` says so in words. */
export const Text = (pattern: RegExp, allowed: string): PropertyDecorator =>
  both({
    fits: (value) => isText(value, pattern),
    schema: { type: 'string', pattern: patternOf(pattern) },
    allowed,
  });

/**
 * A text that people write and read. Two that look alike are the same: it is brought to one form of Unicode (NFC) before it
 * is taken, and only in that form does it fit.
 */
export function Words(pattern: RegExp, allowed: string): PropertyDecorator {
  const check = both({
    fits: (value) => isText(value, pattern) && value.normalize('NFC') === value,
    schema: { type: 'string', pattern: patternOf(pattern) },
    allowed,
  });
  const read = Transform(({ value }) => (typeof value === 'string' ? value.normalize('NFC') : value));
  return (target, property) => {
    check(target, property);
    read(target, property);
  };
}

const isText = (value: unknown, pattern: RegExp): value is string =>
  typeof value === 'string' && pattern.test(value) && value.isWellFormed();

export const Flag = (): PropertyDecorator =>
  both({ fits: (value) => typeof value === 'boolean', schema: { type: 'boolean' }, allowed: 'true or false' });

export const OneOf = (...values: readonly string[]): PropertyDecorator =>
  both({
    fits: (value) => typeof value === 'string' && values.includes(value),
    schema: { type: 'string', enum: values },
    allowed: values.join(', '),
  });

/** The field may be left out; null is not the same and stays wrong. */
export function Optional(): PropertyDecorator {
  const rule = ValidateIf((_, value) => value !== undefined);
  return (target, property) => {
    rule(target, property);
    keepField(target, String(property), { optional: true });
  };
}

/** A list of at most so many texts that all match a pattern. */
export function Texts(pattern: RegExp, most: number, allowed: string): PropertyDecorator {
  const isOne = (element: unknown): boolean => typeof element === 'string' && pattern.test(element);
  const fits = (value: unknown): boolean => Array.isArray(value) && value.length <= most && value.every(isOne);
  const items = { type: 'string', pattern: patternOf(pattern) } as const;
  return both({ fits, schema: { type: 'array', maxItems: most, items }, allowed }, problemOfList(isOne, most));
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list of at most so many objects, each with the fields of a class. */
export function Several(of: () => Shape, most: number, allowed: string): PropertyDecorator {
  const isList = (value: unknown): boolean => Array.isArray(value) && value.length <= most && value.every(isObject);
  const fits = (value: unknown): boolean =>
    isList(value) && (value as readonly object[]).every((element) => fitsShape(of(), element));
  const rules = [
    both(
      { fits: isList, schema: { type: 'array', maxItems: most, items: of }, allowed },
      problemOfList(isObject, most),
    ),
    ValidateNested({ each: true }),
    Type(of),
  ];
  return (target, property) => {
    for (const rule of rules) rule(target, property);
    keepField(target, String(property), { fits });
  };
}

/** What is wrong with a list: that it is none, its length, or its first strange element. */
const problemOfList =
  (isOne: (element: unknown) => boolean, most: number) =>
  (value: unknown): string => {
    if (!Array.isArray(value)) return problemWith(value);
    if (value.length > most) return `has ${value.length} elements`;
    return `holds ${quoted(value.find((element) => !isOne(element)))}`;
  };

/** A whole number from 1 to `most`, as a query sends it: in digits. */
export function Count(most: number): PropertyDecorator {
  const check = both({
    fits: (value) => Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= most,
    schema: { type: 'integer', minimum: 1, maximum: most },
    allowed: `a whole number from 1 to ${most}`,
  });
  const read = Transform(({ value }) =>
    typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : value,
  );
  return (target, property) => {
    check(target, property);
    read(target, property);
  };
}
