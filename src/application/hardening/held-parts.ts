/** Which desired state an account is held to: that which was applied there, and not what a newer program would apply. */
import {
  type DescribedParts,
  type KnownBaselines,
  type PlaceOf,
  partsIn,
} from '../../domain/baseline/known-baselines.js';
import type { DesiredObject } from '../../domain/baseline/objects.js';
import type { Hardening } from '../../domain/hardening/hardening.js';
import type { BaselineStep } from '../../domain/provider/steps.js';
import type { RecordedEvent } from '../ports/event-store.js';

/** The digest of the objects of a step, as facts carry it. */
export type DigestOf = (objects: readonly DesiredObject[]) => string;

/** By step, the digest that its last application recorded. */
export type AppliedDigests = ReadonlyMap<BaselineStep, string>;

/** The digests that the history of a provider tells, and those of rollouts since. */
export const appliedDigests = (
  life: readonly RecordedEvent[],
  { upgraded }: Pick<Hardening, 'upgraded'>,
): AppliedDigests =>
  new Map([
    ...life.flatMap(({ event }) => (event.type === 'BaselineStepApplied' ? [[event.step, event.digest] as const] : [])),
    ...(Object.entries(upgraded) as [BaselineStep, string][]),
  ]);

/** What an account is held to, and the steps of which the present baseline wants something else. */
export interface Held {
  readonly parts: DescribedParts;
  readonly behind: readonly BaselineStep[];
}

interface Baselines {
  readonly known: KnownBaselines;
  /** What this version stands for. */
  readonly current: string;
  readonly digestOf: DigestOf;
}

/**
 * The parts by the digests that were applied. A part whose digest none of the known desired states has cannot be looked at:
 * it was applied before they were put on record, and is behind.
 */
export function heldParts(place: PlaceOf, applied: AppliedDigests, { known, current, digestOf }: Baselines): Held {
  const now = partsIn(current, place);
  const digestsNow = new Map(now.map(({ step, objects }) => [step, digestOf(objects)]));
  const wanted = new Map([...applied].filter(([step, digest]) => digestsNow.get(step) !== digest));
  const found = now.filter(({ step }) => applied.has(step) && !wanted.has(step));
  const behind = now.filter(({ step, objects }) => objects.length > 0 && !found.some((part) => part.step === step));
  const older = Object.values(known).toReversed();
  const parts = [...found, ...olderParts(place, wanted, older, digestOf)];
  return { parts, behind: behind.map(({ step }) => step) };
}

function olderParts(
  place: PlaceOf,
  wanted: Map<BaselineStep, string>,
  contents: readonly string[],
  digestOf: DigestOf,
): DescribedParts {
  const found: DescribedParts[number][] = [];
  for (const content of contents) {
    if (wanted.size === 0) break;
    for (const part of partsIn(content, place))
      if (wanted.get(part.step) === digestOf(part.objects)) {
        found.push(part);
        wanted.delete(part.step);
      }
  }
  return found;
}
