/** Puts on record what came of an attempt at a step, and tells the operator in the log. */
import type { DomainEvent } from '../../domain/events.js';
import type { Log } from '../ports/log.js';
import { sagaCause } from '../streams/causes.js';
import type { Streams } from '../streams/streams.js';
import type { Process } from './process.js';

/** Records an outcome, where there is one, while its step is owed; answers whether history moved. */
export async function recordOutcome<S, E extends DomainEvent, Step extends string>(
  { streams, log }: { readonly streams: Streams; readonly log: Log },
  process: Pick<Process<S, E, Step>, 'aggregate' | 'record' | 'warning'>,
  id: string,
  step: Step,
  outcome: E | undefined,
): Promise<boolean> {
  if (outcome === undefined) return false;
  const cause = sagaCause(id, step, outcome.type);
  const { recorded } = await streams.change(process.aggregate, id, cause, (state) =>
    process.record(step, outcome, state),
  );
  for (const { event } of recorded) {
    const warning = process.warning(event as E);
    const about = { id, step, fact: event.type, ...warning?.about };
    if (warning) log.warn(about, warning.words);
    else log.info(about, 'A fact was recorded.');
  }
  return recorded.length > 0;
}
