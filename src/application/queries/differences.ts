/** What each fact of a history came from, and what it changed of its provider: the members that differ, before and after it. */
import { isDeepStrictEqual } from 'node:util';
import type { Provider } from '../../domain/provider/stages.js';
import type { EventStore, Position, RecordedEvent } from '../ports/event-store.js';
import { PoisonError } from '../ports/event-store-errors.js';
import type { HistoryRow } from '../ports/read-models.js';
import { providers, streamOf } from '../streams/aggregates.js';
import { folded } from '../streams/quarantined.js';
import { type CausingFact, causesOf } from './causes-of.js';
import { factsOf } from './status-view.js';

/** Members that are missing before or after are missing here. */
export interface Difference {
  readonly causes: readonly CausingFact[];
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

/** By position, for those of these rows that are of the provider's life. Ends before an event that cannot be read, or that only a newer version can fold. */
export async function differencesOf(
  store: Pick<EventStore, 'read'>,
  providerId: string,
  rows: readonly HistoryRow[],
  seesAll: boolean,
): Promise<ReadonlyMap<Position, Difference>> {
  const stream = streamOf(providers, providerId);
  const revisions = rows.filter((row) => row.stream === stream).map(({ revision }) => revision);
  const found = new Map<Position, Difference>();
  if (revisions.length === 0) return found;
  let state: Provider = providers.initial;
  const life = await lifeOf(store, stream, Math.max(...revisions));
  for (const event of life) {
    const before = factsOf(state, seesAll);
    const next = after(state, event);
    if (!next) break;
    state = next;
    if (event.revision < Math.min(...revisions)) continue;
    const changed = difference(before, factsOf(state, seesAll));
    found.set(event.position, { causes: causesOf(life, event.revision, seesAll), ...changed });
  }
  return found;
}

/** The state after a fact, or nothing where it cannot be folded: what is known is told all the same. */
function after(state: Provider, event: RecordedEvent): Provider | undefined {
  try {
    return folded(providers, state, event);
  } catch (error) {
    if (error instanceof PoisonError) return undefined;
    throw error;
  }
}

async function lifeOf(store: Pick<EventStore, 'read'>, stream: string, upTo: number) {
  try {
    return await store.read(stream, 0, upTo + 1);
  } catch (error) {
    if (error instanceof PoisonError) return error.readable;
    throw error;
  }
}

type Facts = Readonly<Record<string, unknown>>;

function difference(before: Facts, after: Facts): Omit<Difference, 'causes'> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const differing = names.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  const only = (facts: Facts): Facts =>
    Object.fromEntries(differing.filter((name) => name in facts).map((name) => [name, facts[name]]));
  return { before: only(before), after: only(after) };
}
