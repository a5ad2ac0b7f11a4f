/** A version of a read model on its open file, and how far it is fed. */
import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../application/ports/event-store.js';
import type { ProjectionHealth, ReadModelName } from '../../application/ports/read-model-health.js';
import { type Damage, watchForDamage } from './damage.js';
import { checkpointOf } from './model-file.js';
import type { QuarantineFilter } from './quarantine-filter.js';
import { fileNameOf, type Version } from './read-model.js';

/** Where a reader stands still until somebody decides. */
export interface Stop {
  readonly stream: string;
  readonly revision: number;
  readonly cause: string;
}

export interface FedVersion<Reads = unknown> {
  /** The read model that it is a version of. */
  readonly model: ReadModelName;
  readonly name: string;
  readonly version: Version<Reads>;
  readonly file: string;
  readonly db: DatabaseSync;
  readonly damage: Damage;
  position: Position | undefined;
  filter: QuarantineFilter;
  caughtUp: boolean;
  /** Whether it has caught up since this program began to feed it, or since its rows were last made anew. */
  filled: boolean;
  /** Whether its rows were ever whole, as its checkpoint says. */
  everFilled: boolean;
  stop: Stop | undefined;
  /** What is in the way and is tried again by itself. */
  trouble: string | undefined;
}

/** A version on its open file, standing where its checkpoint says. */
export function fedVersion<Reads>(
  model: ReadModelName,
  version: Version<Reads>,
  file: string,
  db: DatabaseSync,
): FedVersion<Reads> {
  const fed: FedVersion<Reads> = {
    ...{ model, name: fileNameOf(model, version), version, file, db, damage: watchForDamage(db) },
    ...{ position: undefined, filter: {}, caughtUp: false, filled: false, everFilled: false },
    ...{ stop: undefined, trouble: undefined },
  };
  standAtCheckpoint(fed);
  return fed;
}

/** Takes up what the file says, as after somebody else has fed it. */
export function standAtCheckpoint(fed: FedVersion): void {
  const { position, filter, filled } = checkpointOf(fed.db);
  fed.position = position;
  fed.filter = JSON.parse(filter) as QuarantineFilter;
  fed.everFilled = filled;
}

/** Why it stands still, in words for the operator. */
export function whyStill({ stop, trouble, damage }: FedVersion): string | undefined {
  if (damage.words !== undefined) return damage.words;
  if (stop) return `${stop.stream} revision ${stop.revision}: ${stop.cause}`;
  return trouble && `${trouble}; it is tried again by itself`;
}

/** How it stands; `served` says whether reads are answered from it. */
export function healthOf(fed: FedVersion, served: boolean): ProjectionHealth {
  const { model, name, position, caughtUp, filled, stop } = fed;
  return { model, name, served, position, caughtUp, filling: !filled, stopped: whyStill(fed), at: stop };
}
