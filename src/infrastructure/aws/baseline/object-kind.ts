/** What a kind of object must be able to do at AWS: be looked at, be made, and have each of its members put right. */

import type { Desired, MembersOf, ObjectKind, Observed } from '../../../domain/baseline/objects.js';
import type { Json } from '../../../domain/canonical-json.js';
import type { Reach } from './reach.js';

/** Brings a member from what it is to what the object says; safe to repeat. */
export type Mend<K extends ObjectKind> = (reach: Reach, object: Desired<K>, from: Json) => Promise<void>;

export interface KindAtAws<K extends ObjectKind> {
  /** The object as it is; it reads and never writes. */
  observe(reach: Reach, object: Desired<K>): Promise<Observed>;
  /** Makes the object. One that exists already is not an error: what it lacks shows when it is observed again. */
  create(reach: Reach, object: Desired<K>): Promise<void>;
  /** What making it leaves open, in order. */
  readonly complete: readonly Mend<K>[];
  /** Members that AWS takes together share one function, which then runs once. */
  readonly mend: { readonly [M in keyof MembersOf[K]]: Mend<K> };
}

/** An observation of an object under the name it should have. */
export const observedAs = (object: Desired<ObjectKind>, members: Observed['members']): Observed => ({
  kind: object.kind,
  name: object.name,
  place: object.place,
  members,
});
