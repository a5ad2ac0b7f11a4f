/** One try at a step as the figures show it: how it ended, and how long it took. */
import type { DomainEvent } from '../../domain/events.js';
import type { Attempt } from '../ports/attempts.js';
import type { Metrics } from '../ports/metrics.js';
import type { Outcome } from './process.js';

/** Makes the try; throws what it throws. A fact is told by its type, so that a halt is no success. */
export async function observedTry<E extends DomainEvent>(
  metrics: Pick<Metrics, 'measure'> | undefined,
  step: string,
  { signal }: Pick<Attempt, 'signal'>,
  make: () => Promise<Outcome<E>>,
): Promise<Outcome<E>> {
  const startedAt = performance.now();
  const tell = (outcome: string): void =>
    metrics?.measure('partner_cloud_step_seconds', { step, outcome }, (performance.now() - startedAt) / 1_000);
  try {
    const made = await make();
    tell(made.kind === 'fact' ? made.event.type : made.kind);
    return made;
  } catch (error) {
    tell(signal.aborted ? 'stopped' : 'failed');
    throw error;
  }
}
