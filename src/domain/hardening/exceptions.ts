/** Exceptions from the baseline: who may leave which object as it is, and for how long at most. */
import { isLeftWith } from '../baseline/handed-over-user.js';
import type { DesiredObject } from '../baseline/objects.js';
import { objectKey } from '../baseline/plan.js';
import { Refusal } from '../refusal.js';
import type { BaselineExceptionGranted, BaselineExceptionRevoked } from './events.js';
import { rootObject } from './findings.js';
import type { Hardening } from './hardening.js';

const longestExceptionDays = 365;
const dayMs = 86_400_000;

export interface GrantException {
  readonly object: string;
  readonly owner: string;
  readonly reason: string;
  readonly until: string;
  /** Every object that an exception can be about in this account. */
  readonly objects: ReadonlySet<string>;
  /** The guardrail in force that keeps the customer from changing the object all the same, if one does. */
  readonly guardrail: string | undefined;
  /** ISO time. */
  readonly now: string;
}

/** The fact that an exception is granted, or nothing where it stands so already. Throws a refusal that says what would be right. */
export function grantException(
  { object, owner, reason, until, objects, guardrail, now }: GrantException,
  { exceptions }: Hardening,
): readonly BaselineExceptionGranted[] {
  if (!objects.has(object) && object !== rootObject && !/^(user|customer-group)\/[^/]+\/global$/.test(object))
    throw new Refusal('not-found', 'The baseline of this account has no such object.', [
      {
        field: 'object',
        problem: 'names nothing that is held to the baseline',
        allowed: 'an object as findings name it',
      },
    ]);
  if (guardrail !== undefined)
    throw new Refusal(
      'wrong-stage',
      `The guardrail ${guardrail} keeps this object as it is, whoever tries to change it, so an exception would free nobody.`,
      [{ field: 'object', problem: `is covered by ${guardrail}`, allowed: 'an object that no guardrail covers' }],
      { guardrail },
    );
  const latest = new Date(Date.parse(now) + longestExceptionDays * dayMs).toISOString();
  if (until <= now || until > latest)
    throw new Refusal('invalid', 'An exception ends within a year.', [
      {
        field: 'until',
        problem: until <= now ? 'has passed' : 'is too late',
        allowed: `a time after ${now}, at most ${latest}`,
      },
    ]);
  const known = exceptions[object];
  const isSame = known?.owner === owner && known.reason === reason && known.until === until;
  return isSame ? [] : [{ type: 'BaselineExceptionGranted', object, owner, reason, until }];
}

/** The fact that an exception is taken back, or nothing where there is none. */
export const revokeException = (object: string, { exceptions }: Hardening): readonly BaselineExceptionRevoked[] =>
  object in exceptions ? [{ type: 'BaselineExceptionRevoked', object }] : [];

/** The objects that are left as they are at an ISO time, and those of the `held` ones that are left with them. */
export function exceptionsInForce(
  { exceptions }: Hardening,
  now: string,
  held: readonly DesiredObject[] = [],
): ReadonlySet<string> {
  const inForce = Object.entries(exceptions).flatMap(([object, { until }]) => (until > now ? [object] : []));
  const withThem = held.map(objectKey).filter((key) => inForce.some((object) => isLeftWith(object, key)));
  return new Set([...inForce, ...withThem]);
}

/** The objects whose exceptions have had their time at an ISO time, the first to end first. */
export const endedExceptions = ({ exceptions }: Hardening, now: string): readonly string[] =>
  Object.entries(exceptions)
    .filter(([, { until }]) => until <= now)
    .sort(([, a], [, b]) => a.until.localeCompare(b.until))
    .map(([object]) => object);
