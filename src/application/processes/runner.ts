/** The saga's runner: asks history what is owed, and does what is due, a step at a time and many side by side. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { owed } from '../../domain/provider/saga.js';
import { movesTheQueue } from '../../domain/queue/queue-events.js';
import { Refusal } from '../../domain/refusal.js';
import { wordsOf } from '../error-text.js';
import { type Allocator, type AllocatorParts, openAllocator } from '../provisioning/allocator.js';
import { decisionsStream } from '../quarantine/quarantine.js';
import { idIn, providers } from '../streams/aggregates.js';
import type { RecordedEvent } from '../streams/event-store.js';
import { openTended, type Tended, type TendParts } from './step-tasks.js';
import { WakeUps } from './wake-ups.js';

export type SagaParts = TendParts & AllocatorParts;

export interface Sagas {
  /** The doorbell: looks at the providers whose history just grew. It saves time; the sweep makes it unnecessary. */
  appended(events: readonly RecordedEvent[]): void;
  /** Looks at a provider now, without waiting out any back-off. */
  nudge(providerId: string): void;
  /** Looks at the queue now, as when the payers' limits have changed. */
  serveQueue(): void;
  /** Begins nothing more, and resolves when what was in flight has ended. */
  stop(): Promise<void>;
}

const sweepMs = 60_000;
const pageSize = 1_000;

/** Starts the runner. A restart needs nothing but the log: everything here is operational and can be lost. */
export function startSagas(on: SagaParts): Sagas {
  const stopping = new AbortController();
  const { signal } = stopping;
  const allocator = openAllocator(on);
  const steps = openTended(on, signal);
  const visits = new WakeUps((providerId) => visit(on, providerId, allocator, steps));
  const running = Promise.all([visits.run(signal), sweep(on, visits, allocator, signal), allocator.run(signal)]);
  return {
    appended(events) {
      for (const { stream, position, event } of events) {
        const providerId = idIn('provider', stream);
        if (providerId !== undefined) visits.ring(providerId);
        // A payer that vends again is room for those who wait.
        const moves = idIn('payer', stream) !== undefined || stream === decisionsStream || movesTheQueue(event);
        if (moves) allocator.ring(position);
      }
    },
    nudge(providerId) {
      steps.nudge(providerId);
      visits.ring(providerId);
    },
    serveQueue: () => allocator.ring(),
    async stop() {
      stopping.abort();
      await Promise.all([running, steps.ended()]);
    },
  };
}

/** Begins to tend what the provider is owed. */
async function visit(on: SagaParts, providerId: string, allocator: Allocator, steps: Tended): Promise<void> {
  try {
    const { state } = await on.streams.load(providers, providerId);
    for (const { step } of owed(state)) {
      if (step === 'AssignPayer') allocator.ring();
      else steps.tend(providerId, step);
    }
  } catch (error) {
    // Who is set aside is left alone.
    if (error instanceof Refusal) return;
    on.log.error({ providerId, words: wordsOf(error) }, 'A provider could not be read.');
  }
}

/** Rings for everybody who is owed a step, now and every minute: what a lost doorbell left behind is found here. */
async function sweep(on: SagaParts, visits: WakeUps, allocator: Allocator, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await ringEach(on, visits, signal);
    } catch (error) {
      on.log.error({ words: wordsOf(error) }, 'Who is due could not be read; it is tried again.');
    }
    allocator.ring();
    await on.clock.wait(sweepMs, signal);
  }
}

/** In pages, so that others get their turn. */
async function ringEach({ readModels }: SagaParts, visits: WakeUps, signal: AbortSignal): Promise<void> {
  for (let after = ''; !signal.aborted; await nextTurn()) {
    const page = readModels.due(after, pageSize);
    for (const providerId of page) visits.ring(providerId);
    if (page.length < pageSize) return;
    after = page.at(-1) ?? after;
  }
}
