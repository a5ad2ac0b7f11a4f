/** The kinds of fields that inputs are made of; each decorator says what is wrong and what would be right. */
import { Transform } from 'class-transformer';
import { IsBoolean, Matches, ValidateBy, ValidateIf, type ValidationArguments } from 'class-validator';

const shown = 40;

/** What is wrong with a value, in words that follow the field's name. */
const problemWith = ({ value }: ValidationArguments): string =>
  value === undefined ? 'is missing' : `is ${quoted(value)}`;

/** A value as an answer may repeat it: texts are cut, and of lists and objects only the kind is told. */
function quoted(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > shown ? `${value.slice(0, shown)}…` : value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value).slice(0, shown);
}

/** A text that matches a pattern; `allowed` says so in words. */
export const Text = (pattern: RegExp, allowed: string): PropertyDecorator =>
  Matches(pattern, { message: problemWith, context: { allowed } });

export const Flag = (): PropertyDecorator => IsBoolean({ message: problemWith, context: { allowed: 'true or false' } });

export const OneOf = (...values: readonly string[]): PropertyDecorator =>
  ValidateBy(
    { name: 'oneOf', validator: { validate: (value) => values.includes(value), defaultMessage: wrong } },
    { context: { allowed: values.join(', ') } },
  );

/** The field may be left out; null is not the same and stays wrong. */
export const Optional = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** A list of at most so many elements that all pass a test. */
export const Several = (fits: (element: unknown) => boolean, most: number, allowed: string): PropertyDecorator =>
  ValidateBy(
    {
      name: 'listOf',
      validator: {
        validate: (value) => Array.isArray(value) && value.length <= most && value.every(fits),
        defaultMessage: (args) => (Array.isArray(args?.value) ? strangerIn(args.value, fits, most) : wrong(args)),
      },
    },
    { context: { allowed } },
  );

function strangerIn(list: readonly unknown[], fits: (element: unknown) => boolean, most: number): string {
  if (list.length > most) return `has ${list.length} elements`;
  return `holds ${quoted(list.find((element) => !fits(element)))}`;
}

const wrong = (args?: ValidationArguments): string => (args ? problemWith(args) : 'is wrong');

/** A whole number from 1 to `most`, as a query sends it: in digits. */
export function Count(most: number): PropertyDecorator {
  const allowed = `a whole number from 1 to ${most}`;
  const fits = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= most;
  const check = ValidateBy(
    { name: 'count', validator: { validate: fits, defaultMessage: wrong } },
    { context: { allowed } },
  );
  const read = Transform(({ value }) => (/^\d{1,9}$/.test(String(value)) ? Number(value) : value));
  return (target, property) => {
    check(target, property);
    read(target, property);
  };
}
