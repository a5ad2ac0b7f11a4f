/** The saga's runner: asks history what is owed, and does what is due, a step at a time and many side by side. */
import { owed } from '../../domain/provider/saga.js';
import { idIn, providers } from '../aggregates.js';
import type { RecordedEvent } from '../event-store.js';
import { type AllocatorParts, openAllocator } from './allocator.js';
import { Bell } from './bell.js';
import { openTended, type TendParts } from './tend.js';

export type SagaParts = TendParts & AllocatorParts;

export interface Sagas {
  /** The doorbell: looks at the providers whose history just grew. It saves time; the sweep makes it unnecessary. */
  appended(events: readonly RecordedEvent[]): void;
  /** Looks at a provider now, without waiting out any back-off. */
  nudge(providerId: string): void;
  /** Begins nothing more, and resolves when what was in flight has ended. */
  stop(): Promise<void>;
}

const sweepMs = 60_000;
const pageSize = 1_000;

/** Starts the runner. A restart needs nothing but the log: everything here is operational and can be lost. */
export function startSagas(on: SagaParts): Sagas {
  const stopping = new AbortController();
  const { signal } = stopping;
  const bell = new Bell();
  const rung = new Set<string>();
  const allocator = openAllocator(on);
  const steps = openTended(on, signal);

  async function visit(providerId: string): Promise<void> {
    try {
      const { state } = await on.streams.load(providers, providerId);
      for (const { step } of owed(state)) {
        if (step === 'AssignPayer') allocator.ring();
        else steps.tend(providerId, step);
      }
    } catch (error) {
      on.log.error(
        { providerId, words: error instanceof Error ? error.message : String(error) },
        'A provider could not be read.',
      );
    }
  }

  async function answerBell(): Promise<void> {
    while (!signal.aborted) {
      for (const providerId of rung) {
        rung.delete(providerId);
        await visit(providerId);
      }
      if (rung.size === 0) await bell.heard(signal);
    }
  }

  function ring(providerId: string): void {
    rung.add(providerId);
    bell.ring();
  }

  async function sweep(): Promise<void> {
    while (!signal.aborted) {
      for (const providerId of dueNow(on)) ring(providerId);
      allocator.ring();
      await on.clock.wait(sweepMs, signal);
    }
  }

  const running = Promise.all([answerBell(), sweep(), allocator.run(signal)]);
  return {
    appended(events) {
      for (const { stream, position } of events) {
        const providerId = idIn('provider', stream);
        if (providerId === undefined) continue;
        ring(providerId);
        allocator.ring(position);
      }
    },
    nudge(providerId) {
      steps.nudge(providerId);
      ring(providerId);
    },
    async stop() {
      stopping.abort();
      await Promise.all([running, steps.ended()]);
    },
  };
}

function* dueNow({ readModels, clock }: SagaParts): Generator<string> {
  const now = new Date(clock.now()).toISOString();
  let page = readModels.due(now, '', pageSize);
  while (page.length > 0) {
    yield* page;
    page = readModels.due(now, page.at(-1) ?? '', pageSize);
  }
}
