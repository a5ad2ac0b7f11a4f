/** The operators of conditions, each as a test of one value of the request against one value of the policy. */
import { BlockList, isIP } from 'node:net';
import { arnParts, matchesFilled, type Variables } from './patterns.js';

/** Whether a value of the request agrees with a value of the policy; `variables` fill what the policy leaves open. */
export type Test = (fact: string, wanted: string, variables: Variables) => boolean;

const numeric = (compare: (left: number, right: number) => boolean): Test => {
  return (fact, wanted) => fact.trim() !== '' && wanted.trim() !== '' && compare(Number(fact), Number(wanted));
};

const dated = (compare: (left: number, right: number) => boolean): Test => {
  return (fact, wanted) => compare(momentOf(fact), momentOf(wanted));
};

/** Seconds since the epoch, or ISO 8601. Source: IAM User Guide, Date condition operators. */
const momentOf = (text: string): number => (/^-?\d{5,}$/.test(text) ? Number(text) * 1000 : Date.parse(text));

const equals: Test = (fact, wanted, variables) => matchesFilled(wanted, fact, variables, false);
const equalsIgnoringCase: Test = (fact, wanted, variables) => {
  return matchesFilled(wanted.toLowerCase(), fact.toLowerCase(), (key) => variables(key)?.toLowerCase(), false);
};
const like: Test = (fact, wanted, variables) => matchesFilled(wanted, fact, variables);
const bool: Test = (fact, wanted) => fact.toLowerCase() === wanted.toLowerCase();

/** Each of the six parts is matched on its own, so that a wildcard does not cross a colon before the last. */
const arnLike: Test = (fact, wanted, variables) => {
  if (!fact.startsWith('arn:') || fact.split(':').length < 6 || wanted.split(':').length < 6) return false;
  const facts = arnParts(fact);
  return arnParts(wanted).every((pattern, index) => matchesFilled(pattern, facts[index] ?? '', variables));
};

const inNetwork: Test = (fact, wanted) => {
  const [network = '', bits] = wanted.split('/');
  const [left, right] = [isIP(fact), isIP(network)];
  if (left === 0 || left !== right) return false;
  const family = left === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(network, bits === undefined ? (left === 6 ? 128 : 32) : Number(bits), family);
  return list.check(fact, family);
};

/** The operators that say what must hold; those with `Not` in their names are the denial of one of these. */
export const tests: Readonly<Record<string, Test>> = {
  StringEquals: equals,
  StringEqualsIgnoreCase: equalsIgnoringCase,
  StringLike: like,
  ArnEquals: arnLike,
  ArnLike: arnLike,
  Bool: bool,
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
  BinaryEquals: (fact, wanted) => fact === wanted,
  IpAddress: inNetwork,
};

export const denials: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
};

export interface Operator {
  readonly name: string;
  readonly ifExists: boolean;
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined;
}

/** An operator's name taken apart, such as `ForAnyValue:StringLikeIfExists`. */
export function operatorOf(text: string): Operator {
  const [, set, bare = text] = /^(ForAllValues|ForAnyValue):(.*)$/.exec(text) ?? [];
  const ifExists = bare.endsWith('IfExists');
  return {
    name: ifExists ? bare.slice(0, -'IfExists'.length) : bare,
    ifExists,
    set: set === 'ForAllValues' || set === 'ForAnyValue' ? set : undefined,
  };
}

/** Whether AWS has a condition operator of this name, with its `IfExists`, `ForAllValues:` and `ForAnyValue:` forms. */
export function isOperator(text: string): boolean {
  const { name, ifExists, set } = operatorOf(text);
  return name in tests || name in denials || (name === 'Null' && !ifExists && set === undefined);
}
