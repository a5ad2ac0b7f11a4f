/** What a refusal by AWS that concerns the payer means: vending there stops, whoever met it. */
import { decidePayer, type Payer } from '../../domain/payer.js';
import { isBeingMade, type Provider } from '../../domain/provider/stages.js';
import { facts } from '../error-text.js';
import type { PayerRefusal } from '../ports/ensures.js';
import type { Log } from '../ports/log.js';
import { payers } from '../streams/aggregates.js';
import { sagaCause } from '../streams/causes.js';
import { unusable } from '../streams/quarantined.js';
import type { CauseOf, Streams } from '../streams/streams.js';

export interface RefusalParts {
  readonly streams: Streams;
  readonly log: Log;
}

/** The payer's `since` as it was when the provider was assigned to it; a look-up may concern a payer that was tried before. */
export const assignedUnder = (provider: Provider, payerId: string): string | undefined =>
  isBeingMade(provider) && provider.payerId === payerId ? provider.vendingSince : undefined;

/** Stops vending at the payer that refused a step of this provider. */
export async function stopVending(
  on: RefusalParts,
  providerId: string,
  step: string,
  provider: Provider,
  refusal: PayerRefusal,
): Promise<void> {
  try {
    await pauseVending(on, sagaCause(providerId, step, 'VendingPaused'), provider, refusal);
  } catch (error) {
    // A payer whose history cannot be used vends to nobody as it is.
    if (!unusable(error)) throw error;
    const { payerId, reason } = refusal;
    on.log.error({ payerId, reason, ...facts(error) }, 'AWS refuses accounts at a payer whose history cannot be used.');
  }
}

async function pauseVending(
  { streams, log }: RefusalParts,
  cause: CauseOf<Payer>,
  provider: Provider,
  { kind, payerId, event, ...told }: PayerRefusal,
): Promise<void> {
  const { recorded } = await streams.change(payers, payerId, cause, (payer) =>
    decidePayer({ type: 'NoteRefusal', ...told, assignedUnder: assignedUnder(provider, payerId) }, payer),
  );
  if (recorded.length > 0)
    log.warn(
      { payerId, reason: told.reason, error: told.call?.error, requestId: told.call?.requestId },
      'AWS refuses accounts at this payer. Vending there is paused until an operator resumes it.',
    );
}
