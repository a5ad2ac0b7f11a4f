/** An event store whose appends are timed and traced, by what came of them. */

import { type EventStore } from '../../application/ports/event-store.js';
import {
  OutcomeUnknown,
  RevisionConflict,
  StoreUnavailable,
  TooManyAppends,
} from '../../application/ports/event-store-errors.js';
import type { Metrics } from '../../application/ports/metrics.js';
import { inSpan } from '../../application/spans.js';

/** The first kind that fits tells; a narrower one stands before the one that it is a kind of. */
const outcomes = [
  [RevisionConflict, 'conflict'],
  [TooManyAppends, 'queue-full'],
  [StoreUnavailable, 'unavailable'],
  [OutcomeUnknown, 'in-doubt'],
] as const;

const outcomeOf = (error: unknown): string => outcomes.find(([kind]) => error instanceof kind)?.[1] ?? 'failed';

/** What a stream is of, without whose it is. */
const kindOf = (stream: string): string => stream.split('-')[0] ?? '';

/** The append of the store, timed. */
export function meteredAppend(store: Pick<EventStore, 'append'>, metrics: Metrics): EventStore['append'] {
  const name = 'partner_cloud_log_append_seconds';
  return async (...asked) => {
    const startedAt = performance.now();
    const took = (): number => (performance.now() - startedAt) / 1_000;
    try {
      const [stream, , events] = asked;
      const attributes = { 'partner_cloud.stream': kindOf(stream), 'partner_cloud.events': events.length };
      const recorded = await inSpan({ name: 'append', attributes }, () => store.append(...asked));
      metrics.measure(name, { outcome: 'recorded' }, took());
      return recorded;
    } catch (error) {
      metrics.measure(name, { outcome: outcomeOf(error) }, took());
      throw error;
    }
  };
}
