/** Hands free slots at payers to those who wait: one at a time, over the whole queue, so that nobody is served twice. */
import type { ProviderEvent } from '../../domain/provider/events.js';
import { record } from '../../domain/provider/saga.js';
import { allot } from '../../domain/queue/queue.js';
import type { Settings } from '../dependencies.js';
import { wordsOf } from '../error-text.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { ReadModels } from '../ports/read-models.js';
import { WakeSignal } from '../processes/wake-signal.js';
import { unusable } from '../quarantine/quarantine.js';
import { queueModels, servedOf } from '../quarantine/standstill.js';
import { providers } from '../streams/aggregates.js';
import { sagaCause } from '../streams/causes.js';
import type { Position } from '../streams/event-store.js';
import type { Streams } from '../streams/streams.js';
import { brakesOf, roomsOf } from './payer-capacity.js';
import { openNotices } from './wait-notices.js';

export interface AllocatorParts {
  readonly streams: Streams;
  readonly readModels: ReadModels;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
  /** What the read models must hold before the queue is served: fewer slots than are taken would be seen otherwise. */
  readonly from?: Position | undefined;
}

export interface Allocator {
  /** Asks for a look at the queue, which must see everything up to this position. */
  ring(position?: Position): void;
  /** Looks whenever it is rung, until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

const patienceMs = 5_000;
const pauseMs = 1_000;

/** What the allocator keeps between two looks. */
interface Memory {
  /** What is not known to be in the read models yet. Positions come in any order, so all are kept. */
  readonly unseen: Set<Position>;
  readonly tell: ReturnType<typeof openNotices>;
}

/** Makes the allocator, which keeps nothing that matters: after a restart it looks at the queue anew. */
export function openAllocator(on: AllocatorParts): Allocator {
  const bell = new WakeSignal();
  const tell = openNotices(on, (providerId, event) => note(on, providerId, event));
  const memory: Memory = { unseen: new Set(on.from === undefined ? [] : [on.from]), tell };
  return {
    ring(position) {
      if (position !== undefined) memory.unseen.add(position);
      bell.ring();
    },
    async run(signal) {
      while (!signal.aborted) {
        await bell.heard(signal);
        if (signal.aborted) return;
        if (await look(on, memory, signal)) continue;
        await on.clock.wait(pauseMs, signal);
        bell.ring();
      }
    },
  };
}

/** Serves the queue; answers false when it must be looked at again, for it could not be served now. */
async function look(on: AllocatorParts, memory: Memory, signal: AbortSignal): Promise<boolean> {
  try {
    return (await seen(on, memory, signal)) && (await serve(on, memory));
  } catch (error) {
    on.log.error({ words: wordsOf(error) }, 'The queue could not be served; it is tried again.');
    return false;
  }
}

/** Waits until the read models hold all that was rung for; false when the signal aborts meanwhile. */
async function seen({ readModels }: AllocatorParts, { unseen }: Memory, signal: AbortSignal): Promise<boolean> {
  for (const position of [...unseen]) {
    const reached = await readModels.waitFor(position, patienceMs, signal, queueModels);
    if (signal.aborted) return false;
    if (!reached) throw new Error(behind(readModels));
    unseen.delete(position);
  }
  return true;
}

/** Facts that are not read yet may hold slots, so nobody is served meanwhile: a slot could be given twice. */
function behind(readModels: ReadModels): string {
  const still = servedOf(readModels, queueModels).find(({ stopped }) => stopped !== undefined);
  return still ? `The read models stand still: ${still.stopped}.` : 'The read models are behind.';
}

/**
 * The queue and the loads are read at one moment, after all that is awaited: a decision about streams may empty the read
 * models at any other. Half-filled rows show slots as free that are taken, so nobody is served from them.
 */
async function serve(on: AllocatorParts, { tell }: Memory): Promise<boolean> {
  const brakes = await brakesOf(on);
  if (servedOf(on.readModels, queueModels).some(({ filling }) => filling)) return false;
  const queue = on.readModels.queue();
  const rooms = roomsOf(on, brakes);
  const allotments = allot(queue, rooms.open);
  for (const { providerId, payerId } of allotments) await note(on, providerId, { type: 'PayerAssigned', payerId });
  const served = new Set(allotments.map(({ providerId }) => providerId));
  const left = queue.waiting.filter(({ providerId }) => !served.has(providerId));
  await tell(left, rooms);
  return true;
}

/** One provider that is set aside or cannot be read must not keep the others from being served. */
async function note({ streams, log }: AllocatorParts, providerId: string, event: ProviderEvent): Promise<void> {
  try {
    await streams.change(providers, providerId, sagaCause(providerId, 'AssignPayer', event.type), (state) =>
      record('AssignPayer', event, state),
    );
  } catch (error) {
    if (!unusable(error)) throw error;
    log.error({ providerId, words: String(error) }, 'A provider that waits cannot be served; the others are.');
  }
}
