/** Hands free slots at payers to those who wait: one at a time, over the whole queue, so that nobody is served twice. */
import type { ProviderEvent } from '../../domain/provider/events.js';
import { record } from '../../domain/provider/saga.js';
import { allot, type Waiting } from '../../domain/queue.js';
import { providers } from '../aggregates.js';
import { sagaCause } from '../causes.js';
import type { Clock } from '../clock.js';
import type { Settings } from '../dependencies.js';
import type { Position } from '../event-store.js';
import type { Log } from '../log.js';
import { unusable } from '../quarantine.js';
import type { ReadModels } from '../read-models.js';
import type { Streams } from '../streams.js';
import { Bell } from './bell.js';
import { brakesOf, type Rooms, roomsOf, type WhyWaiting, waitWords, whyWaiting } from './room.js';

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
const tellAtOnce = 100;

/** Makes the allocator; what it last told each waiting provider is remembered, so that nothing is told twice. */
export function openAllocator(on: AllocatorParts): Allocator {
  const bell = new Bell();
  const told = new Map<string, WhyWaiting>();
  let seen = on.from;
  return {
    ring(position) {
      seen = position ?? seen;
      bell.ring();
    },
    async run(signal) {
      while (!signal.aborted) {
        await bell.heard(signal);
        if (signal.aborted) return;
        if (await look(on, told, seen)) continue;
        await on.clock.wait(pauseMs, signal);
        bell.ring();
      }
    },
  };
}

/** Serves the queue; answers false when it must be looked at again, for it could not be served now. */
async function look(on: AllocatorParts, told: Map<string, WhyWaiting>, seen: Position | undefined): Promise<boolean> {
  try {
    if (seen !== undefined && !(await on.readModels.waitFor(seen, patienceMs))) throw new Error(behind(on.readModels));
    return await serve(on, told);
  } catch (error) {
    on.log.error(
      { words: error instanceof Error ? error.message : String(error) },
      'The queue could not be served; it is tried again.',
    );
    return false;
  }
}

/** Facts that are not read yet may hold slots, so nobody is served meanwhile: a slot could be given twice. */
function behind(readModels: ReadModels): string {
  const still = readModels.health().find(({ stopped }) => stopped !== undefined);
  return still ? `The read models stand still: ${still.stopped}.` : 'The read models are behind.';
}

/**
 * The queue and the loads are read at one moment, after all that is awaited: a decision about streams may empty the read
 * models at any other. Half-filled rows show slots as free that are taken, so nobody is served from them.
 */
async function serve(on: AllocatorParts, told: Map<string, WhyWaiting>): Promise<boolean> {
  const brakes = await brakesOf(on);
  if (on.readModels.health().some(({ filling }) => filling)) return false;
  const queue = on.readModels.queue();
  const { waiting } = queue;
  const rooms = roomsOf(on, brakes);
  const allotments = allot(queue, rooms.open);
  for (const { providerId, payerId } of allotments) {
    await note(on, providerId, { type: 'PayerAssigned', payerId });
    told.delete(providerId);
  }
  const served = new Set(allotments.map(({ providerId }) => providerId));
  await tellEach(
    on,
    told,
    waiting.filter(({ providerId }) => !served.has(providerId)),
    rooms,
  );
  if (waiting.length === 0) told.clear();
  return true;
}

/** Many at once, so that they share transactions and a long queue does not keep a slot empty for long. */
async function tellEach(
  on: AllocatorParts,
  told: Map<string, WhyWaiting>,
  waiting: readonly Waiting[],
  rooms: Rooms,
): Promise<void> {
  const news = waiting.filter((each) => told.get(each.providerId) !== whyWaiting(each, rooms));
  for (let n = 0; n < news.length; n += tellAtOnce)
    await Promise.all(news.slice(n, n + tellAtOnce).map((each) => tell(on, told, each, rooms)));
}

async function tell(on: AllocatorParts, told: Map<string, WhyWaiting>, waiting: Waiting, rooms: Rooms): Promise<void> {
  const { providerId } = waiting;
  const reason = whyWaiting(waiting, rooms);
  const since = new Date(on.clock.now()).toISOString();
  await note(on, providerId, { type: 'StepDelayed', step: 'AssignPayer', reason, words: waitWords[reason], since });
  told.set(providerId, reason);
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
