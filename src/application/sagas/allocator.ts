/** Hands free slots at payers to those who wait: one at a time, over the whole queue, so that nobody is served twice. */
import type { ProviderEvent } from '../../domain/provider/events.js';
import { record } from '../../domain/provider/saga.js';
import { allot, type PayerRoom, servingOrder, type Waiting, type WaitReason, waitReason } from '../../domain/queue.js';
import { payers, providers } from '../aggregates.js';
import { sagaCause } from '../causes.js';
import type { Clock } from '../clock.js';
import type { Settings } from '../dependencies.js';
import type { Position } from '../event-store.js';
import type { Log } from '../log.js';
import type { ReadModels } from '../read-models.js';
import type { Streams } from '../streams.js';
import { Bell } from './bell.js';

export interface AllocatorParts {
  readonly streams: Streams;
  readonly readModels: ReadModels;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Allocator {
  /** Asks for a look at the queue, which must see everything up to this position. */
  ring(position?: Position): void;
  /** Looks whenever it is rung, until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

const patienceMs = 5_000;
const pauseMs = 1_000;

const waitWords: Readonly<Record<WaitReason, string>> = {
  'slot-awaited': 'Waiting for a free slot at AWS, which makes only a few accounts at once.',
  'payer-full':
    'No payer for this territory has room for another account. The operator has been told; you need do nothing.',
};

/** Makes the allocator; what it last told each waiting provider is remembered, so that nothing is told twice. */
export function openAllocator(on: AllocatorParts): Allocator {
  const bell = new Bell();
  const told = new Map<string, WaitReason>();
  let seen: Position | undefined;
  return {
    ring(position) {
      seen = position ?? seen;
      bell.ring();
    },
    async run(signal) {
      while (!signal.aborted) {
        await bell.heard(signal);
        if (signal.aborted) return;
        try {
          if (seen !== undefined && !(await on.readModels.waitFor(seen, patienceMs)))
            throw new Error('The read models are behind.');
          await serve(on, told);
        } catch (error) {
          on.log.error(
            { words: error instanceof Error ? error.message : String(error) },
            'The queue could not be served; it is tried again.',
          );
          await on.clock.wait(pauseMs, signal);
          bell.ring();
        }
      }
    },
  };
}

async function serve(on: AllocatorParts, told: Map<string, WaitReason>): Promise<void> {
  const waiting = servingOrder(on.readModels.waiting(), on.readModels.busy());
  if (waiting.length === 0) return told.clear();
  const rooms = await roomsOf(on);
  const allotments = allot(waiting, rooms);
  for (const { providerId, payerId } of allotments) {
    await note(on, providerId, { type: 'PayerAssigned', payerId });
    told.delete(providerId);
  }
  const served = new Set(allotments.map(({ providerId }) => providerId));
  for (const each of waiting) if (!served.has(each.providerId)) await tell(on, told, each, rooms);
}

async function tell(
  on: AllocatorParts,
  told: Map<string, WaitReason>,
  { providerId, territory }: Waiting,
  rooms: readonly PayerRoom[],
): Promise<void> {
  const reason = waitReason(territory, rooms);
  if (told.get(providerId) === reason) return;
  const since = new Date(on.clock.now()).toISOString();
  await note(on, providerId, { type: 'StepDelayed', step: 'AssignPayer', reason, words: waitWords[reason], since });
  told.set(providerId, reason);
}

/** The room at each payer that vends now. */
async function roomsOf({ streams, readModels, settings }: AllocatorParts): Promise<readonly PayerRoom[]> {
  const loads = readModels.loads();
  const open = await Promise.all(
    settings.payers.map(async ({ id }) => (await streams.load(payers, id)).state.vending === 'open'),
  );
  return settings.payers
    .filter((_, index) => open[index])
    .map(({ id, ...limits }) => ({
      payerId: id,
      ...limits,
      creating: loads[id]?.creating ?? 0,
      accounts: loads[id]?.accounts ?? 0,
    }));
}

async function note({ streams }: AllocatorParts, providerId: string, event: ProviderEvent): Promise<void> {
  await streams.change(providers, providerId, sagaCause(providerId, 'AssignPayer', event.type), (state) =>
    record('AssignPayer', event, state),
  );
}
