/** Feeds projections from the log. Those that stand at the same place share one reader; each reader stops at poison and says so. */
import type { DatabaseSync } from 'node:sqlite';
import type { Log } from '../../application/ports/log.js';
import type { ProjectionHealth } from '../../application/ports/read-models.js';
import type { EventStore, Position } from '../../application/streams/event-store.js';
import { nothingSetAside, type Quarantine } from '../../domain/quarantine.js';
import { type Damage, watchForDamage } from './damage.js';
import { type Checkpoint, checkpointOf, reset } from './database.js';
import type { Projection } from './projection.js';
import type { LeavingOut } from './quarantine-filter.js';
import { type Feeding, type Reader, run } from './reader.js';

export interface Projector {
  /** Whether every read model holds this position. */
  reached(position: Position): boolean;
  /** The decisions about streams that cannot be read, as the readers last saw them. */
  quarantine(): Quarantine;
  health(): readonly ProjectionHealth[];
  /** Resolves when the readers have ended, after the signal aborted. */
  readonly ended: Promise<void>;
}

/** What a projector may be given beside what it needs. */
export interface Witnesses {
  readonly damage?: Damage;
  readonly log?: Log | undefined;
}

/** Starts feeding; `moved` is called after each committed page and each stop. A position of another log empties its projections first. */
export function startProjector(
  store: EventStore,
  db: DatabaseSync,
  all: readonly Projection[],
  signal: AbortSignal,
  moved: () => void,
  { damage = watchForDamage(db), log }: Witnesses = {},
): Projector {
  const readers = cohorts(store, db, all);
  let quarantine = nothingSetAside;
  const tell = teller(log);
  const feeding: Feeding = {
    ...{ store, db, signal, damage },
    moved(reader) {
      tell(reader);
      moved();
    },
    decided(decisions) {
      quarantine = decisions;
    },
  };
  const ended = Promise.all(readers.map((reader) => run(feeding, reader)));
  const holds = ({ position }: Reader, wanted: Position): boolean =>
    position !== undefined && store.compare(position, wanted) >= 0;
  return {
    reached: (position) => readers.every((reader) => holds(reader, position)),
    quarantine: () => quarantine,
    health: () => readers.flatMap((reader) => healthOf(reader, damage.words)),
    ended: ended.then(() => undefined),
  };
}

function healthOf(reader: Reader, damage: string | undefined): ProjectionHealth[] {
  const { position, caughtUp, filled, stop } = reader;
  const stopped = damage ?? whyStill(reader);
  return reader.projections.map(({ name }) => ({ name, position, caughtUp, filling: !filled, stopped, at: stop }));
}

function whyStill({ stop, trouble }: Reader): string | undefined {
  if (stop) return `${stop.stream} revision ${stop.revision}: ${stop.cause}`;
  return trouble && `${trouble}; it is tried again by itself`;
}

/** Says once why a reader stands still, and once that it moves again. */
function teller(log: Log | undefined): (reader: Reader) => void {
  const last = new Map<Reader, string>();
  return (reader) => {
    const why = whyStill(reader);
    if (why === last.get(reader)) return;
    const readModels = reader.projections.map(({ name }) => name).join(', ');
    if (why === undefined) {
      last.delete(reader);
      log?.info({ readModels }, 'Read models move again.');
    } else {
      last.set(reader, why);
      log?.error({ readModels, why }, 'Read models stand still.');
    }
  };
}

function cohorts(store: EventStore, db: DatabaseSync, all: readonly Projection[]): readonly Reader[] {
  const groups = new Map<string, { checkpoint: Checkpoint; members: Projection[] }>();
  for (const projection of all) {
    const checkpoint = ownCheckpoint(store, db, projection);
    const key = `${checkpoint.position} ${checkpoint.leavesOut}`;
    const group = groups.get(key) ?? { checkpoint, members: [] };
    group.members.push(projection);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ checkpoint: { position, leavesOut }, members }) => ({
    projections: members,
    position,
    leavesOut: JSON.parse(leavesOut) as LeavingOut,
    caughtUp: false,
    filled: false,
    stop: undefined,
    trouble: undefined,
  }));
}

function ownCheckpoint(store: EventStore, db: DatabaseSync, projection: Projection): Checkpoint {
  const checkpoint = checkpointOf(db, projection);
  if (checkpoint.position === undefined || store.owns(checkpoint.position)) return checkpoint;
  reset(db, projection);
  return checkpointOf(db, projection);
}
