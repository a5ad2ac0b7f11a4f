/** Feeds one page of the log to one version, up to the first event that it cannot read or fold. */
import { errorText } from '../../application/error-text.js';
import type { Page } from '../../application/ports/event-store.js';
import { upToPoison } from '../../application/streams/follower.js';
import { commitGood, type Writer } from './commit.js';
import type { FedVersion, Stop } from './fed-version.js';
import type { FoldFailure, LogEntry } from './projection.js';
import { isLeftOut, withChange } from './quarantine-filter.js';
import { concerns, type ReadableLog } from './read-model.js';

/** Commits what can be folded and says in the version where it stops; answers with the entries that were not in the rows before. */
export function advance(log: ReadableLog, fed: FedVersion, writer: Writer, page: Page): readonly LogEntry[] {
  const { taken, failed } = takeIn(log, fed, writer, page);
  if (!failed || !excluded(fed, failed)) return taken;
  return [...taken, ...advance(log, fed, writer, page)];
}

/** From an event on that a newer program wrote and no fold here can go on from, its stream is left out; the others go on. */
function excluded(fed: FedVersion, { stream, revision, ...entry }: LogEntry): boolean {
  if (!('unfamiliar' in entry)) return false;
  fed.filter = withChange(fed.filter, { stream, before: Number.POSITIVE_INFINITY, after: revision });
  return true;
}

interface TakenIn {
  readonly taken: readonly LogEntry[];
  readonly failed: LogEntry | undefined;
}

function takeIn(log: ReadableLog, fed: FedVersion, writer: Writer, page: Page): TakenIn {
  const leftOut = isLeftOut(fed.filter);
  const news = unseen(log, fed, page);
  const { before, poison } = upToPoison(news, (entry) => !leftOut(entry) && concerns(fed.version, entry.stream));
  const taken = fed.version.kind === 'indexed' ? before : before.filter((entry) => !leftOut(entry));
  const failure = commitGood(taken, before.at(-1)?.position, writer.commit);
  fed.stop = failure ? stopOf(failure) : poison && stopAt(poison.stream, poison.revision, poison.poison);
  fed.trouble = undefined;
  fed.caughtUp = page.caughtUp && !fed.stop;
  if (fed.caughtUp) noteFilled(fed, writer);
  return { taken: failure ? taken.slice(0, taken.indexOf(failure.failed)) : taken, failed: failure?.failed };
}

/** A reader of several versions begins where the one that is furthest behind stands; the others have seen a part of it. */
function unseen({ compare }: ReadableLog, { position }: FedVersion, { events }: Page): readonly LogEntry[] {
  const [first] = events;
  if (position === undefined || !first || compare(first.position, position) > 0) return events;
  return events.filter((entry) => compare(entry.position, position) > 0);
}

/** That the rows are whole is kept with them, so that the next program to open the file knows it. */
function noteFilled(fed: FedVersion, writer: Writer): void {
  fed.filled = true;
  if (fed.everFilled) return;
  fed.everFilled = true;
  writer.change(() => undefined);
}

const stopAt = (stream: string, revision: number, cause: string): Stop => ({ stream, revision, cause });
const stopOf = ({ failed: { stream, revision }, reason }: FoldFailure): Stop =>
  stopAt(stream, revision, errorText(reason));
