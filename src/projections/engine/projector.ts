/** Feeds versions of read models from the log. Those that stand at the same place share one reader; one that cannot go on gets its own. */
import { facts } from '../../application/error-text.js';
import type { Clock } from '../../application/ports/clock.js';
import type { Log } from '../../application/ports/log.js';
import { nothingSetAside, type Quarantine } from '../../domain/quarantine.js';
import { startAnew } from './commit.js';
import { type FedVersion, whyStill } from './fed-version.js';
import type { Feeding, FillElsewhere, Reader } from './feeding.js';
import type { LogEntry } from './projection.js';
import { textOf } from './quarantine-filter.js';
import type { ReadableLog } from './read-model.js';
import { openReader, runReader } from './reader.js';

export interface Projector {
  /** The decisions about streams that cannot be read, as the readers last saw them. */
  quarantine(): Quarantine;
  /** Feeds this version no more. */
  drop(fed: FedVersion): void;
  /** Resolves when the readers have ended, after the signal aborted. */
  readonly ended: Promise<void>;
}

export interface ProjectorOptions {
  readonly signal: AbortSignal;
  /** Called after each committed batch, stop and change of rows. */
  moved(fed: FedVersion, entries?: readonly LogEntry[]): void;
  readonly clock?: Clock | undefined;
  readonly log?: Log | undefined;
  /** Where to fill what is far behind; without it that is done here. */
  readonly elsewhere?: FillElsewhere | undefined;
}

/** Starts feeding. Rows that rest on a position of another log are emptied first. */
export function startProjector(
  log: ReadableLog,
  all: readonly FedVersion[],
  { signal, moved, clock, log: told, elsewhere }: ProjectorOptions,
): Projector {
  for (const fed of all) if (fed.position !== undefined && !log.owns(fed.position)) startAnew(fed);
  const readers = new Set<Reader>();
  const running = new Set<Promise<void>>();
  let quarantine = nothingSetAside;
  const tell = teller(told);
  const feeding: Feeding = {
    ...{ log, signal, clock, elsewhere },
    moved(fed, entries) {
      tell(fed);
      moved(fed, entries);
    },
    troubled: (fed) => tellOf(fed, told, () => feeding.moved(fed)),
    decided(decisions) {
      if (!sameDecisions(quarantine, decisions)) quarantine = decisions;
    },
    setApart: (fed) => start(openReader([fed])),
    join: (reader) => join(readers, reader),
  };

  function start(reader: Reader): void {
    readers.add(reader);
    const ran: Promise<void> = runReader(feeding, reader).finally(() => {
      readers.delete(reader);
      running.delete(ran);
    });
    running.add(ran);
  }

  for (const versions of cohorts(all)) start(openReader(versions));
  return {
    quarantine: () => quarantine,
    drop(fed) {
      for (const { versions } of readers) versions.delete(fed);
    },
    ended: untilAbsent(running),
  };
}

/** A reader is not to end where nobody can be told of its trouble: it tries again, and they are told when the version moves next. */
function tellOf({ name }: FedVersion, log: Log | undefined, moved: () => void): void {
  try {
    moved();
  } catch (error) {
    log?.error(
      { readModel: name, ...facts(error) },
      'What goes by a read model could not follow it; it is tried again.',
    );
  }
}

/** A reader may start another one while it ends. */
async function untilAbsent(running: ReadonlySet<Promise<void>>): Promise<void> {
  while (running.size > 0) await Promise.all(running);
}

/** What is derived from decisions stays valid while these are the same, whoever has read them. */
const sameDecisions = (a: Quarantine, b: Quarantine): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Moves what a reader feeds to another that is up to date as well, since events are then decoded once for all. */
function join(readers: ReadonlySet<Reader>, reader: Reader): boolean {
  const isUpToDate = ({ versions }: Reader): boolean =>
    versions.size > 0 && [...versions].every(({ caughtUp }) => caughtUp);
  const other = [...readers].find((each) => each !== reader && isUpToDate(each));
  if (!other) return false;
  for (const fed of reader.versions) other.versions.add(fed);
  reader.versions.clear();
  other.beginAgain();
  return true;
}

/** Says once why a version stands still, and once that it moves again. */
function teller(log: Log | undefined): (fed: FedVersion) => void {
  const last = new Map<FedVersion, string>();
  return (fed) => {
    const why = whyStill(fed);
    if (why === last.get(fed)) return;
    if (why === undefined) {
      last.delete(fed);
      log?.info({ readModel: fed.name }, 'A read model moves again.');
    } else {
      last.set(fed, why);
      log?.error({ readModel: fed.name, why }, 'A read model stands still.');
    }
  };
}

function cohorts(all: readonly FedVersion[]): Iterable<readonly FedVersion[]> {
  return Map.groupBy(all, ({ position, filter }) => `${position} ${textOf(filter)}`).values();
}
