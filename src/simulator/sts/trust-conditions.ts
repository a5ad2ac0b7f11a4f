/** The Condition element of a policy: operators as data, over the values that a request brings. */

/** Condition keys of a request and their values. */
export type ConditionContext = Readonly<Record<string, readonly string[]>>;

/** Operator, then condition key, then the value or values it may have. */
export type Condition = Readonly<Record<string, Readonly<Record<string, Wanted>>>>;

type Wanted = string | boolean | number | readonly (string | boolean | number)[];
type Test = (wanted: string, actual: string) => boolean;

const equals: Test = (wanted, actual) => wanted === actual;
const equalsIgnoringCase: Test = (wanted, actual) => wanted.toLowerCase() === actual.toLowerCase();

/** Whether a text fits a pattern with `*` and `?`. */
export const like: Test = (pattern, text) => {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
};

/** ARNs compare section by section, so that a `*` does not reach over a colon. */
const arnLike: Test = (pattern, arn) => {
  const wanted = sections(pattern);
  const actual = sections(arn);
  return wanted.length === actual.length && wanted.every((section, index) => like(section, actual[index] ?? ''));
};

const sections = (arn: string): readonly string[] => {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
};

/** Source: IAM User Guide, AWS JSON policy elements: Condition operators. */
const operators: Readonly<Record<string, Test>> = {
  StringEquals: equals,
  StringEqualsIgnoreCase: equalsIgnoringCase,
  StringLike: like,
  ArnEquals: arnLike,
  ArnLike: arnLike,
  Bool: equalsIgnoringCase,
};

const negations: Readonly<Record<string, Test>> = {
  StringNotEquals: equals,
  StringNotEqualsIgnoreCase: equalsIgnoringCase,
  StringNotLike: like,
  ArnNotEquals: arnLike,
  ArnNotLike: arnLike,
};

/**
 * Whether every test of the condition holds. An operator the simulator does not know answers `whenUnknown`: true in a
 * Deny and false in an Allow, so that ignorance never opens a door.
 */
export function conditionHolds(condition: Condition, context: ConditionContext, whenUnknown: boolean): boolean {
  const values = new Map(Object.entries(context).map(([key, actual]) => [key.toLowerCase(), actual]));
  return Object.entries(condition).every(([operator, tests]) =>
    Object.entries(tests).every(([key, wanted]) =>
      holds(operator, asList(wanted).map(String), values.get(key.toLowerCase()), whenUnknown),
    ),
  );
}

function holds(
  operator: string,
  wanted: readonly string[],
  actual: readonly string[] | undefined,
  whenUnknown: boolean,
): boolean {
  if (operator === 'Null') return wanted.includes(String(actual === undefined));
  const name = operator.replace(/^For(Any|All)Values?:/, '').replace(/IfExists$/, '');
  const test = operators[name] ?? negations[name];
  if (!test) return whenUnknown;
  const negated = name in negations;
  const fits = (value: string) => wanted.some((one) => test(one, value)) !== negated;
  if (operator.startsWith('ForAllValues:')) return (actual ?? []).every(fits);
  if (actual === undefined) return operator.endsWith('IfExists') || negated;
  return operator.startsWith('ForAnyValue:') || !negated ? actual.some(fits) : actual.every(fits);
}

/** Policies write one thing or a list of things; readers want the list. */
export const asList = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];
