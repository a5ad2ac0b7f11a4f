/** The conditions of a policy's statement, evaluated against the facts of a request. */

/**
 * Facts of a request by condition key, such as `aws:SourceArn`; keys are compared without case. Some keys have several
 * values, such as `aws:TagKeys`; a key without any is absent.
 */
export type RequestFacts = Readonly<Record<string, string | readonly string[]>>;

type Test = (fact: string, wanted: string) => boolean;

const numeric = (compare: (left: number, right: number) => boolean): Test => {
  return (fact, wanted) => compare(Number(fact), Number(wanted));
};
const dated = (compare: (left: number, right: number) => boolean): Test => {
  return (fact, wanted) => compare(Date.parse(fact), Date.parse(wanted));
};
const equals: Test = (fact, wanted) => fact === wanted;
const equalsIgnoringCase: Test = (fact, wanted) => fact.toLowerCase() === wanted.toLowerCase();
const like: Test = (fact, wanted) => matches(wanted, fact);
/** Each of the six parts of an ARN is matched on its own, so that a wildcard does not cross a colon before the last. */
const arnLike: Test = (fact, wanted) => {
  const [facts, patterns] = [arnParts(fact), arnParts(wanted)];
  return facts.length === patterns.length && patterns.every((pattern, index) => matches(pattern, facts[index] ?? ''));
};
/** No request of the simulator carries an address. */
const never: Test = () => false;

/** The operators that say what must hold; those with `Not` in their names are the denial of one of these. */
const tests: Readonly<Record<string, Test>> = {
  StringEquals: equals,
  StringEqualsIgnoreCase: equalsIgnoringCase,
  StringLike: like,
  ArnEquals: arnLike,
  ArnLike: arnLike,
  Bool: equalsIgnoringCase,
  NumericEquals: numeric((left, right) => left === right),
  NumericLessThan: numeric((left, right) => left < right),
  NumericLessThanEquals: numeric((left, right) => left <= right),
  NumericGreaterThan: numeric((left, right) => left > right),
  NumericGreaterThanEquals: numeric((left, right) => left >= right),
  DateEquals: dated((left, right) => left === right),
  DateLessThan: dated((left, right) => left < right),
  DateLessThanEquals: dated((left, right) => left <= right),
  DateGreaterThan: dated((left, right) => left > right),
  DateGreaterThanEquals: dated((left, right) => left >= right),
  BinaryEquals: equals,
  IpAddress: never,
};
const denials: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
};

interface Operator {
  readonly name: string;
  readonly ifExists: boolean;
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined;
}

function operatorOf(text: string): Operator {
  const [prefix, rest] = text.includes(':') ? text.split(':', 2) : [undefined, text];
  const set = prefix === 'ForAllValues' || prefix === 'ForAnyValue' ? prefix : undefined;
  const bare = prefix !== undefined && set === undefined ? text : (rest ?? '');
  const ifExists = bare.endsWith('IfExists');
  return { name: ifExists ? bare.slice(0, -'IfExists'.length) : bare, ifExists, set };
}

/** Whether AWS has a condition operator of this name, with its `IfExists`, `ForAllValues:` and `ForAnyValue:` forms. */
export function isOperator(text: string): boolean {
  const { name, ifExists } = operatorOf(text);
  return name in tests || name in denials || (name === 'Null' && !ifExists);
}

/**
 * Whether all conditions hold. A key that the request lacks fails a condition, but satisfies a denied operator,
 * `…IfExists` and `ForAllValues:`; it fails `ForAnyValue:` with a denied operator too. Of a key with several values
 * `ForAllValues:` asks each one and `ForAnyValue:` at least one.
 * Source: IAM User Guide, IAM JSON policy elements: Condition operators; Multivalued context keys.
 */
export function conditionsHold(
  conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
  facts: RequestFacts,
): boolean {
  const known = new Map(Object.entries(facts).map(([key, value]) => [key.toLowerCase(), [value].flat()]));
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) =>
      holds(operatorOf(operator), known.get(key.toLowerCase()) ?? [], wanted),
    ),
  );
}

function holds({ name, ifExists, set }: Operator, facts: readonly string[], wanted: readonly string[]): boolean {
  const absent = facts.length === 0;
  if (name === 'Null') return wanted.some((value) => (value === 'true') === absent);
  const denied = denials[name];
  if (absent) return ifExists || set === 'ForAllValues' || (denied !== undefined && set === undefined);
  const test = tests[denied ?? name] ?? never;
  const met = (fact: string): boolean => wanted.some((value) => test(fact, value)) === (denied === undefined);
  // Without a set operator a denial must hold of every value, an assertion of one.
  const all = set === 'ForAllValues' || (set === undefined && denied !== undefined);
  return all ? facts.every(met) : facts.some(met);
}

function arnParts(arn: string): readonly string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** Whether a text matches a pattern in which `*` stands for any text and `?` for one character. */
export function matches(pattern: string, text: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}
