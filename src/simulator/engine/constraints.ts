/** The constraints that AWS's models set on the members of an input, and what a broken one is called. */

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

type Broken = Pick<Breach, 'kind' | 'constraint'>;

export const longer = (min: number): string => `Member must have length greater than or equal to ${min}`;

export function brokenRule(
  value: string,
  { min = 0, max = Number.POSITIVE_INFINITY, pattern }: TextRule,
): Broken | undefined {
  if (value.length < min) return { kind: 'too-short', constraint: longer(min) };
  if (value.length > max)
    return { kind: 'too-long', constraint: `Member must have length less than or equal to ${max}` };
  if (!pattern || pattern.test(value)) return undefined;
  const shown = pattern.source.replace(/^\^|\$$/g, '');
  return { kind: 'pattern', constraint: `Member must satisfy regular expression pattern: ${shown}` };
}

export function brokenBounds(value: unknown, least: number, most: number): Broken | undefined {
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
