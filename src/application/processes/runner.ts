/** Runs a saga: asks history what is owed, and does what is due, a step at a time and many side by side. */
import type { DomainEvent } from '../../domain/events.js';
import { Refusal } from '../../domain/refusal.js';
import { errorText } from '../error-text.js';
import type { RecordedEvent } from '../ports/event-store.js';
import { idIn } from '../streams/aggregates.js';
import type { Process } from './process.js';
import { type StepTaskParts, StepTasks } from './step-tasks.js';
import { sweep } from './sweep.js';
import { WakeUps } from './wake-ups.js';

export interface RunningProcess {
  /** The wake signal: looks at the streams that just grew. It saves time; the sweep makes it unnecessary. */
  appended(events: readonly Pick<RecordedEvent, 'stream'>[]): void;
  /** Looks at a stream now, without waiting out any back-off. */
  nudge(id: string): void;
  /** Begins nothing more, and resolves when what was in flight has ended. */
  stop(): Promise<void>;
}

/** Starts a process. A restart needs nothing but the log: everything here is operational and can be lost. */
export function startProcess<S, E extends DomainEvent, Step extends string>(
  on: StepTaskParts,
  process: Process<S, E, Step>,
): RunningProcess {
  const stopping = new AbortController();
  const { signal } = stopping;
  const steps = new StepTasks(on, process, signal);
  const wakeUps = new WakeUps((id) => wakeUp(on, process, id, steps));
  const sweeping = sweep(
    on,
    (after, limit) => process.due(after, limit),
    ({ id, watchedSince }) => {
      if (steps.attends(id)) return;
      if (watchedSince === undefined) wakeUps.ask(id);
      else steps.watch(id, watchedSince);
    },
    signal,
  );
  const running = Promise.all([wakeUps.run(signal), sweeping]);
  return {
    appended(events) {
      for (const { stream } of events) {
        const id = idIn(process.aggregate.kind, stream);
        if (id !== undefined) wakeUps.ask(id);
      }
    },
    nudge(id) {
      steps.nudge(id);
      wakeUps.ask(id);
    },
    async stop() {
      stopping.abort();
      await Promise.all([running, steps.ended()]);
    },
  };
}

/** Begins what the stream is owed. */
async function wakeUp<S, E extends DomainEvent, Step extends string>(
  on: StepTaskParts,
  process: Process<S, E, Step>,
  id: string,
  steps: StepTasks<S, E, Step>,
): Promise<void> {
  try {
    const { state } = await on.streams.load(process.aggregate, id);
    for (const { step } of process.owed(state)) steps.begin(id, step);
  } catch (error) {
    // A quarantined stream is skipped.
    if (error instanceof Refusal) return;
    on.log.error({ id, words: errorText(error) }, 'A stream could not be read.');
  }
}
