/** Everything in the log that one reader may see, in its order: with what is redacted of it, and nothing of other organizations. */
import { LRUCache } from 'lru-cache';
import { underneath } from '../../domain/provider/stages.js';
import { type AuthorizedCaller, seesAll, seesOrganization } from '../authorization/authorization.js';
import type { EventStore, Pace, PoisonedEvent, Position, RecordedEvent } from '../ports/event-store.js';
import type { ReadModels } from '../ports/read-models.js';
import { entryOf, type HistoryEntry } from './history.js';
import { providerIn } from './streams-about.js';

/** A fact with the stream that holds it. */
export interface FeedEntry extends HistoryEntry {
  readonly stream: string;
}

/** What a log entry is to a reader; `undefined` where it is nothing to them. */
export type EntryFor = (recorded: RecordedEvent | PoisonedEvent) => FeedEntry | undefined;

/** More providers than those of one organization that are in anybody's mind at once. */
const remembered = 10_000;

/** Whose an entry of the log is: the organization, empty where it is none's or not known. */
export type OwnerOf = (recorded: RecordedEvent | PoisonedEvent) => string;

/**
 * Knows whose each provider is, which never changes, so that many readers may share it. The read model must hold whatever lies
 * before the first entry that is asked about, and the entries of one reader must come in the order of the log.
 */
export function openOwners({ provider }: Pick<ReadModels, 'provider'>): OwnerOf {
  const asked = new LRUCache<string, string>({ max: remembered });
  function organizationOf(providerId: string): string {
    const known = asked.get(providerId);
    if (known !== undefined) return known;
    const row = provider(providerId);
    const held = row && underneath(row.provider);
    const organization = held && 'organization' in held ? held.organization : '';
    if (organization !== '') asked.set(providerId, organization);
    return organization;
  }
  return (recorded) => {
    const providerId = providerIn(recorded.stream);
    if (providerId === undefined) return '';
    if ('event' in recorded) {
      const { event } = recorded;
      if (event.type === 'ProviderRequested' || event.type === 'ProviderRefused')
        asked.set(providerId, event.organization);
    }
    return organizationOf(providerId);
  };
}

/** Tells the entries of the log to a caller, without what is redacted; what `ownerOf` rests on must hold. */
export function feedFor(ownerOf: OwnerOf, caller: AuthorizedCaller): EntryFor {
  return (recorded) => {
    const owner = ownerOf(recorded);
    const own = owner !== '' && seesOrganization(caller, owner);
    if (!own && !seesAll(caller)) return undefined;
    const entry = 'poison' in recorded ? unreadable(recorded) : entryOf(recorded, seesAll(caller));
    return entry && { ...entry, stream: recorded.stream };
  };
}

/** That something stands here which cannot be read: whoever reads on knows that it is missing. */
const unreadable = ({ position }: PoisonedEvent): HistoryEntry => ({
  ...{
    position,
    id: '',
    type: 'Unreadable',
    at: '',
    actor: '',
    role: '',
    causationId: '',
    correlationId: '',
    data: {},
  },
});

type Log = Pick<EventStore, 'follow' | 'compare'>;

/** What is asked of the log. */
export interface Between {
  readonly after: Position | undefined;
  readonly upTo: Position | undefined;
  readonly entryFor: EntryFor;
  /** Waits for the reader's turn, so that whoever reads from the start holds up nobody. */
  readonly turn: Pace['turn'];
}

/** Decoding these holds the event loop for about half a millisecond. */
const pageSize = 25;

/** The entries after a position up to another, page by page as they are asked for. */
export async function* pagesBetween(
  log: Log,
  { after, upTo, entryFor, turn }: Between,
  signal: AbortSignal,
): AsyncGenerator<readonly FeedEntry[], void> {
  if (upTo === undefined || (after !== undefined && log.compare(after, upTo) >= 0)) return;
  for await (const { events } of log.follow(after, signal, { pageSize, turn })) {
    const within = events.filter(({ position }) => log.compare(position, upTo) <= 0);
    yield within.flatMap((recorded) => entryFor(recorded) ?? []);
    const last = events.at(-1);
    if (last && log.compare(last.position, upTo) >= 0) return;
  }
}
