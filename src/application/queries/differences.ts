/** What each fact of a history came from, and what it changed of its provider: the members that differ, before and after it. */
import { isDeepStrictEqual } from 'node:util';
import { LRUCache } from 'lru-cache';
import type { Provider } from '../../domain/provider/stages.js';
import type { EventStore, Position, RecordedEvent } from '../ports/event-store.js';
import { PoisonError } from '../ports/event-store-errors.js';
import type { HistoryRow } from '../ports/read-models.js';
import { providers, streamOf } from '../streams/aggregates.js';
import { folded } from '../streams/quarantined.js';
import { type CausingFact, causesOf, lastCommanded } from './causes-of.js';
import { factsOf } from './status-view.js';

/** The rows of a page of a provider's history, and how far it was read before. */
interface HistoryPage {
  readonly providerId: string;
  readonly rows: readonly HistoryRow[];
  readonly lives: ReturnType<typeof openLives>;
}

/** Members that are missing before or after are missing here. */
export interface Difference {
  readonly causes: readonly CausingFact[];
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

/** A life up to a revision, from where a later page goes on. */
interface Begun {
  readonly next: number;
  readonly state: Provider;
  /** From the last fact that somebody commanded on: what comes next may have come from these. */
  readonly tail: readonly RecordedEvent[];
}

const atBirth: Begun = { next: 0, state: providers.initial, tail: [] };
const livesRemembered = 200;

/** Up to where the lives were told whose history somebody reads page by page: facts never change, so it holds for ever. */
export const openLives = () => new LRUCache<string, Begun>({ max: livesRemembered });

/** By position, for those of these rows that are of the provider's life. Ends before an event that cannot be read, or that only a newer version can fold. */
export async function differencesOf(
  store: Pick<EventStore, 'read'>,
  { providerId, rows, lives }: HistoryPage,
  seesAll: boolean,
): Promise<ReadonlyMap<Position, Difference>> {
  const stream = streamOf(providers, providerId);
  const revisions = rows.filter((row) => row.stream === stream).map(({ revision }) => revision);
  const found = new Map<Position, Difference>();
  if (revisions.length === 0) return found;
  const [first, last] = [Math.min(...revisions), Math.max(...revisions)];
  const begun = begunBefore(first, lives.get(providerId));
  let { state } = begun;
  const news = await factsIn(store, stream, begun.next, last);
  const life = [...begun.tail, ...news];
  for (const event of news) {
    const before = factsOf(state, seesAll);
    const next = after(state, event);
    if (!next) return found;
    state = next;
    if (event.revision < first) continue;
    const changed = difference(before, factsOf(state, seesAll));
    found.set(event.position, { causes: causesOf(life, event.revision, seesAll), ...changed });
  }
  const next = (news.at(-1)?.revision ?? begun.next - 1) + 1;
  lives.set(providerId, { next, state, tail: life.slice(Math.max(lastCommanded(life), 0)) });
  return found;
}

const begunBefore = (revision: number, known: Begun | undefined): Begun =>
  known && known.next <= revision ? known : atBirth;

/** The state after a fact, or nothing where it cannot be folded: what is known is told all the same. */
function after(state: Provider, event: RecordedEvent): Provider | undefined {
  try {
    return folded(providers, state, event);
  } catch (error) {
    if (error instanceof PoisonError) return undefined;
    throw error;
  }
}

async function factsIn(store: Pick<EventStore, 'read'>, stream: string, from: number, upTo: number) {
  try {
    return await store.read(stream, from, upTo + 1 - from);
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
