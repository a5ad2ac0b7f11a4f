/** A status as it was at a moment: without a guess, a place in the queue or what stands in the way now, which belong to the present. */
import { type Moment, rowAsOf } from '../history/as-of.js';
import type { EventStore } from '../ports/event-store.js';
import { type StatusView, statusView } from './status-view.js';

type Store = Pick<EventStore, 'read' | 'compare' | 'owns'>;

/** `undefined` when the provider was not there yet. */
export async function statusAsOf(
  store: Store,
  providerId: string,
  moment: Moment,
  seesAll: boolean,
): Promise<StatusView | undefined> {
  const row = await rowAsOf(store, providerId, moment);
  if (!row) return undefined;
  const now = Date.parse(row.changedAt);
  const around = { now, pace: {}, paceRange: {}, seesAll, delayOf: () => undefined, triesOf: () => undefined };
  const { etaSeconds: _, etaRange: __, ...view } = statusView(row, { ...around, queue: undefined });
  return view;
}
