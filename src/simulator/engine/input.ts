/** Reads the members of a call's input by AWS's constraints; each service refuses in its own words. */

import { type Breach, brokenBounds, brokenRule, longer, type TextRule } from './constraints.js';
import type { AwsError } from './core.js';

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
