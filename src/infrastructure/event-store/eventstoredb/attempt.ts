/** One try of a call, with a time of its own. */

/** What a call has opened must end when the signal aborts, and whatever is heard gives it time anew. */
export interface Try {
  readonly signal: AbortSignal;
  heard(): void;
}

/** A reason of one's own spares each call the making of another. */
const over = new Error('the call is over');

export class Attempt implements Try {
  /** Made only for who asks for it: an append, of which there are many, has nothing to end. */
  #ending: AbortController | undefined;
  #ended = false;
  readonly #timer: NodeJS.Timeout;

  /** `late` is called when nothing is heard for so long. */
  constructor(silenceMs: number, late: () => void) {
    this.#timer = setTimeout(() => {
      this.end();
      late();
    }, silenceMs);
  }

  get signal(): AbortSignal {
    this.#ending ??= new AbortController();
    if (this.#ended) this.#ending.abort(over);
    return this.#ending.signal;
  }

  heard(): void {
    if (!this.#ended) this.#timer.refresh();
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#ending?.abort(over);
  }
}
