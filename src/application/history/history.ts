/** Facts as people read them: what happened, when, by whom and why, without what the reader may not see. */

import { redacted } from '../authorization/redaction.js';
import { type EventStore, type Position, type RecordedEvent } from '../ports/event-store.js';
import { PoisonError } from '../ports/event-store-errors.js';
import type { HistoryRow } from '../ports/read-models.js';

export interface HistoryEntry {
  readonly position: Position;
  readonly id: string;
  readonly type: string;
  readonly at: string;
  /** Issuer and subject; opaque. */
  readonly actor: string;
  readonly role: string;
  /** The person for whom a service did it, as the service knows them; opaque. */
  readonly onBehalfOf?: string;
  /** The command that caused it, and the provider or organization it belongs to. */
  readonly causationId: string;
  readonly correlationId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One event for this reader, or `undefined` when the reader may not know of it. */
export function entryOf({ event, position, metadata }: RecordedEvent, seesAll: boolean): HistoryEntry | undefined {
  const data = redacted(event, seesAll);
  if (!data) return undefined;
  const { eventId: id, recordedAt: at, actor, role, onBehalfOf, causationId, correlationId } = metadata;
  const by = { actor, role, ...(onBehalfOf !== undefined && { onBehalfOf }) };
  return { position, id, type: event.type, at, ...by, causationId, correlationId, data };
}

/** The facts behind history rows, in their order, read from the log itself: of each stream no more than the rows span. */
export async function entriesOf(
  store: EventStore,
  rows: readonly HistoryRow[],
  seesAll: boolean,
): Promise<HistoryEntry[]> {
  const spans = await Promise.all([...Map.groupBy(rows, ({ stream }) => stream)].map(([, of]) => spanOf(store, of)));
  const found = new Map(spans.flat().map((event) => [event.position, event]));
  return rows.flatMap(({ position }) => {
    const event = found.get(position);
    const entry = event && entryOf(event, seesAll);
    return entry ? [entry] : [];
  });
}

/** What lies between the first and the last row of one stream, up to the first event that cannot be read. */
async function spanOf(store: EventStore, rows: readonly HistoryRow[]): Promise<readonly RecordedEvent[]> {
  const revisions = rows.map(({ revision }) => revision);
  const from = Math.min(...revisions);
  try {
    return await store.read(rows[0]?.stream ?? '', from, Math.max(...revisions) - from + 1);
  } catch (error) {
    if (error instanceof PoisonError) return error.readable;
    throw error;
  }
}
