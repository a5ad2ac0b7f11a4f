/** Which objects of the baseline wait for which others, as data; those that need nothing of each other are made side by side. */
import type { DesiredObject, ObjectKind } from './objects.js';

/** How it shows which objects of a kind are meant. */
type Where = 'carried' | 'named' | 'same-name' | 'same-place' | 'anywhere';

interface Need {
  readonly kind: ObjectKind;
  readonly where: Where;
}

/** Source: what AWS refuses to make without the other: NoSuchEntity, InvalidRole, NoAvailableConfigurationRecorder and so on. */
const needs: Readonly<Partial<Record<ObjectKind, readonly Need[]>>> = {
  role: [{ kind: 'managed-policy', where: 'carried' }],
  group: [{ kind: 'managed-policy', where: 'carried' }],
  'group-membership': [
    { kind: 'group', where: 'same-name' },
    { kind: 'handed-over-user', where: 'named' },
  ],
  trail: [{ kind: 'bucket', where: 'named' }],
  'config-recorder': [{ kind: 'service-linked-role', where: 'anywhere' }],
  'delivery-channel': [
    { kind: 'config-recorder', where: 'same-place' },
    { kind: 'bucket', where: 'named' },
  ],
  recording: [{ kind: 'delivery-channel', where: 'same-place' }],
};

const meant: Readonly<Record<Where, (object: DesiredObject, other: DesiredObject) => boolean>> = {
  carried: ({ members }, { name }) =>
    'policies' in members && members.policies.some((arn) => arn.endsWith(`:policy/${name}`)),
  named: ({ members }, { name }) =>
    ('bucket' in members && members.bucket === name) || ('user' in members && members.user === name),
  'same-name': ({ name }, other) => name === other.name,
  'same-place': ({ place }, other) => place === other.place,
  anywhere: () => true,
};

/** Those of the objects that must be there before this one. Nothing is in a region before the region is enabled. */
export function needsOf(object: DesiredObject, all: readonly DesiredObject[]): readonly DesiredObject[] {
  const region: Need = { kind: 'opt-in-region', where: 'same-place' };
  const own = [region, ...(needs[object.kind] ?? [])];
  return all.filter(
    (other) => other !== object && own.some(({ kind, where }) => kind === other.kind && meant[where](object, other)),
  );
}

/** How many objects wait for one another in a row at most: what no number of calls at once can shorten. */
export function depthOf(objects: readonly DesiredObject[]): number {
  const depth = (object: DesiredObject): number => 1 + Math.max(0, ...needsOf(object, objects).map(depth));
  return Math.max(0, ...objects.map(depth));
}
