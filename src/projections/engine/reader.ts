/** One reader of the log: feeds versions of read models, stops those that cannot go on, and takes up what people decide. */
import { errorText } from '../../application/error-text.js';
import type { Page, Position } from '../../application/ports/event-store.js';
import { type Next, runFollower } from '../../application/streams/follower.js';
import { advance } from './advance.js';
import type { Writer } from './commit.js';
import { bringsDecision, takeUpDecisions } from './decisions.js';
import { type FedVersion, standAtCheckpoint } from './fed-version.js';
import type { Feeding, Reader } from './feeding.js';
import type { ReadableLog } from './read-model.js';
import { putAllAway, putAway, type Writers } from './writers.js';

export const openReader = (versions: Iterable<FedVersion>): Reader => ({
  versions: new Set(versions),
  beginAgain: () => undefined,
});

/** Runs until the signal aborts, the log is closed or there is nothing left to feed; what fails is tried again, but not on a damaged file. */
export async function runReader(on: Feeding, reader: Reader): Promise<void> {
  const writers: Writers = new Map();
  const places = { elsewhere: false, wasElsewhere: false };
  await runFollower(
    on.log,
    {
      async checkpoint(beginAgain) {
        reader.beginAgain = beginAgain;
        // It is tried once: whatever becomes of it, this reader goes on from where the versions then stand.
        const isToBeFilled = places.elsewhere && !places.wasElsewhere;
        places.wasElsewhere ||= places.elsewhere;
        if (isToBeFilled) await fillElsewhere(on, reader);
        await takeUpDecisions(on, reader, writers);
        return earliest(on.log, reader.versions);
      },
      take(page) {
        // One that has to read on for long would keep the process from everything else.
        places.elsewhere = !places.wasElsewhere && isFarBehind(on, reader, page);
        if (places.elsewhere) return 'begin-again';
        return takePage(on, reader, writers, page);
      },
      failed: (error) => failed(on, reader, error),
    },
    { signal: on.signal, ...(on.clock && { clock: on.clock }) },
  );
  putAllAway(writers);
}

const isFarBehind = ({ elsewhere }: Feeding, { versions }: Reader, { caughtUp }: Page): boolean =>
  elsewhere !== undefined && !caughtUp && [...versions].every(({ filled, stop }) => !filled && !stop);

/** Whatever becomes of it, the versions are fed here from where they then stand. */
async function fillElsewhere({ elsewhere, signal, moved }: Feeding, { versions }: Reader): Promise<void> {
  const all = [...versions];
  try {
    await elsewhere?.(all, signal);
  } finally {
    for (const fed of all) {
      if (!fed.db.isOpen) continue;
      standAtCheckpoint(fed);
      moved(fed);
    }
  }
}

function earliest({ compare }: ReadableLog, versions: Iterable<FedVersion>): Position | undefined {
  const [first, ...others] = [...versions].map(({ position }) => position);
  return others.reduce((a, b) => (a === undefined || b === undefined ? undefined : compare(a, b) <= 0 ? a : b), first);
}

function takePage(on: Feeding, reader: Reader, writers: Writers, page: Page): Next {
  // A decision is taken up before its position is reached, because whoever waits for that position wants to see it in force.
  if (bringsDecision(on, reader, page)) return 'begin-again';
  const isAlone = reader.versions.size === 1;
  const apart = [...reader.versions].filter((fed) => !goesOn(on, fed, writers.get(fed), page, isAlone));
  if (!isAlone) for (const fed of apart) leave(on, reader, writers, fed);
  if (reader.versions.size === 0) return 'end';
  if (apart.length > 0 && !apart.some((fed) => reader.versions.has(fed))) return 'begin-again';
  const joins = page.caughtUp && apart.length === 0 && on.join(reader);
  if (!joins) return 'go-on';
  // Before the other reader has its turn, because it changes what the versions leave out.
  putAllAway(writers);
  return 'end';
}

/** Feeds a page to one version; answers whether it can go on with the others. One that is alone throws what is in its way. */
function goesOn(on: Feeding, fed: FedVersion, writer: Writer | undefined, page: Page, isAlone: boolean): boolean {
  if (!writer || !fed.db.isOpen) return true;
  // Whoever stands still reads on only to hear of decisions.
  if (fed.stop) return false;
  try {
    on.moved(fed, advance(on.log, fed, writer, page));
  } catch (error) {
    if (isAlone) throw error;
    noteTrouble(fed, error);
    on.troubled(fed);
    return false;
  }
  return fed.stop === undefined;
}

function noteTrouble(fed: FedVersion, error: unknown): void {
  fed.damage.found(error);
  fed.trouble = errorText(error);
  fed.caughtUp = false;
}

function leave(on: Feeding, { versions }: Reader, writers: Writers, fed: FedVersion): void {
  versions.delete(fed);
  try {
    putAway(writers, fed);
  } catch (error) {
    noteTrouble(fed, error);
  }
  if (fed.damage.words === undefined) on.setApart(fed);
}

/** Nothing more is tried on files that are damaged. */
function failed(on: Feeding, { versions }: Reader, error: unknown): 'go-on' | 'end' {
  for (const fed of [...versions]) {
    noteTrouble(fed, error);
    on.troubled(fed);
    if (fed.damage.words !== undefined) versions.delete(fed);
  }
  return versions.size === 0 ? 'end' : 'go-on';
}
