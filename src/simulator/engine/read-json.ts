/** Checks of JSON that people send; each complaint names the member, what was wrong and what would be right. */

/** A request to the control API that cannot be meant; its message is for the person who sent it. */
export class BadInput extends Error {}

/** The body as JSON; `undefined` for an empty one. */
export function jsonBody(body: Uint8Array): unknown {
  const text = Buffer.from(body).toString('utf8');
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new BadInput('The body is not valid JSON.');
  }
}

/** Reads a member that may be left out. */
export function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === undefined ? undefined : read(value);
}

/** A JSON object with no other members than those allowed. */
export function objectOf(name: string, value: unknown, allowed: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadInput(`${name}: must be a JSON object with ${allowed.join(', ')}.`);
  }
  const stranger = Object.keys(value).find((member) => !allowed.includes(member));
  if (stranger !== undefined) throw new BadInput(`${stranger}: is unknown here; known are ${allowed.join(', ')}.`);
  return { ...value };
}

/** Text that is not empty. */
export function text(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new BadInput(`${name}: must be a text that is not empty.`);
  return value;
}

/** A password: its value must never come into a message, so it has a reader of its own. */
export function secret(name: string, value: unknown): string {
  if (typeof value !== 'string') throw new BadInput(`${name}: must be a text.`);
  return value;
}

/** Text of a pattern; `what` says in words what that is. */
export function matching(name: string, value: unknown, pattern: RegExp, what: string): string {
  if (typeof value !== 'string' || !pattern.test(value)) throw new BadInput(`${name}: ${shown(value)} is not ${what}.`);
  return value;
}

/** One of a few words. */
export function oneOf<T extends string>(name: string, value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new BadInput(`${name}: ${shown(value)} is not one of ${allowed.join(', ')}.`);
  return found;
}

/** True or false. */
export function flag(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new BadInput(`${name}: ${shown(value)} is neither true nor false.`);
}

/** A whole number within bounds, both allowed. */
export function wholeNumber(name: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new BadInput(`${name}: ${shown(value)} is not a whole number from ${least} to ${most}.`);
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
