/** All connections of server-sent events that are open, kept alive by one timer: timers of its own would be a good part of what one keeps. */
import type { EventStream } from './event-stream.js';
import type { LiveLimits } from './live-limits.js';

/** Connections beat in so many turns, so that not all of them are written to at once. */
const mostTurns = 50;

export class OpenStreams {
  readonly #turns: readonly Set<EventStream>[];
  readonly #turnMs: number;
  #next = 0;
  #size = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor({ heartbeatMs }: Pick<LiveLimits, 'heartbeatMs'>) {
    const turns = Math.max(1, Math.min(mostTurns, heartbeatMs));
    this.#turns = Array.from({ length: turns }, () => new Set<EventStream>());
    this.#turnMs = heartbeatMs / turns;
  }

  get size(): number {
    return this.#size;
  }

  /** Keeps a connection alive until it is gone or its time is over. */
  add(stream: EventStream): void {
    // Whose turn was just now has to wait longest.
    const turn = this.#turns[(this.#next + this.#turns.length - 1) % this.#turns.length];
    turn?.add(stream);
    this.#size++;
    this.#timer ??= setInterval(() => this.#beat(), this.#turnMs);
    stream.onGone(() => {
      if (turn?.delete(stream)) this.#size--;
      if (this.#size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    });
  }

  /** Ends every connection. */
  end(): void {
    for (const turn of this.#turns) for (const stream of turn) stream.end();
  }

  #beat(): void {
    for (const stream of this.#turns[this.#next] ?? []) stream.beat();
    this.#next = (this.#next + 1) % this.#turns.length;
  }
}
