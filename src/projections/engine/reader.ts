/** One reader of the log: feeds its projections, stops at what cannot be read or folded, and goes on when a person has decided. */
import type { DatabaseSync } from 'node:sqlite';
import { wordsOf } from '../../application/error-text.js';
import { type Clock, systemClock } from '../../application/ports/clock.js';
import { decisionsIn, decisionsStream } from '../../application/quarantine/quarantine.js';
import type {
  EventStore,
  Page,
  PoisonedEvent,
  Position,
  RecordedEvent,
} from '../../application/streams/event-store.js';
import type { Quarantine } from '../../domain/quarantine.js';
import { type Commit, commitGood, openCommit } from './commit.js';
import type { Damage } from './damage.js';
import { reset } from './database.js';
import type { FoldFailure, Projection } from './projection.js';
import { holdsStill, type LeavingOut, leavingOut, leftOut } from './quarantine-filter.js';

/** Where a reader stands still until somebody decides. */
export interface Stop {
  readonly stream: string;
  readonly revision: number;
  readonly cause: string;
}

/** Projections that are fed together, and how far they are. */
export interface Reader {
  readonly projections: readonly Projection[];
  position: Position | undefined;
  leavesOut: LeavingOut;
  caughtUp: boolean;
  /** Whether it has caught up since its rows were last made anew. */
  filled: boolean;
  stop: Stop | undefined;
  /** What is in the way and is tried again by itself. */
  trouble: string | undefined;
}

export interface Feeding {
  readonly store: EventStore;
  readonly db: DatabaseSync;
  readonly damage: Damage;
  readonly signal: AbortSignal;
  readonly clock?: Clock;
  /** Called after each page, stop and change of decisions. */
  moved(reader: Reader): void;
  /** Hears the decisions that the reader goes by. */
  decided(quarantine: Quarantine): void;
}

const retryMs = 1_000;

/** Runs until the signal aborts or the log is closed; a damaged file ends it, anything else that fails is tried again. */
export async function run(on: Feeding, reader: Reader): Promise<void> {
  while (!on.signal.aborted) {
    try {
      await agree(on, reader);
      if (!(await feed(on, reader))) return;
    } catch (error) {
      reader.trouble = wordsOf(error);
      reader.caughtUp = false;
      on.moved(reader);
      if (on.damage.found(error)) return;
      await (on.clock ?? systemClock).wait(retryMs, on.signal);
    }
  }
}

/** Takes up the decisions in force. Rows that rest on others are made anew, so that they always equal a rebuild. */
async function agree(on: Feeding, reader: Reader): Promise<void> {
  const decisions = await decisionsIn(on.store);
  const wanted = leavingOut(decisions);
  if (reader.position !== undefined && !holdsStill(reader.leavesOut, wanted, reader.stop)) {
    for (const projection of reader.projections) reset(on.db, projection);
    reader.position = undefined;
    reader.filled = false;
  }
  reader.leavesOut = wanted;
  reader.stop = undefined;
  on.decided(decisions);
}

/** Feeds page after page; answers true when a decision about streams came by, false when there is nothing more to follow. */
async function feed(on: Feeding, reader: Reader): Promise<boolean> {
  const commit = openCommit(on.db, reader);
  for await (const page of on.store.follow(reader.position, on.signal)) {
    // Whoever stands still reads on only to hear of decisions.
    if (!reader.stop) advance(reader, page, commit);
    on.moved(reader);
    if (page.events.some(({ stream }) => stream === decisionsStream)) return true;
  }
  return false;
}

/** Commits a page up to the first event that cannot be read or folded; there the reader stops. */
function advance(reader: Reader, { events, caughtUp }: Page, commit: Commit): void {
  const isOut = leftOut(reader.leavesOut);
  const poisoned = events.findIndex((event) => 'poison' in event && !isOut(event));
  const before = poisoned < 0 ? events : events.slice(0, poisoned);
  const readable = before.filter((event): event is RecordedEvent => !('poison' in event) && !isOut(event));
  const failure = commitGood(readable, before.at(-1)?.position, commit);
  const bad = events[poisoned] as PoisonedEvent | undefined;
  reader.stop = failure ? stopOf(failure) : bad && { stream: bad.stream, revision: bad.revision, cause: bad.poison };
  reader.trouble = undefined;
  reader.caughtUp = caughtUp && !reader.stop;
  reader.filled ||= reader.caughtUp;
}

const stopOf = ({ failed: { stream, revision }, reason }: FoldFailure): Stop => ({
  stream,
  revision,
  cause: wordsOf(reason),
});
