/** What a refusal by AWS that concerns the payer means: vending there stops, whoever met it. */
import { decidePayer } from '../../domain/payer.js';
import { facts } from '../error-text.js';
import type { PayerRefusal } from '../ports/ensures.js';
import type { Log } from '../ports/log.js';
import { unusable } from '../quarantine/quarantine.js';
import { payers } from '../streams/aggregates.js';
import { sagaCause } from '../streams/causes.js';
import type { Streams } from '../streams/streams.js';

interface Parts {
  readonly streams: Streams;
  readonly log: Log;
}

/** Stops vending at the payer that refused a step of this provider, owed since an ISO time. */
export async function stopVending(
  on: Parts,
  providerId: string,
  { step, since }: { readonly step: string; readonly since: string },
  refusal: PayerRefusal,
): Promise<void> {
  try {
    await pauseVending(on, providerId, step, since, refusal);
  } catch (error) {
    // A payer whose history cannot be used vends to nobody as it is.
    if (!unusable(error)) throw error;
    const { payerId, reason } = refusal;
    on.log.error({ payerId, reason, ...facts(error) }, 'AWS refuses accounts at a payer whose history cannot be used.');
  }
}

async function pauseVending(
  { streams, log }: Parts,
  providerId: string,
  step: string,
  owedSince: string,
  { kind, payerId, event, ...told }: PayerRefusal,
): Promise<void> {
  const { recorded } = await streams.change(payers, payerId, sagaCause(providerId, step, 'VendingPaused'), (payer) =>
    decidePayer({ type: 'NoteRefusal', ...told, owedSince }, payer),
  );
  if (recorded.length > 0)
    log.warn(
      { payerId, reason: told.reason, error: told.call.error, requestId: told.call.requestId },
      'AWS refuses accounts at this payer. Vending there is paused until an operator resumes it.',
    );
}
