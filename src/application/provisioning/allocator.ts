/** Hands free slots at payers to those who wait: one look at a time, over the whole queue, so that nobody is served twice. */
import { errorText } from '../error-text.js';
import type { EventStore, Position } from '../ports/event-store.js';
import type { ReadModels } from '../ports/read-models.js';
import { WakeSignal } from '../processes/wake-signal.js';
import { queueModels, servedOf } from '../quarantine/standstill.js';
import { noteOnQueued, Served, type ServeParts } from './serve-queue.js';
import { openWaitNotices } from './wait-notices.js';

export interface AllocatorParts extends ServeParts {
  readonly store: Pick<EventStore, 'compare'>;
  /** What the read models must hold before the queue is served: fewer slots than are taken would be seen otherwise. */
  readonly from?: Position | undefined;
}

export interface Allocator {
  /** Asks for a look at the queue, which must see everything up to this position. */
  wake(position?: Position): void;
  /** Looks whenever it is woken, until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

const patienceMs = 5_000;
const pauseMs = 1_000;

/** What the allocator keeps between two looks. */
interface AllocatorState {
  /** The latest position that the read models are not known to hold yet; they may stand still for long. */
  unseen: Position | undefined;
  readonly served: Served;
}

/** Makes the allocator, which keeps nothing that matters: after a restart it looks at the queue anew. */
export function openAllocator(on: AllocatorParts): Allocator {
  const signal = new WakeSignal();
  const tell = openWaitNotices(on, (providerId, event) => noteOnQueued(on, providerId, event));
  const state: AllocatorState = { unseen: on.from, served: new Served(on, tell) };

  async function lookWhenWoken(ending: AbortSignal): Promise<void> {
    while (!ending.aborted) {
      await signal.heard(ending);
      if (ending.aborted) return;
      if (await serveQueue(on, state, ending)) continue;
      await on.clock.wait(pauseMs, ending);
      signal.give();
    }
  }

  return {
    wake(position) {
      if (position !== undefined) state.unseen = later(on.store, state.unseen, position);
      signal.give();
    },
    run: lookWhenWoken,
  };
}

/** Serves the queue; answers false when it must be looked at again, because it could not be served now. */
async function serveQueue(on: AllocatorParts, state: AllocatorState, ending: AbortSignal): Promise<boolean> {
  try {
    return (await seen(on, state, ending)) && on.mayAct() && (await state.served.serve());
  } catch (error) {
    on.log.error({ words: errorText(error) }, 'The queue could not be served; it is tried again.');
    return false;
  }
}

/** Positions come in any order. */
const later = ({ compare }: AllocatorParts['store'], known: Position | undefined, heard: Position): Position =>
  known !== undefined && compare(known, heard) > 0 ? known : heard;

/** Waits until the read models hold all that the look must see; false when the signal aborts meanwhile. */
async function seen({ readModels }: AllocatorParts, state: AllocatorState, ending: AbortSignal): Promise<boolean> {
  while (state.unseen !== undefined) {
    const position = state.unseen;
    const reached = await readModels.waitFor(position, patienceMs, ending, queueModels);
    if (ending.aborted) return false;
    if (!reached) throw new Error(behind(readModels));
    if (state.unseen === position) state.unseen = undefined;
  }
  return true;
}

/** Facts that are not read yet may hold slots, so nobody is served meanwhile: a slot could be given twice. */
function behind(readModels: ReadModels): string {
  const still = servedOf(readModels, queueModels).find(({ stopped }) => stopped !== undefined);
  return still ? `The read models stand still: ${still.stopped}.` : 'The read models are behind.';
}
