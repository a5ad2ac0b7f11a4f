/** When an append may be handed to the client, whose writers must never wait. */
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';

/**
 * Appends share one call, which takes sixteen messages before it asks its writer to wait; whoever waits in the client when the
 * connection breaks is rejected where nobody can hear it, which ends the process. So fewer are ever there unwritten.
 */
const mostUnwritten = 12;
/** A server writes those together that come together, so that many on their way cost it little more than one. */
const mostUnanswered = 128;
/** How long a call that is stuck is left alone before it is looked at again. */
const stuckMs = 1;

export class SendPace {
  readonly #unanswered: LimitFunction = pLimit(mostUnanswered);
  /** One looks for room at a time, so that they come in their order. */
  readonly #looking: LimitFunction = pLimit(1);
  /** Handed to the client, and perhaps on the way to its call still. */
  readonly #handed = new Set<object>();

  /** `unwritten` tells how many messages lie in the client's call; `undefined` while it has none open. */
  constructor(readonly unwritten: () => number | undefined) {}

  /** Runs the work, which hands one append to the client at once, as soon as there is room, and answers as it does. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return this.#unanswered(async () => {
      const mine = {};
      await this.#looking(() => this.#roomFor(mine));
      try {
        return await work();
      } finally {
        this.#handed.delete(mine);
      }
    });
  }

  async #roomFor(mine: object): Promise<void> {
    for (let wait = nextTurn as () => Promise<unknown>; this.#full(); wait = () => pause(stuckMs)) {
      await wait();
      // While its call is open the client writes in the turn in which it is handed something.
      if (this.unwritten() !== undefined) this.#handed.clear();
    }
    this.#handed.add(mine);
  }

  #full(): boolean {
    return this.#handed.size + (this.unwritten() ?? 0) >= mostUnwritten;
  }
}
