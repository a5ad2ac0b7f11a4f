/** Streams that a worker's version of the program cannot read from some revision on, until a newer one can. */
import {
  type EventStore,
  type Page,
  type PoisonedEvent,
  type RecordedEvent,
} from '../../src/application/ports/event-store.js';
import { PoisonError } from '../../src/application/ports/event-store-errors.js';

const cause = 'is of a type that this version does not know';

export class Unreadable {
  readonly #from = new Map<string, number>();

  /** Since when everything is read and in use; milliseconds, infinite while something is not. */
  settledSince = 0;

  /** From now on nobody can read this stream from a revision on. */
  begin(stream: string, fromRevision: number): void {
    this.#from.set(stream, fromRevision);
    this.settledSince = Number.POSITIVE_INFINITY;
  }

  end(stream: string): void {
    this.#from.delete(stream);
  }

  /** The same answer, or the error with which the store refuses what cannot be read. */
  readable(stream: string, events: readonly RecordedEvent[]): readonly RecordedEvent[] {
    const bad = events.find((event) => this.#hides(event));
    if (bad) throw new PoisonError(stream, bad.revision, cause, events.slice(0, events.indexOf(bad)));
    return events;
  }

  /** The same page with poison in place of what cannot be read. */
  page({ events, ...page }: Page): Page {
    return { ...page, events: events.map((event) => (this.#hides(event) ? poisoned(event) : event)) };
  }

  #hides({ stream, revision }: Pick<RecordedEvent, 'stream' | 'revision'>): boolean {
    return revision >= (this.#from.get(stream) ?? Number.POSITIVE_INFINITY);
  }
}

const poisoned = ({ position, stream, revision }: RecordedEvent | PoisonedEvent): PoisonedEvent => ({
  position,
  stream,
  revision,
  poison: cause,
});

/** The store as a version of the program sees it that cannot read all of it. */
export const throughOlderEyes = (store: EventStore, unreadable: Unreadable): EventStore => ({
  ...store,
  read: async (...asked) => unreadable.readable(asked[0], await store.read(...asked)),
  async *follow(after, signal) {
    for await (const page of store.follow(after, signal)) yield unreadable.page(page);
  },
});
