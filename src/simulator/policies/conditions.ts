/** The conditions of a policy's statement, evaluated against the facts of a request. */
import { denials, type Operator, operatorOf, type Test, tests } from './operators.js';
import type { Variables } from './patterns.js';

/**
 * Facts of a request by condition key, such as `aws:SourceArn`; keys are compared without case. Some keys have several
 * values, such as `aws:TagKeys`; a key without any is absent.
 */
export type RequestFacts = Readonly<Record<string, string | readonly string[]>>;

/** The facts with their keys in lower case, as conditions and variables look them up. */
export type KnownFacts = ReadonlyMap<string, readonly string[]>;

export const knownFacts = (facts: RequestFacts): KnownFacts =>
  new Map(Object.entries(facts).map(([key, value]) => [key.toLowerCase(), [value].flat()]));

/** The variables that a policy of the newer version may use; keys with several values are none. */
export const variablesOf = (facts: KnownFacts, areUsed: boolean): Variables => {
  return (key) => {
    const values = areUsed ? facts.get(key.toLowerCase()) : [`\${${key}}`];
    return values?.length === 1 ? values[0] : undefined;
  };
};

/** Conditions: operator, then key, then values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/**
 * Whether all conditions hold. A key that the request lacks fails a condition, but satisfies a denied operator,
 * `…IfExists` and `ForAllValues:`; it fails `ForAnyValue:` with a denied operator too. Of a key with several values
 * `ForAllValues:` asks each one and `ForAnyValue:` at least one.
 * Source: IAM User Guide, IAM JSON policy elements: Condition operators; Multivalued context keys.
 */
export function conditionsHold(conditions: Conditions, facts: KnownFacts, variables: Variables): boolean {
  return Object.entries(conditions).every(([text, keys]) => {
    const operator = operatorOf(text);
    return Object.entries(keys).every(([key, wanted]) =>
      holds(operator, facts.get(key.toLowerCase()) ?? [], wanted, variables),
    );
  });
}

const never: Test = () => false;

function holds(
  { name, ifExists, set }: Operator,
  facts: readonly string[],
  wanted: readonly string[],
  variables: Variables,
): boolean {
  const absent = facts.length === 0;
  if (name === 'Null') return wanted.some((value) => (value.toLowerCase() === 'true') === absent);
  const denied = denials[name];
  if (absent) return ifExists || set === 'ForAllValues' || (denied !== undefined && set === undefined);
  const test = tests[denied ?? name] ?? never;
  const met = (fact: string): boolean =>
    wanted.some((value) => test(fact, value, variables)) === (denied === undefined);
  // Without a set operator a denial must hold of every value, an assertion of one.
  const all = set === 'ForAllValues' || (set === undefined && denied !== undefined);
  return all ? facts.every(met) : facts.some(met);
}
