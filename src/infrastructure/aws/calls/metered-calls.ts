/** Counts, times and traces calls to AWS by what came of them. */
import type { Metrics } from '../../../application/ports/metrics.js';
import { inSpan } from '../../../application/spans.js';
import { Resting } from './call-pace.js';
import { classify } from './errors.js';

/** Makes the call; throws what it throws. */
export async function metered<T>(
  metrics: Metrics,
  { region, ...of }: { readonly service: string; readonly operation: string; readonly region?: string | undefined },
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
    const attributes = { 'rpc.system': 'aws-api', 'rpc.service': of.service, 'rpc.method': of.operation };
    const place = region === undefined ? attributes : { ...attributes, 'cloud.region': region };
    const span = { name: `${of.service} ${of.operation}`, attributes: place, elsewhere: true };
    const answer = await inSpan(span, call);
    count('answered');
    return answer;
  } catch (error) {
    count(error instanceof Resting ? 'resting' : classify(error).kind);
    throw error;
  }
}
