/** What a region does unless it is told otherwise, and the regions that are not the home of the account. */
import { recordOf } from './config-recorder.js';
import { analyzerName } from './names.js';
import { type DesiredObject, ours } from './objects.js';
import { defaultRegions, isOptIn } from './regions.js';
import type { BaselineSettings } from './settings.js';

const why = {
  region: 'The region is recorded, and AWS serves it only to accounts that have enabled it.',
  volumes: 'Every new volume is encrypted, also where nobody thinks of it.',
  metadata: 'A machine gives its credentials only to a session, so that a forwarded request does not get them.',
  snapshots: 'A copy of a disk is shared with the whole world by no mistake.',
  analyzer: 'Whatever of the account somebody outside can reach is found and listed.',
};

const defaultsOf = (region: string, { prefix }: BaselineSettings): readonly DesiredObject[] => [
  ours('volume-encryption', 'default', region, { byDefault: true }, why.volumes),
  ours('instance-metadata', 'default', region, { tokens: 'required' }, why.metadata),
  ours('snapshot-sharing', 'default', region, { public: 'block-all-sharing' }, why.snapshots),
  ours('access-analyzer', analyzerName(prefix), region, { active: true }, why.analyzer),
];

/** The defaults of every region that is enabled from the beginning. */
export const regionDefaults = (settings: BaselineSettings): readonly DesiredObject[] =>
  (settings.securedRegions ?? defaultRegions)
    .filter((region) => !isOptIn(region))
    .flatMap((region) => defaultsOf(region, settings));

/** The record of the regions beside the home region that are enabled from the beginning. */
export const regionRecorders = (settings: BaselineSettings): readonly DesiredObject[] =>
  settings.regions
    .filter((region) => region !== settings.homeRegion && !isOptIn(region))
    .flatMap((region) => recordOf(region, settings));

/** Regions that AWS leaves disabled: enabled, then as all others are. */
export const optInRegions = (settings: BaselineSettings): readonly DesiredObject[] =>
  settings.regions
    .filter((region) => region !== settings.homeRegion && isOptIn(region))
    .flatMap((region) => [
      ours('opt-in-region', region, region, { enabled: true }, why.region),
      ...defaultsOf(region, settings),
      ...recordOf(region, settings),
    ]);
