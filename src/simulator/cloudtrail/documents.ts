/** What the simulated CloudTrail remembers of trails, and from which regions each is seen. */
import { AwsError, type Call } from '../engine/core.js';
import type { Tag } from '../world/tags.js';

/** Kind `cloudtrail-trail`, key: the trail's ARN. Times are milliseconds since the epoch. */
export interface TrailDocument {
  readonly name: string;
  readonly arn: string;
  readonly homeRegion: string;
  readonly bucket: string;
  readonly prefix: string | null;
  readonly multiRegion: boolean;
  readonly globalEvents: boolean;
  readonly logFileValidation: boolean;
  readonly recursiveLogging: boolean;
  readonly isLogging: boolean;
  readonly startedAt: number | null;
  readonly stoppedAt: number | null;
  /** As they were put; `null`: the default ones. */
  readonly selectors: Selectors | null;
  readonly tags: readonly Tag[];
}

export type Selectors =
  | { readonly EventSelectors: readonly unknown[] }
  | { readonly AdvancedEventSelectors: readonly unknown[] };

const kind = 'cloudtrail-trail';

export const arnOf = (call: Call, name: string): string =>
  `arn:aws:cloudtrail:${call.region}:${call.account}:trail/${name}`;

export const putTrail = (call: Call, trail: TrailDocument): void =>
  call.documents.put(kind, call.account, trail.arn, trail);

export const removeTrail = (call: Call, trail: TrailDocument): void =>
  call.documents.remove(kind, call.account, trail.arn);

/** The trails seen from the call's region: its own and the multi-region trails of other regions (their shadows). */
export const trailsSeen = (call: Call): readonly TrailDocument[] =>
  call.documents
    .list<TrailDocument>(kind, call.account)
    .filter((trail) => trail.multiRegion || trail.homeRegion === call.region);

/** A trail by ARN, or by name; a name means a trail of this region before the shadow of another's. */
export function trailNamed(call: Call, nameOrArn: string): TrailDocument | undefined {
  const seen = trailsSeen(call);
  if (nameOrArn.startsWith('arn:')) return seen.find(({ arn }) => arn === nameOrArn);
  const named = seen.filter(({ name }) => name === nameOrArn);
  return named.find(({ homeRegion }) => homeRegion === call.region) ?? named[0];
}

/** @throws TrailNotFoundException */
export function existing(call: Call, nameOrArn: string): TrailDocument {
  const trail = trailNamed(call, nameOrArn);
  if (trail) return trail;
  throw new AwsError('TrailNotFoundException', 400, `Unknown trail: ${nameOrArn} for the user: ${call.account}`);
}

/** The trail for a change, which only its home region takes. @throws TrailNotFoundException, InvalidHomeRegionException */
export function changeable(call: Call, nameOrArn: string): TrailDocument {
  const trail = existing(call, nameOrArn);
  if (trail.homeRegion === call.region) return trail;
  throw new AwsError(
    'InvalidHomeRegionException',
    400,
    `The trail ${trail.name} can only be changed in its home region, which is ${trail.homeRegion}.`,
  );
}
