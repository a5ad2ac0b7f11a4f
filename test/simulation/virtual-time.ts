/** Moments to come, and the lives to which they belong. Nothing passes by itself. */
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';

/** One life of a worker. What it waits for when it ends never comes. */
export interface Life {
  readonly over: boolean;
  /** How far the clock that it reads is ahead of the true time; milliseconds. */
  readonly clockAheadMs?: number;
}

export interface Entry {
  readonly at: number;
  readonly run: () => void;
  readonly life: Life | undefined;
  cancelled: boolean;
}

const lives = new AsyncLocalStorage<Life>();

/** The life that runs now, if any. */
export const presentLife = (): Life | undefined => lives.getStore();

/** Runs work as part of a life: timers that it sets, now or later, end with that life. */
export const within = <T>(life: Life, work: () => T): T => lives.run(life, work);

/** Moments to come, in order; those of one moment in the order in which they were asked for. */
export class VirtualTime {
  readonly #entries: Entry[] = [];

  constructor(public now: number) {}

  /** Runs something after so many milliseconds, unless the life that asks for it is over by then. */
  after(ms: number, run: () => void, life: Life | undefined = lives.getStore()): Entry {
    const entry = { at: this.now + Math.max(0, Math.trunc(ms)), run: AsyncResource.bind(run), life, cancelled: false };
    let place = this.#entries.length;
    while (place > 0 && (this.#entries[place - 1] as Entry).at > entry.at) place -= 1;
    this.#entries.splice(place, 0, entry);
    return entry;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Goes to the next moment and runs what was to happen there; answers false when nothing is to come. */
  pass(): boolean {
    for (let entry = this.#entries.shift(); entry; entry = this.#entries.shift()) {
      if (entry.cancelled || entry.life?.over) continue;
      this.now = entry.at;
      entry.run();
      return true;
    }
    return false;
  }
}
