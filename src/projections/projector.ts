/** Feeds projections from the log. Those that stand at the same place share one reader; each reader stops at poison and says so. */
import type { DatabaseSync } from 'node:sqlite';
import type { EventStore, Page, PoisonedEvent, Position, RecordedEvent } from '../application/event-store.js';
import { UnknownPosition } from '../application/event-store.js';
import type { ProjectionHealth } from '../application/read-models.js';
import { checkpointOf, reset, transaction } from './database.js';
import { FoldFailure, type Projection } from './projection.js';

/** Projections that are fed together. */
interface Reader {
  readonly projections: readonly Projection[];
  position: Position | undefined;
  caughtUp: boolean;
  stopped: string | undefined;
}

export interface Projector {
  /** The least position that every read model holds. */
  reached(position: Position): boolean;
  health(): readonly ProjectionHealth[];
  /** Resolves when the readers have ended, after the signal aborted. */
  readonly ended: Promise<void>;
}

/** Starts feeding; `moved` is called after each committed page. A position of another log empties its projections first. */
export function startProjector(
  store: EventStore,
  db: DatabaseSync,
  all: readonly Projection[],
  signal: AbortSignal,
  moved: () => void,
): Projector {
  const readers = cohorts(store, db, all);
  const ended = Promise.all(readers.map((reader) => run(store, db, reader, signal, moved)));
  const holds = (reader: Reader, position: Position): boolean =>
    reader.position !== undefined && store.compare(reader.position, position) >= 0;
  return {
    reached: (position) => readers.every((reader) => holds(reader, position)),
    health: () =>
      readers.flatMap(({ projections, position, caughtUp, stopped }) =>
        projections.map(({ name }) => ({ name, position, caughtUp, stopped })),
      ),
    ended: ended.then(() => undefined),
  };
}

function cohorts(store: EventStore, db: DatabaseSync, all: readonly Projection[]): readonly Reader[] {
  const groups = new Map<Position | undefined, Projection[]>();
  for (const projection of all) {
    const position = ownPosition(store, db, projection);
    groups.set(position, [...(groups.get(position) ?? []), projection]);
  }
  return [...groups].map(([position, projections]) => ({ projections, position, caughtUp: false, stopped: undefined }));
}

function ownPosition(store: EventStore, db: DatabaseSync, projection: Projection): Position | undefined {
  const position = checkpointOf(db, projection);
  if (position === undefined) return undefined;
  try {
    store.compare(position, position);
    return position;
  } catch (error) {
    if (!(error instanceof UnknownPosition)) throw error;
    reset(db, projection);
    return undefined;
  }
}

async function run(
  store: EventStore,
  db: DatabaseSync,
  reader: Reader,
  signal: AbortSignal,
  moved: () => void,
): Promise<void> {
  const folds = reader.projections.map((projection) => projection.open(db));
  const save = db.prepare('INSERT OR REPLACE INTO checkpoints VALUES (?, ?)');
  const commit = (events: readonly RecordedEvent[]): void => {
    const last = events.at(-1)?.position;
    if (last === undefined) return;
    transaction(db, () => {
      for (const fold of folds) fold(events);
      for (const { name } of reader.projections) save.run(name, last);
    });
    reader.position = last;
  };
  try {
    for await (const page of store.follow(reader.position, signal)) {
      advance(reader, page, commit);
      moved();
      if (reader.stopped) return;
    }
  } catch (error) {
    reader.stopped = error instanceof Error ? error.message : String(error);
    moved();
  }
}

/** Commits a page up to the first event that cannot be read or folded; there the reader stops. */
function advance(reader: Reader, { events, caughtUp }: Page, commit: (events: readonly RecordedEvent[]) => void): void {
  const poisoned = events.findIndex((event) => 'poison' in event);
  const readable = (poisoned < 0 ? events : events.slice(0, poisoned)) as readonly RecordedEvent[];
  const bad = events[poisoned] as PoisonedEvent | undefined;
  try {
    commit(readable);
    if (bad) reader.stopped = `${bad.stream} revision ${bad.revision}: ${bad.poison}`;
    else reader.caughtUp = caughtUp;
  } catch (error) {
    if (!(error instanceof FoldFailure)) throw error;
    commit(readable.slice(0, readable.indexOf(error.failed)));
    reader.stopped = error.message;
  }
}
