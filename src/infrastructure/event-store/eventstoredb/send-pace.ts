/** When an append may be handed to the client, whose writers must never wait. */
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

/**
 * Appends share one call, which takes sixteen messages before it asks its writer to wait; whoever waits in the client when the
 * connection breaks is rejected where nobody can hear it, which ends the process. So fewer are ever there unwritten.
 */
const mostUnwritten = 12;
/** A server writes those together that come together, so that many on their way cost it little more than one. */
const mostUnanswered = 128;
/** How long a call that is stuck is left alone before it is looked at again. */
const stuckMs = 1;

/** One append that was let through. */
interface Admitted {
  /** The turn in which it was handed to the client. */
  readonly turn: number;
}

export class SendPace {
  #unanswered = 0;
  /** Those that wait for room, in their order. */
  readonly #waiting: ((admitted: Admitted) => void)[] = [];
  #looking = false;
  /** How many were handed to the client in this turn, and are perhaps on the way to its call still. */
  #handed = 0;
  #turn = 0;

  /** `unwritten` tells how many messages lie in the client's call; `undefined` while it has none open. */
  constructor(readonly unwritten: () => number | undefined) {}

  /** Runs the work, which hands one append to the client at once, as soon as there is room, and answers as it does. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const first = this.#waiting.length === 0 && this.#hasRoom();
    const admitted = first ? this.#admit() : await this.#turnCame();
    try {
      return await work();
    } finally {
      this.#unanswered -= 1;
      if (admitted.turn === this.#turn) this.#handed -= 1;
      this.#look();
    }
  }

  #hasRoom(): boolean {
    return this.#unanswered < mostUnanswered && this.#handed + (this.unwritten() ?? 0) < mostUnwritten;
  }

  #admit(): Admitted {
    this.#unanswered += 1;
    this.#handed += 1;
    return { turn: this.#turn };
  }

  #turnCame(): Promise<Admitted> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#look();
    });
  }

  /** One looks for room at a time, for as long as somebody waits and an answer is not what is waited for. */
  #look(): void {
    if (this.#looking || this.#waiting.length === 0 || this.#unanswered >= mostUnanswered) return;
    this.#looking = true;
    void this.#admitInTurn().finally(() => {
      this.#looking = false;
      this.#look();
    });
  }

  async #admitInTurn(): Promise<void> {
    for (let wait: () => Promise<unknown> = nextTurn; this.#waiting.length > 0; ) {
      await wait();
      // While its call is open the client writes in the turn in which it is handed something.
      if (this.unwritten() !== undefined) this.#nextTurn();
      const waited = this.#waiting.length;
      while (this.#waiting.length > 0 && this.#hasRoom()) this.#waiting.shift()?.(this.#admit());
      if (this.#unanswered >= mostUnanswered) return;
      wait = this.#waiting.length < waited ? nextTurn : () => pause(stuckMs);
    }
  }

  #nextTurn(): void {
    this.#turn += 1;
    this.#handed = 0;
  }
}
