/** The difference between what should be and what is; applying, drift detection and re-hardening all start here. */
import { canonicalTextOfJson, isRecord, type Json } from '../canonical-json.js';
import type { DesiredObject, ObjectKind, Observed, Place } from './objects.js';
import { isPolicy, meaningOf } from './policy-document.js';

/** One object by its kind, its name as AWS has it, and its region (`global` for IAM). */
interface ObjectName {
  readonly kind: ObjectKind;
  readonly name: string;
  readonly place: Place;
}

/** One thing to do: make an absent object, or bring one member of an object from one value to another. */
export type Change =
  | { readonly action: 'create'; readonly object: ObjectName }
  | {
      readonly action: 'update';
      readonly object: ObjectName;
      readonly member: string;
      readonly from: Json;
      readonly to: Json;
    };

/** How an exception names an object, by the name that the baseline gives it, such as `trail/ctl-audit/us-east-1`. */
export const objectKey = ({ kind, name, place }: ObjectName): string => `${kind}/${name}/${place}`;

const noExceptions: ReadonlySet<string> = new Set();

/**
 * The changes that make the observed objects as desired, in the order of the desired ones; none when all is well.
 * `observed` holds one answer for each desired object, at the same position. An object whose {@link objectKey} is among the
 * exceptions stays as it is.
 */
export const plan = (
  desired: readonly DesiredObject[],
  observed: readonly Observed[],
  exceptions: ReadonlySet<string> = noExceptions,
): readonly Change[] =>
  desired.flatMap((object, position) =>
    exceptions.has(objectKey(object)) ? [] : changesOf(object, observed[position]),
  );

function changesOf(desired: DesiredObject, observed: Observed | undefined): readonly Change[] {
  const object = { kind: desired.kind, name: observed?.name ?? desired.name, place: desired.place };
  if (!observed?.members) return [{ action: 'create', object }];
  if (desired.contents === 'created-once') return [];
  const is = observed.members;
  return Object.entries<Json>(desired.members)
    .map(([member, to]) => ({ action: 'update', object, member, from: is[member] ?? null, to }) as const)
    .filter(({ from, to }) => meaning(from) !== meaning(to));
}

/** Equal for values that mean the same: policies by their meaning, lists as sets. */
function meaning(value: Json): string {
  if (isPolicy(value)) return canonicalTextOfJson(meaningOf(value));
  return canonicalTextOfJson(Array.isArray(value) ? [...new Set(value.map(canonicalTextOfJson))].sort() : value);
}

/** A change in one plain line, fit for a log: there is nothing secret in a baseline. */
export function describe(change: Change): string {
  const { kind, name, place } = change.object;
  const where = place === 'global' ? '' : ` in ${place}`;
  const what = `${kind.replaceAll('-', ' ')} ${name}${where}`;
  return change.action === 'create'
    ? `create ${what}`
    : `${what}: ${difference(change.member, change.from, change.to)}`;
}

function difference(member: string, from: Json, to: Json): string {
  const words = member.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  if (Array.isArray(from) && Array.isArray(to)) {
    const missing = to.filter((value) => !from.includes(value)).map((value) => `+${value}`);
    const extra = from.filter((value) => !to.includes(value)).map((value) => `-${value}`);
    return `${words} ${[...missing, ...extra].join(' ')}`;
  }
  // A policy has no short form; the object's digest and the event's baseline version say which text is meant.
  if (isRecord(from) || isRecord(to)) return `${words} ${from === null ? 'set' : 'rewritten'}`;
  return `${words} from ${canonicalTextOfJson(from)} to ${canonicalTextOfJson(to)}`;
}
