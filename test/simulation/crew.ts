/** The workers of a run: who dies is buried and, after a while, followed by another; what one appends the others hear of. */
import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import type { Mortal } from './border.js';
import { Worker } from './worker.js';
import type { WorkerParts } from './worker-parts.js';

type CrewParts = Omit<WorkerParts, 'grown' | 'appended' | 'news'>;

const longestAbsenceMs = 90_000;

export class Crew {
  /** Whether the log may have grown since somebody last asked. */
  #changed = true;
  #calm = false;
  readonly #places: (Worker | undefined)[];
  readonly #parts: WorkerParts;
  readonly #listeners = new Map<Mortal, (() => void)[]>();
  readonly #stopping = new Set<Worker>();
  #completeSince: number;
  #lives = 0;

  constructor(size: number, parts: CrewParts) {
    this.#completeSince = parts.time.now;
    this.#parts = {
      ...parts,
      grown: (by) => {
        this.#changed = true;
        this.#wakeReaders(by);
      },
      appended: (by, events) => this.#ring(by, events),
      news: (who) =>
        new Promise<void>((resolve) => this.#listeners.set(who, [...(this.#listeners.get(who) ?? []), resolve])),
    };
    this.#places = Array.from({ length: size }, () => undefined);
    for (let place = 0; place < size; place++) this.#fill(place);
  }

  up(): readonly Worker[] {
    return this.#places.filter(
      (worker): worker is Worker => worker !== undefined && !worker.over && !this.#stopping.has(worker),
    );
  }

  /** Whether the log may have grown since this was last asked. */
  tookNews(): boolean {
    const changed = this.#changed;
    this.#changed = false;
    return changed;
  }

  /** From now on nothing goes wrong any more. */
  calm(): void {
    this.#calm = true;
    this.#completeSince = this.#parts.time.now;
  }

  /** Since when nothing goes wrong and all of them are up; milliseconds, infinite while that is not so. */
  calmSince(): number {
    const complete = this.#calm && this.up().length === this.#places.length;
    return complete ? this.#completeSince : Number.POSITIVE_INFINITY;
  }

  /** Closes the files of the dead and sees to it that others take their places; to be called when all is quiet. */
  async tidy(): Promise<void> {
    const { time, chance, troubles } = this.#parts;
    for (const [place, worker] of this.#places.entries()) {
      if (!worker) continue;
      if (worker.over) {
        this.#places[place] = undefined;
        this.#stopping.delete(worker);
        this.#listeners.delete(worker);
        this.#changed = true;
        await worker.bury();
        time.after(chance.between(100, longestAbsenceMs), () => this.#fill(place));
      } else if (!this.#stopping.has(worker) && troubles.strike('stop', worker.name)) {
        this.#stopping.add(worker);
        void worker.stop();
      }
    }
  }

  async bury(): Promise<void> {
    for (const worker of this.#places) {
      worker?.die();
      await worker?.bury();
    }
  }

  #fill(place: number): void {
    const { time, tell, chance } = this.#parts;
    this.#lives += 1;
    const name = `${String.fromCharCode(97 + place)}${this.#lives}`;
    try {
      this.#places[place] = new Worker(name, this.#parts);
      this.#completeSince = time.now;
      tell(`${name} starts`);
    } catch (error) {
      // A full disk keeps it from starting; whoever watches over it tries again.
      tell(`${name} does not start: ${error instanceof Error ? error.message : error}`);
      time.after(chance.between(1_000, longestAbsenceMs), () => this.#fill(place));
    }
  }

  /** As a subscription would: the read models of the others hear of what is on the disk, a little later. */
  #wakeReaders(by: Mortal): void {
    for (const other of this.#others(by))
      for (const woken of this.#listeners.get(other)?.splice(0) ?? []) this.#later(other, woken);
  }

  /** The wake signals of the others, which are only to save time. */
  #ring(by: Mortal, events: readonly RecordedEvent[]): void {
    for (const other of this.#others(by))
      if (!this.#parts.troubles.strike('wake signal dropped', other.name)) this.#later(other, () => other.hear(events));
  }

  #later(who: Mortal, run: () => void): void {
    const { time, chance } = this.#parts;
    time.after(chance.between(1, 500), run, who);
  }

  #others(by: Mortal): readonly Worker[] {
    return this.#places.filter((worker): worker is Worker => worker !== undefined && worker !== by);
  }
}
