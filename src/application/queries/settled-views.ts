/** Statuses that stay as they are until something is recorded, kept so that the same reader is given the same object again. */
import { LRUCache } from 'lru-cache';
import { isQueued } from '../../domain/provider/stages.js';
import type { ProviderRow } from '../ports/read-models.js';
import { type StatusView, statusView } from './status-view.js';
import type { Surroundings } from './step-view.js';

/** A view takes about 3 KB. */
const remembered = 5_000;

interface Settled {
  readonly view: StatusView;
  readonly around: Surroundings;
}

export class SettledViews {
  readonly #known = new LRUCache<string, Settled>({ max: remembered });

  /** The row as this reader may see it: the object given before where nothing that it rests on has changed. */
  of(row: ProviderRow, around: Surroundings): StatusView {
    const key = `${around.seesAll} ${row.providerId}`;
    const known = this.#known.get(key);
    if (known?.view.position === row.position && isSame(known.around, around)) return known.view;
    const view = statusView(row, around);
    // A guess moves with the clock and a place with the queue; whoever has neither waits for a fact.
    if (view.etaSeconds === undefined && !isQueued(row.provider)) this.#known.set(key, { view, around });
    return view;
  }
}

/** Whether all but the clock and the usual pace, which only a guess rests on, is as it was. */
function isSame(before: Surroundings, now: Surroundings): boolean {
  for (const name of Object.keys(now) as (keyof Surroundings)[])
    if (name !== 'now' && name !== 'pace' && name !== 'paceRange' && before[name] !== now[name]) return false;
  return true;
}
