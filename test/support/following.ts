/** Reading a log from a position, as long as a test wants to. */
import type {
  EventStore,
  Page,
  PoisonedEvent,
  Position,
  RecordedEvent,
} from '../../src/application/ports/event-store.js';

export type Followed = RecordedEvent | PoisonedEvent;

/** The pages after a position, up to and including the first that `enough` accepts. */
export async function pagesUntil(
  store: Pick<EventStore, 'follow'>,
  after: Position | undefined,
  enough: (page: Page, all: readonly Followed[]) => boolean,
): Promise<readonly Page[]> {
  const stop = new AbortController();
  const pages: Page[] = [];
  for await (const page of store.follow(after, stop.signal)) {
    pages.push(page);
    if (enough(page, eventsOf(pages))) stop.abort();
  }
  return pages;
}

export const eventsOf = (pages: readonly Page[]): readonly Followed[] => pages.flatMap(({ events }) => events);

/** Everything after a position up to the end of the log as it is now. */
export async function restOf(store: EventStore, after?: Position): Promise<readonly Followed[]> {
  return eventsOf(await pagesUntil(store, after, ({ caughtUp }) => caughtUp));
}
