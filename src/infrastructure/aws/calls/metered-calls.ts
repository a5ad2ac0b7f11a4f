/** Counts and times calls to AWS by what came of them. */
import type { Metrics } from '../../../application/ports/metrics.js';
import { Resting } from './call-pace.js';
import { classify } from './errors.js';

/** Makes the call; throws what it throws. */
export async function metered<T>(
  metrics: Metrics,
  of: { readonly service: string; readonly operation: string },
  call: () => Promise<T>,
): Promise<T> {
  const startedAt = performance.now();
  const count = (outcome: string): void => {
    metrics.count('partner_cloud_aws_calls_total', { ...of, outcome });
    if (outcome === 'resting') return;
    const { service } = of;
    metrics.measure('partner_cloud_aws_call_seconds', { service }, (performance.now() - startedAt) / 1_000);
  };
  try {
    const answer = await call();
    count('answered');
    return answer;
  } catch (error) {
    count(error instanceof Resting ? 'resting' : classify(error).kind);
    throw error;
  }
}
