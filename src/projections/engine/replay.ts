/** Takes up decisions about streams: what a stream has left in the rows is taken back, and what now belongs there is folded again. */
import { errorText } from '../../application/error-text.js';
import { type Position, type RecordedEvent } from '../../application/ports/event-store.js';
import { PoisonError } from '../../application/ports/event-store-errors.js';
import type { Flaw, Quarantine } from '../../domain/quarantine.js';
import { startAnew, type Writer } from './commit.js';
import type { FedVersion, Stop } from './fed-version.js';
import { FoldFailure } from './projection.js';
import { type Change, changesBetween, leftOutBy, withChange } from './quarantine-filter.js';
import { concerns, type ReadableLog } from './read-model.js';

/**
 * Makes the rows of a version leave out what these decisions say, stream by stream, so that they equal those of a rebuild.
 * A stream that cannot be read or folded now stops the version there, with the rows as they were. Answers whether the
 * decisions were others than before; where they were not, a version that stands still need not be tried again.
 */
export async function takeUp(
  log: ReadableLog,
  fed: FedVersion,
  writer: Writer,
  decisions: Quarantine,
): Promise<boolean> {
  const wanted = leftOutBy(decisions);
  const changes = changesBetween(fed.filter, wanted);
  if (changes.length === 0) return false;
  fed.stop = undefined;
  for (const change of changes) {
    const former = fed.filter;
    fed.filter = withChange(former, change);
    // An index keeps every place, and its reads leave out what is set aside.
    if (fed.version.kind === 'indexed' || !concerns(fed.version, change.stream)) continue;
    const stop = await replay(log, fed, writer, change).catch((error: unknown) => {
      // The rows are as they were; a filter that says otherwise would have this change never tried again.
      fed.filter = former;
      throw error;
    });
    if (stop === 'begun-anew') {
      // There are no rows left that anything else would have to be taken out of.
      fed.filter = wanted;
      return true;
    }
    if (!stop) continue;
    fed.filter = former;
    // What a newer program wrote goes on being left out; only a program that can fold it takes it up.
    if (await isUnfamiliar(log, stop)) continue;
    fed.stop = stop;
    return true;
  }
  return true;
}

async function isUnfamiliar(log: ReadableLog, { stream, revision }: Stop): Promise<boolean> {
  const { events } = await readableOf(log, stream);
  return events[revision]?.unfamiliar ?? false;
}

/**
 * Replays one stream up to the checkpoint; answers where it cannot be read or folded, and then changes nothing. Where what
 * was folded can no longer be taken back, the version begins anew.
 */
async function replay(
  log: ReadableLog,
  fed: FedVersion,
  writer: Writer,
  { stream, before, after }: Change,
): Promise<Stop | 'begun-anew' | undefined> {
  const { position } = fed;
  if (position === undefined) return undefined;
  const { events, flaw } = await readableOf(log, stream);
  const unreadable = flaw && !(await liesAfter(log, position, stream, flaw.revision)) ? flaw : undefined;
  // What was folded by a program that could read it cannot be taken back by one that cannot.
  if (unreadable && unreadable.revision < before) {
    startAnew(fed);
    return 'begun-anew';
  }
  if (unreadable && unreadable.revision < after) return { stream, ...unreadable };
  const reached = events.filter((event) => log.compare(event.position, position) <= 0);
  const folded = reached.filter(({ revision }) => revision < before);
  const wanted = reached.filter(({ revision }) => revision < after);
  if (folded.length === wanted.length) return undefined;
  return refold(writer, stream, folded, wanted);
}

function refold(
  writer: Writer,
  stream: string,
  folded: readonly RecordedEvent[],
  wanted: readonly RecordedEvent[],
): Stop | undefined {
  try {
    writer.change((open) => {
      open.forget(stream, folded);
      open.fold(wanted);
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof FoldFailure)) throw error;
    return { stream, revision: error.failed.revision, cause: errorText(error.reason) };
  }
}

/** The events of a stream up to the first that cannot be read. */
async function readableOf(
  log: ReadableLog,
  stream: string,
): Promise<{ readonly events: readonly RecordedEvent[]; readonly flaw?: Flaw }> {
  try {
    return { events: await log.read(stream) };
  } catch (error) {
    if (!(error instanceof PoisonError)) throw error;
    return { events: error.readable, flaw: { revision: error.revision, cause: error.cause } };
  }
}

/** Whether an event of the log comes after a position. */
async function liesAfter(log: ReadableLog, position: Position, stream: string, revision: number): Promise<boolean> {
  const enough = new AbortController();
  for await (const { events, caughtUp } of log.follow(position, enough.signal)) {
    if (events.some((event) => event.stream === stream && event.revision === revision)) return true;
    if (caughtUp) return false;
  }
  return false;
}
