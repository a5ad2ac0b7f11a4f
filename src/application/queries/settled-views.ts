/** Statuses that stay as they are until something is recorded, kept so that the same reader is given the same object again. */
import { LRUCache } from 'lru-cache';
import { isQueued } from '../../domain/provider/stages.js';
import type { ProviderRow } from '../ports/read-models.js';
import { type StatusView, statusView } from './status-view.js';
import type { StepView, Surroundings } from './step-view.js';

/** A view takes about 3 KB. */
const remembered = 5_000;

interface Settled {
  readonly view: StatusView;
  readonly around: Surroundings;
}

/** Of the last reads: a read of one provider after the other keeps nothing, so that nothing has to make room for it. */
const lastReads = 4_096;

export class SettledViews {
  readonly #known = new LRUCache<string, Settled>({ max: remembered });
  readonly #read: string[] = new Array(lastReads).fill('');

  /** The row as this reader may see it: the object given before where nothing that it rests on has changed. */
  of(row: ProviderRow, around: Surroundings): StatusView {
    const key = `${around.seesAll} ${row.providerId}`;
    const known = this.#known.get(key);
    if (known?.view.position === row.position && isSame(known.around, around)) return known.view;
    const view = statusView(row, around);
    // A guess moves with the clock, a place with the queue and a step with each attempt; all else waits for a fact.
    if (view.etaSeconds === undefined && !isQueued(row.provider) && !view.steps.some(isUnderWay))
      this.#keep(key, { view, around });
    return view;
  }

  /** Keeps what is read again while it is among the last reads. */
  #keep(key: string, settled: Settled): void {
    const place = Number.parseInt(key.slice(-3), 16) || 0;
    if (this.#read[place] === key) this.#known.set(key, settled);
    else this.#read[place] = key;
  }
}

const isUnderWay = ({ state }: StepView): boolean => state === 'running' || state === 'waiting';

/** The clock and the usual pace, which only a guess rests on, and what only steps under way are asked about. */
const moving: ReadonlySet<string> = new Set(['now', 'pace', 'paceRange', 'delayOf', 'triesOf']);

/** Whether all else is as it was. */
function isSame(before: Surroundings, now: Surroundings): boolean {
  const names = Object.keys(now) as (keyof Surroundings)[];
  return names.every((name) => moving.has(name) || before[name] === now[name]);
}
