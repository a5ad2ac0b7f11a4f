/** The logs that this one goes on with: their facts are here, at other positions. */
import type { EventStore, Position } from '../ports/event-store.js';
import { PoisonError, StoreUnavailable } from '../ports/event-store-errors.js';
import { logs, streamOf } from './aggregates.js';

/** The id of the log that a position is of. */
export const logOf = (position: Position): string => position.slice(0, position.lastIndexOf(':'));

/** The ids of the log before this one, of the one before that, and so on. What cannot be read now is left out. */
export async function formerLogs(store: Pick<EventStore, 'read'>, logId: string): Promise<ReadonlySet<string>> {
  const former = new Set<string>();
  for (let ids = await before(store, logId); ids.length > 0; ) {
    const news = ids.filter((id) => !former.has(id));
    for (const id of news) former.add(id);
    ids = (await Promise.all(news.map((id) => before(store, id)))).flat();
  }
  return former;
}

/** What is on record about a log is copied along with its facts. */
async function before(store: Pick<EventStore, 'read'>, logId: string): Promise<readonly string[]> {
  const events = await store.read(streamOf(logs, logId)).catch(readableOf);
  return events.flatMap(({ event }) => (event.type === 'LogContinued' ? [event.from] : []));
}

/** What cannot be read must not keep the service from starting: health tells of it, and whoever needs that fact says so. */
function readableOf(error: unknown) {
  if (error instanceof PoisonError) return error.readable;
  if (error instanceof StoreUnavailable) return [];
  throw error;
}
