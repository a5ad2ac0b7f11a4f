/** How an account differs from what was applied there: one finding an object, in lines that a person can read. */
import { customerOverrideName, operationsOverrideName } from '../baseline/names.js';
import type { ObjectKind } from '../baseline/objects.js';
import type { Rewritten } from '../baseline/owned-by-others.js';
import { type Change, describe, objectKey } from '../baseline/plan.js';
import { rootOfAccount } from '../baseline/root-of-account.js';

/** `now`: it is put right at once; `after-notice`: once its owner has had time; `none`: it is only told. */
export type Repair = 'now' | 'after-notice' | 'none';

export type Finding = {
  /** Which object, such as `trail/ctl-audit/us-east-1`. */
  readonly object: string;
  /** What would put it right, one line each. */
  readonly changes: readonly string[];
  readonly repair: Repair;
};

/** What an account may hold beside the baseline and is looked at all the same. */
export type StrangerKind = 'user' | 'customer-group' | 'root';

/** Stands for root of an account where objects are named. */
export const rootObject = [rootOfAccount.kind, rootOfAccount.name, rootOfAccount.place].join('/');

/** That root has credentials again. Only a person of the payer can take them away, so nothing is put right by itself. */
export const findingOfRoot = (credentials: readonly string[]): Finding => ({
  object: rootObject,
  changes: [`root account: has ${credentials.join(', ')}, and had no credentials before`],
  repair: 'none',
});

/** The key of an IAM user or group of the customer's own. A user is named by its unique id, because its name may be a person's. */
export const strangerKey = (kind: StrangerKind, id: string): string => `${kind}/${id}/global`;

/** The id in the key of a stranger of this kind; `undefined` for a key of anything else. */
export function strangerIn(kind: StrangerKind, object: string): string | undefined {
  const [of, id, place] = object.split('/');
  return of === kind && place === 'global' ? id : undefined;
}

/** Changes that are planned for objects, as findings; `nameOf` is the name that the baseline gives an object. */
export function findingsOf(
  changes: readonly Change[],
  repair: Repair,
  nameOf: (change: Change) => string = ({ object }) => object.name,
): readonly Finding[] {
  const lines = new Map<string, readonly string[]>();
  for (const change of changes) {
    const object = objectKey({ ...change.object, name: nameOf(change) });
    lines.set(object, [...(lines.get(object) ?? []), describe(change)]);
  }
  return [...lines].map(([object, its]) => ({ object, changes: its, repair }));
}

/** Objects that changed in their owners' hands: told and never put right, and no drift from what was applied. */
export const findingsOfOwners = (changed: readonly Rewritten[]): readonly Finding[] =>
  changed.map(({ object, version }) => ({
    object: objectKey(object),
    changes: [`${object.kind.replaceAll('-', ' ')} ${object.name}: its owner has put version ${version} in force`],
    repair: 'none',
  }));

const ownersObjects: ReadonlySet<string> = new Set(
  [customerOverrideName, operationsOverrideName].map((name) =>
    objectKey({ kind: 'managed-policy', name, place: 'global' }),
  ),
);

/** Whether something is not as it was applied; one that is there no more is drift also where its contents are its owner's. */
export const isDrift = ({ object, repair, changes }: Finding): boolean =>
  repair !== 'none' || !ownersObjects.has(object) || changes.some((line) => line.startsWith('create '));

/** Equal for the same findings in whatever order they were met. */
export const sameFindings = (a: readonly Finding[], b: readonly Finding[]): boolean => textOf(a) === textOf(b);

const textOf = (findings: readonly Finding[]): string =>
  findings
    .map(({ object, changes, repair }) => [object, repair, ...changes].join('\n'))
    .sort()
    .join('\n\n');

/** The parts of a key; `undefined` for what is no key at all. */
export function keyParts(
  object: string,
): { readonly kind: ObjectKind | StrangerKind; readonly name: string; readonly place: string } | undefined {
  const [kind, name, place, more] = object.split('/');
  return kind && name && place && more === undefined
    ? { kind: kind as ObjectKind | StrangerKind, name, place }
    : undefined;
}
