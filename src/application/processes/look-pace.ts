/** A bound on how many looks begin in a second: each is given its moment, one after the other. */
export class LookPace {
  /** The next moment that nobody has; milliseconds. */
  #free = 0;

  constructor(private readonly perSecond: number) {}

  /** Takes the next free moment, and answers with the milliseconds until then. */
  take(now: number): number {
    const at = Math.max(now, this.#free);
    this.#free = at + 1_000 / this.perSecond;
    return at - now;
  }

  /** How far ahead moments are taken, in milliseconds. */
  backlogMs(now: number): number {
    return Math.max(0, this.#free - now);
  }
}
