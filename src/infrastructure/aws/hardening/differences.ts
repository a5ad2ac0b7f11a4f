/** How an account in use differs from the objects it is held to, as far as it can be seen. */
import type { HeldTo } from '../../../application/ports/hardening.js';
import type { DesiredObject } from '../../../domain/baseline/objects.js';
import { type Rewritten, rewritten } from '../../../domain/baseline/owned-by-others.js';
import { type Change, objectKey, plan } from '../../../domain/baseline/plan.js';
import { type Finding, findingsOf, findingsOfOwners } from '../../../domain/hardening/findings.js';
import { observeAll } from '../baseline/converge.js';
import { RegionInTransition } from '../baseline/opt-in-region.js';
import type { Reach } from '../baseline/reach.js';
import type { Via } from '../calls/clients.js';
import { classify } from '../calls/errors.js';

export const isRegion = ({ kind }: DesiredObject): boolean => kind === 'opt-in-region';

const planned = async (reach: Reach, objects: readonly DesiredObject[]): Promise<readonly Change[]> =>
  plan(objects, await observeAll(reach, objects));

/** How objects differ, and which of them their owners have changed. */
export interface Seen {
  readonly changes: readonly Change[];
  readonly rewritten: readonly Rewritten[];
}

/**
 * How our own role differs, and by which role one gets in: through itself, or through the way in where it lets nobody in.
 */
export async function enteredBy(
  by: (via: Via) => Reach,
  own: readonly DesiredObject[],
): Promise<{ readonly reach: Reach; readonly via: Via; readonly changes: readonly Change[] }> {
  const enter = async (via: Via) => ({ reach: by(via), via, changes: await planned(by(via), own) });
  try {
    return await enter('automation');
  } catch (error) {
    if (classify(error).operation !== 'sts:AssumeRole') throw error;
    return enter('way-in');
  }
}

/** The changes to objects where they can be seen: a region that is not enabled shows nothing of what is in it. */
export async function plannedInOpenRegions(reach: Reach, objects: readonly DesiredObject[]): Promise<Seen> {
  const regions = await Promise.all(objects.filter(isRegion).map((region) => regionOf(reach, region)));
  const closed = new Set(regions.flatMap(({ place, isOpen }) => (isOpen ? [] : [place])));
  const open = objects.filter((object) => !isRegion(object) && !closed.has(object.place));
  const observed = await observeAll(reach, open);
  const changes = [...regions.flatMap((region) => region.changes), ...plan(open, observed)];
  return { changes, rewritten: rewritten(open, observed) };
}

/** AWS takes hours to enable a region, and until then there is nothing to be said of it. */
async function regionOf(reach: Reach, region: DesiredObject) {
  const { place } = region;
  try {
    const changes = await planned(reach, [region]);
    return { place, changes, isOpen: changes.length === 0 };
  } catch (error) {
    if (error instanceof RegionInTransition) return { place, changes: [], isOpen: false };
    throw error;
  }
}

/** The findings of a plan, under the names that the baseline gives its objects; exceptions are left out. */
export function drifted(
  { changes, rewritten: changed }: Seen,
  { exceptions, repairs }: HeldTo,
  objects: readonly DesiredObject[],
): readonly Finding[] {
  const differing = findingsOf(changes, repairs.drift === 'repair' ? 'now' : 'none', (change) =>
    nameIn(objects, change),
  );
  return [...differing, ...findingsOfOwners(changed)].filter(({ object }) => !exceptions.has(object));
}

/** AWS has one recorder and one channel a region, which may bear another name there than we would have given it. */
function nameIn(objects: readonly DesiredObject[], { object }: Change): string {
  const alike = objects.filter(({ kind, place }) => kind === object.kind && place === object.place);
  const itself = alike.find((one) => objectKey(one) === objectKey(object));
  return (itself ?? alike[0])?.name ?? object.name;
}
