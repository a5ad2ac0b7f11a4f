/** A provider as it was: its life folded up to a position of the log, or up to a time that is applied to its stream alone. */
import type { ProviderEvent } from '../../domain/provider/events.js';
import { type Provider, unknownProvider } from '../../domain/provider/stages.js';
import type { EventStore, Position, RecordedEvent } from '../ports/event-store.js';
import { requireOwn } from '../ports/event-store-errors.js';
import type { ProviderRow } from '../ports/read-models.js';
import { providers, streamOf } from '../streams/aggregates.js';
import { folded } from '../streams/quarantined.js';
import { timesAfter } from './step-times.js';

/** Up to what a history is told: clocks of several writers differ, so that a time means each stream's last fact recorded by then. */
export type Moment = { readonly position: Position } | { readonly time: string };

/** What lies after the moment is not read, but for the rest of one page. */
const factsAtOnce = 200;

type Store = Pick<EventStore, 'read' | 'compare' | 'owns'>;

/** The row of a provider at a moment; `undefined` when it was not there yet. Throws UnknownPosition, and PoisonError where its history cannot be read. */
export async function rowAsOf(store: Store, providerId: string, moment: Moment): Promise<ProviderRow | undefined> {
  if ('position' in moment) requireOwn(store, moment.position);
  let row: ProviderRow | undefined;
  for (let from = 0; ; from += factsAtOnce) {
    const events = await store.read(streamOf(providers, providerId), from, factsAtOnce);
    for (const event of events) {
      if (!isBy(store, event, moment)) return row;
      row = next(row ?? blank(providerId, event), event);
    }
    if (events.length < factsAtOnce) return row;
  }
}

/** Times never go back within a stream, so that what is by a time is its beginning. */
function isBy(store: Store, { position, metadata }: RecordedEvent, moment: Moment): boolean {
  if ('position' in moment) return store.compare(position, moment.position) <= 0;
  return metadata.recordedAt <= moment.time;
}

const blank = (providerId: string, { position, metadata }: RecordedEvent): ProviderRow => ({
  providerId,
  provider: unknownProvider,
  steps: {},
  requestedAt: metadata.recordedAt,
  changedAt: metadata.recordedAt,
  position,
});

function next(row: ProviderRow, recorded: RecordedEvent): ProviderRow {
  const at = recorded.metadata.recordedAt;
  const provider: Provider = folded(providers, row.provider, recorded);
  // What the fold has taken is an event of a provider.
  const turn = { before: row.provider, event: recorded.event as ProviderEvent, provider, at };
  const steps = timesAfter(row.steps, turn, () => undefined);
  return { ...row, provider, steps, changedAt: at, position: recorded.position };
}
