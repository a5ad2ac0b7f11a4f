/** Steps whose attempts the test sees begin, and ends itself. */
import type { Attempt } from '../../src/application/ports/attempts.js';
import type { Ensures, StepResult } from '../../src/application/ports/ensures.js';
import { until } from './waiting.js';

export const later: StepResult = { kind: 'later', retryAfterMs: 60_000 };

/** An attempt that has begun, and the way to end it. */
export interface Begun extends Attempt {
  readonly step: 'LinkPayer' | 'SettleCredentials';
  readonly providerId: string;
  end(result: StepResult): void;
}

/** LinkPayer and SettleCredentials, with everything that has begun in order. */
export function openAttempts() {
  const begun: Begun[] = [];
  const noting =
    (step: Begun['step']) =>
    ({ providerId }: { readonly providerId: string }, attempt: Attempt): Promise<StepResult> =>
      new Promise((end) => begun.push({ ...attempt, step, providerId, end }));
  const steps = { LinkPayer: noting('LinkPayer'), SettleCredentials: noting('SettleCredentials') };
  return {
    begun,
    ensures: steps as Partial<Ensures> as Ensures,
    /** Resolves once so many have begun. */
    async first(count: number): Promise<readonly Begun[]> {
      await until(
        async () => begun.length,
        (length) => length >= count,
      );
      return begun;
    },
    /** Ends all that have begun. */
    endAll(): void {
      for (const { end } of begun) end(later);
    },
  };
}
