/** Reads the members of a call's input by AWS's constraints; each service refuses in its own words. */
import type { AwsError } from './core.js';

/** The constraints of a text as AWS's models give them. */
export interface TextRule {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
}

/** A member that breaks a constraint. */
export interface Breach<R extends TextRule = TextRule> {
  /** AWS's name of the member. */
  readonly member: string;
  readonly value: unknown;
  readonly kind: BreachKind;
  /** What would be right, in AWS's words, such as `Member must not be null`. */
  readonly constraint: string;
  /** The rule of the text that was broken, where one was given. */
  readonly rule?: R | undefined;
}

type BreachKind = 'absent' | 'type' | 'too-short' | 'too-long' | 'pattern' | 'enum' | 'too-small' | 'too-large';

/** Whatever holds members: a call, or one of its structures as {@link inputReader}'s `structure` gives it. */
export interface Holder {
  readonly input: Readonly<Record<string, unknown>>;
}

type Refuse<R extends TextRule> = (breach: Breach<R>) => AwsError;

/** The readers of one service; each throws what `refuse` makes of a breach. */
export const inputReader = <R extends TextRule>(refuse: Refuse<R>) => ({
  ...textReader(refuse),
  ...choiceReader(refuse),
  ...collectionReader(refuse),
});

/** JSON's null says the same as leaving a member out. */
const sent = ({ input }: Holder, member: string): unknown => input[member] ?? undefined;

function textReader<R extends TextRule>(refuse: Refuse<R>) {
  return {
    /** A text, or `undefined` when it was not sent. */
    optionalText: (holder: Holder, member: string, rule?: R): string | undefined => {
      const value = sent(holder, member);
      return value === undefined ? undefined : checkedText(member, value, rule, refuse);
    },
    /** A text that must be there; without a rule of its own it must not be empty. */
    text: (holder: Holder, member: string, rule?: R): string => {
      const value = sent(holder, member);
      if (value === undefined) throw refuse(absent(member));
      if (value === '' && !rule) throw refuse({ member, value, kind: 'too-short', constraint: longer(1) });
      return checkedText(member, value, rule, refuse);
    },
  };
}

function choiceReader<R extends TextRule>(refuse: Refuse<R>) {
  return {
    /** One of a closed set of words, or `undefined` when it was not sent. */
    optionalWord: <W extends string>(holder: Holder, member: string, words: readonly W[]): W | undefined => {
      const value = sent(holder, member);
      const found = words.find((word) => word === value);
      if (value === undefined || found !== undefined) return found;
      const constraint = `Member must satisfy enum value set: [${words.join(', ')}]`;
      throw refuse({ member, value, kind: 'enum', constraint });
    },
    /** `true` or `false`, as JSON or as the text of a form, or `undefined` when it was not sent. */
    optionalFlag: (holder: Holder, member: string): boolean | undefined => {
      const value = sent(holder, member);
      if (value === undefined || typeof value === 'boolean') return value;
      if (value === 'true' || value === 'false') return value === 'true';
      throw refuse({ member, value, kind: 'type', constraint: 'Member must be true or false' });
    },
    /** A whole number within bounds, both allowed, or `undefined` when it was not sent. */
    wholeNumber: (holder: Holder, member: string, least: number, most: number): number | undefined => {
      const value = sent(holder, member);
      if (value === undefined) return undefined;
      const broken = brokenBounds(value, least, most);
      if (broken) throw refuse({ member, value, ...broken });
      return Number(value);
    },
  };
}

function collectionReader<R extends TextRule>(refuse: Refuse<R>) {
  const list = (holder: Holder, member: string): readonly unknown[] => {
    // The form of a Query call says an empty list as an empty text.
    const value = sent(holder, member) ?? '';
    if (value === '') return [];
    if (Array.isArray(value)) return value;
    throw refuse({ member, value, kind: 'type', constraint: 'Member must be a list' });
  };
  return {
    /** A list, empty when it was not sent. */
    list,
    /** A list of texts, empty when it was not sent. */
    texts: (holder: Holder, member: string): readonly string[] =>
      list(holder, member).map((value) => checkedText(member, value, undefined, refuse)),
    /** A list of structures, empty when it was not sent. */
    structures: (holder: Holder, member: string): readonly Holder[] =>
      list(holder, member).map((value) => structureOf(member, value, refuse)),
    /** A structure that must be there. */
    structure: (holder: Holder, member: string): Holder => {
      const value = sent(holder, member);
      if (value === undefined) throw refuse(absent(member));
      return structureOf(member, value, refuse);
    },
  };
}

const absent = (member: string) =>
  ({ member, value: undefined, kind: 'absent', constraint: 'Member must not be null' }) as const;

function checkedText<R extends TextRule>(
  member: string,
  value: unknown,
  rule: R | undefined,
  refuse: Refuse<R>,
): string {
  if (typeof value !== 'string') throw refuse({ member, value, kind: 'type', constraint: 'Member must be a text' });
  const broken = rule && brokenRule(value, rule);
  if (broken) throw refuse({ member, value, rule, ...broken });
  return value;
}

function structureOf<R extends TextRule>(member: string, value: unknown, refuse: Refuse<R>): Holder {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { input: { ...value } };
  throw refuse({ member, value, kind: 'type', constraint: 'Member must be a structure' });
}

type Broken = Pick<Breach, 'kind' | 'constraint'>;

const longer = (min: number): string => `Member must have length greater than or equal to ${min}`;

function brokenRule(value: string, { min = 0, max = Number.POSITIVE_INFINITY, pattern }: TextRule): Broken | undefined {
  if (value.length < min) return { kind: 'too-short', constraint: longer(min) };
  if (value.length > max)
    return { kind: 'too-long', constraint: `Member must have length less than or equal to ${max}` };
  if (!pattern || pattern.test(value)) return undefined;
  const shown = pattern.source.replace(/^\^|\$$/g, '');
  return { kind: 'pattern', constraint: `Member must satisfy regular expression pattern: ${shown}` };
}

function brokenBounds(value: unknown, least: number, most: number): Broken | undefined {
  const written = typeof value === 'string' && /^-?\d{1,15}$/.test(value);
  if (!written && !Number.isSafeInteger(value)) return { kind: 'type', constraint: 'Member must be an integer' };
  if (Number(value) < least)
    return { kind: 'too-small', constraint: `Member must have value greater than or equal to ${least}` };
  if (Number(value) > most)
    return { kind: 'too-large', constraint: `Member must have value less than or equal to ${most}` };
  return undefined;
}

/** The sentence of most services for a broken constraint. Source: the ValidationErrors that IAM, STS and Config answer. */
export function violationText({ member, value, constraint }: Breach): string {
  const field = member.charAt(0).toLowerCase() + member.slice(1);
  const shown =
    value === undefined ? 'Value null' : `Value '${typeof value === 'string' ? value : JSON.stringify(value)}'`;
  return `1 validation error detected: ${shown} at '${field}' failed to satisfy constraint: ${constraint}`;
}
