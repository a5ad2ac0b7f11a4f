/** One reader of live changes: what is told while older facts are being sent to it waits; then each fact goes out as it comes. */
import type { HistoryEntry } from '../../../application/history/history.js';
import type { Listener } from '../../../application/history/live-feed.js';
import type { EventStore, Position } from '../../../application/ports/event-store.js';
import type { EventStream } from '../kit/event-stream.js';
import type { Past } from './past.js';

export class LiveReader implements Listener {
  /** Until the past is sent. */
  #waiting: HistoryEntry[] | undefined = [];
  #reading: AbortController | undefined = new AbortController();
  #stream: EventStream | undefined;
  #isUnreadable = false;
  #upTo: Position | undefined;

  constructor(
    private readonly store: Pick<EventStore, 'compare'>,
    private readonly mostWaiting: number,
  ) {}

  /** Aborts when the reader is gone before the past is sent. */
  get signal(): AbortSignal {
    return this.#reading?.signal ?? AbortSignal.abort();
  }

  close(): void {
    this.#reading?.abort();
  }

  receive(entry: HistoryEntry): void {
    if (this.#waiting === undefined) {
      // A follower that was held up may still tell what the past already held.
      if (this.#isNews(entry)) this.#stream?.push(entry);
    } else if (this.#waiting.push(entry) > this.mostWaiting) this.#stream?.end();
  }

  /** Who comes again is told in words that the history cannot be read. */
  unreadable(): void {
    this.#isUnreadable = true;
    this.#stream?.end();
  }

  /** Sends what happened so far, then what was told meanwhile and is newer; what is told after that goes out at once. */
  async send(stream: EventStream, { entries, upTo }: Past): Promise<void> {
    this.#stream = stream;
    this.#upTo = upTo;
    if (this.#isUnreadable) stream.end();
    const waiting = this.#waiting ?? [];
    try {
      for await (const entry of entries) {
        if (stream.ended) break;
        await stream.write(entry);
      }
    } catch {
      // Who comes again, after the last entry that could be read, is told in words what is wrong.
      stream.end();
    }
    for (let entry = waiting.shift(); entry; entry = waiting.shift())
      if (this.#isNews(entry)) await stream.write(entry);
    this.#waiting = undefined;
    this.#reading = undefined;
  }

  #isNews({ position }: HistoryEntry): boolean {
    return this.#upTo === undefined || this.store.compare(position, this.#upTo) > 0;
  }
}
