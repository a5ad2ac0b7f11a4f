/** From what is to what should be: look, plan, change, and look again before it is called done. */
import { needsOf } from '../../../domain/baseline/dependencies.js';
import type { DesiredObject, Observed } from '../../../domain/baseline/objects.js';
import { type Change, describe, plan } from '../../../domain/baseline/plan.js';
import { apply, observe } from './kinds.js';
import type { Reach } from './reach.js';
import { sideBySide } from './side-by-side.js';

/** As many as Terraform has under way in one account, whose rates bear it. Source: Terraform, -parallelism. */
const objectsAtOnce = 10;

/**
 * Everything was put right and AWS does not show it: at first it only takes a while, later somebody works
 * against us.
 */
class NotAsDesired extends Error {
  override readonly name = 'NotAsDesired';

  constructor(left: readonly Change[]) {
    super(`Changed, but AWS still shows it otherwise: ${left.map(describe).join('; ')}`);
  }
}

/** What one who converges remembers from one time to the next. */
export interface Memory {
  /** Is told of each change once it is made, also when a later one fails. */
  made(change: Change): void;
  /** Whether the change was made a moment ago and only does not show yet; it is not made again then. */
  settling(change: Change): boolean;
}

/**
 * Makes the objects as desired. It writes only what differs, and what it wrote is read again before it returns.
 * Calling again goes on from what is. Throws {@link NotAsDesired}, or what AWS answered.
 */
export async function converge(reach: Reach, objects: readonly DesiredObject[], memory: Memory): Promise<void> {
  const pending = differing(objects, await observeAll(reach, objects));
  const changing = pending.map(({ object }) => object);
  const needed = ({ object }: Pending): readonly Pending[] => {
    const before = needsOf(object, changing);
    return pending.filter((each) => before.includes(each.object));
  };
  const make = ({ object, changes }: Pending): Promise<void> => {
    const open = changes.filter((change) => !memory.settling(change));
    return apply(reach, object, open, (change) => memory.made(change));
  };
  await sideBySide(pending, objectsAtOnce, make, needed);
  const left = plan(changing, await observeAll(reach, changing));
  if (left.length > 0) throw new NotAsDesired(left);
}

/** Each object as it is now, at its position; reads only. */
export const observeAll = (reach: Reach, objects: readonly DesiredObject[]): Promise<readonly Observed[]> =>
  sideBySide(objects, objectsAtOnce, (object) => observe(reach, object));

interface Pending {
  readonly object: DesiredObject;
  readonly changes: readonly Change[];
}

const differing = (objects: readonly DesiredObject[], observed: readonly Observed[]): readonly Pending[] =>
  objects
    .map((object, position) => ({ object, changes: plan([object], observed.slice(position, position + 1)) }))
    .filter(({ changes }) => changes.length > 0);
