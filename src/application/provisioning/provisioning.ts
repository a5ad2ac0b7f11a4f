/** Provisioning as it runs: the process of providers, and the queue in which they wait for a payer. */
import { movesTheQueue } from '../../domain/queue/queue-events.js';
import type { RecordedEvent } from '../ports/event-store.js';
import { startProcess } from '../processes/runner.js';
import type { StepTaskParts } from '../processes/step-tasks.js';
import { idIn } from '../streams/aggregates.js';
import { decisionsStream } from '../streams/quarantined.js';
import { type Allocator, type AllocatorParts, openAllocator } from './allocator.js';
import { type ProviderProcessParts, providerProcess } from './provider-process.js';

export type ProvisioningParts = StepTaskParts & AllocatorParts & ProviderProcessParts;

export interface Provisioning {
  /** The wake signal: looks at what just grew, and at the queue where it has moved. */
  appended(events: readonly RecordedEvent[]): void;
  /** Looks at a provider now, without waiting out any back-off. */
  nudge(providerId: string): void;
  /** Looks at the queue now, as when the payers' limits have changed. */
  serveQueue(): void;
  /** Begins nothing more, and resolves when what was in flight has ended. */
  stop(): Promise<void>;
}

const lookEveryMs = 60_000;

/** Starts it. A restart needs nothing but the log. */
export function startProvisioning(on: ProvisioningParts): Provisioning {
  const stopping = new AbortController();
  const allocator = openAllocator(on);
  const process = startProcess(on, providerProcess(on));
  const serving = Promise.all([allocator.run(stopping.signal), lookEachMinute(on, allocator, stopping.signal)]);
  return {
    appended(events) {
      process.appended(events);
      for (const { stream, position, event } of events)
        if (isForTheQueue(stream) || movesTheQueue(event)) allocator.wake(position);
    },
    nudge: (providerId) => process.nudge(providerId),
    serveQueue: () => allocator.wake(),
    async stop() {
      stopping.abort();
      await Promise.all([process.stop(), serving]);
    },
  };
}

/** Lost wake signals are made up for, and what no event tells of is seen, such as terms that were withdrawn. */
async function lookEachMinute({ clock }: ProvisioningParts, allocator: Allocator, ending: AbortSignal): Promise<void> {
  for (; !ending.aborted; await clock.wait(lookEveryMs, ending)) allocator.wake();
}

/** A payer that vends again has room for those who wait, and facts about an organization may let it go on. */
const isForTheQueue = (stream: string): boolean =>
  idIn('payer', stream) !== undefined || idIn('organization', stream) !== undefined || stream === decisionsStream;
