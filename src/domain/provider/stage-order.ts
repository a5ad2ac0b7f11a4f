/** The stages in the order of a life, which lists that are sorted by stage follow; what may still go on comes before what is over. */
import type { Stage } from './stages.js';

type Seen = Exclude<Stage, 'unknown'>;

/** The place of each stage; a changed place is a new version of the read model that is sorted by it. */
export const stagePlaces: Readonly<Record<Seen, number>> = {
  requested: 0,
  accepted: 1,
  assigned: 2,
  resumed: 3,
  creating: 4,
  created: 5,
  linked: 6,
  ready: 7,
  hardened: 8,
  proven: 9,
  active: 10,
  halted: 11,
  refused: 12,
  withdrawn: 13,
};

/** Every stage that a provider can be seen at, each at its place. */
export const stagesInOrder: readonly string[] = Object.entries(stagePlaces)
  .sort(([, one], [, other]) => one - other)
  .map(([stage]) => stage);
