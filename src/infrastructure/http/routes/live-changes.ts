/** Live changes: what happened so far, then what happens, on each open connection without gap or repeat. */
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../../../application/authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../../../application/dependencies.js';
import type { HistoryEntry } from '../../../application/history/history.js';
import type { EventStream } from '../kit/event-stream.js';
import type { LiveLimits } from '../kit/live-limits.js';
import { LIVE_LIMITS } from '../kit/parts.js';
import { noMore, Seats } from './live-seats.js';
import type { LiveSource } from './live-sources.js';
import type { Past } from './past.js';

@Injectable()
export class LiveChanges {
  readonly #streams = new Set<EventStream>();
  readonly #seats: Seats;
  #closing = false;

  constructor(
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
    @Inject(LIVE_LIMITS) private readonly limits: LiveLimits,
  ) {
    this.#seats = new Seats(limits);
  }

  /** How many connections are open. */
  get open(): number {
    return this.#streams.size;
  }

  /**
   * Sends the changes to a connection that `open` starts, until it is gone. What can fail fails before it is started:
   * UnknownPosition, the problem `unavailable` when the service stops or has too many connections, or `rate-limited` when
   * the caller or its organization has.
   */
  async serve(source: LiveSource, caller: Caller, open: () => EventStream): Promise<void> {
    if (this.#closing) throw noMore();
    const leave = this.#seats.take(caller);
    const waiting: HistoryEntry[] = [];
    let take = (entry: HistoryEntry): void => void waiting.push(entry);
    let unreadable = false;
    let cut = (): void => {
      unreadable = true;
    };
    const gone = new AbortController();
    const stop = source.listen(
      (entry) => take(entry),
      () => cut(),
    );
    try {
      const past = await source.past(gone.signal);
      const stream = this.opened(open);
      stream.gone.then(() => gone.abort());
      // Who comes again is told in words that the history cannot be read.
      cut = () => stream.end();
      if (unreadable) cut();
      take = (entry) => {
        if (waiting.push(entry) > this.limits.mostWaiting) stream.end();
      };
      await this.catchUp(stream, past, waiting);
      // A follower that was held up may still tell what the past already held.
      take = (entry) => {
        if (this.isNews(entry, past)) stream.push(entry);
      };
      await stream.gone;
    } finally {
      gone.abort();
      stop();
      leave();
    }
  }

  /** Ends every connection and opens no more, so that the server can close; clients come again elsewhere. */
  end(): void {
    this.#closing = true;
    for (const stream of this.#streams) stream.end();
  }

  private opened(open: () => EventStream): EventStream {
    if (this.#closing) throw noMore();
    const stream = open();
    this.#streams.add(stream);
    stream.gone.then(() => this.#streams.delete(stream));
    return stream;
  }

  /** Sends what happened so far, then what was told meanwhile and is newer. */
  private async catchUp(stream: EventStream, past: Past, waiting: HistoryEntry[]): Promise<void> {
    try {
      for await (const entry of past.entries) {
        if (stream.ended) return;
        await stream.write(entry);
      }
    } catch {
      // Who comes again, after the last entry that could be read, is told in words what is wrong.
      stream.end();
      return;
    }
    for (let entry = waiting.shift(); entry; entry = waiting.shift())
      if (this.isNews(entry, past)) await stream.write(entry);
  }

  private isNews({ position }: HistoryEntry, { upTo }: Past): boolean {
    return upTo === undefined || this.on.store.compare(position, upTo) > 0;
  }
}
