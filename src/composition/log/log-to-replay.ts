/** A log opened to be folded anew, wherever it lies, with how far it reaches. */
import type { KnownLog } from '../../domain/log.js';
import { openEventStoreDb } from '../../infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { openLogScan } from '../../infrastructure/event-store/eventstoredb/log-scan.js';
import { openLogReader } from '../../infrastructure/event-store/sqlite/log-reader.js';
import { reachOfLog } from '../../infrastructure/event-store/sqlite/reach-of-log.js';
import type { ReadableLog } from '../../projections/engine/read-model.js';
import type { LogPlace } from './log-place.js';

export interface LogToReplay {
  readonly reader: ReadableLog;
  /** `events` is the number in the position of its last event. */
  readonly reach: KnownLog;
  close(): Promise<void> | void;
}

/** `undefined` for a file that holds no log. Throws `UnusableEventStore` where a server holds none. */
export async function openLogToReplay(log: LogPlace): Promise<LogToReplay | undefined> {
  if (typeof log === 'string') {
    const reach = reachOfLog(log);
    if (!reach) return undefined;
    const reader = openLogReader(log);
    return { reader, reach, close: () => reader.close() };
  }
  // One that is not there shall not be begun by whoever looks for it.
  await (await openLogScan(log)).close();
  const store = await openEventStoreDb(log);
  return { reader: store, reach: store.reach(), close: () => store.close() };
}
