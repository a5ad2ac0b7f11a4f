/** The regions of every account that is hardened. */
import { Group, Is } from '../decorators.js';
import { listOf, regionName } from '../rules.js';
import type { Check, Section } from '../section.js';

export class BaselineRegions {
  @Is(regionName) readonly homeRegion!: string;
  @Is(listOf(regionName)) readonly regions!: readonly string[];
}

interface Needs {
  readonly baseline: BaselineRegions;
}

const homeRegionCovered: Check<Needs> = ({ baseline: { homeRegion, regions } }) => {
  if (regions.includes(homeRegion)) return [];
  const problem = `has no ${homeRegion}, the home region`;
  return [{ path: 'baseline.regions', value: regions, problem, allowed: 'a list with baseline.homeRegion in it' }];
};

export const baseline: Section<BaselineRegions, BaselineRegions, Needs> = {
  rule: Group(() => BaselineRegions),
  used: (stated) => stated,
  checks: [homeRegionCovered],
};
