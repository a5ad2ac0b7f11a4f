/** Puts on record what came of an attempt at a step, and tells the operator in the log. */
import type { DomainEvent } from '../../domain/events.js';
import { decidePayer, type Payer } from '../../domain/payer.js';
import type { ProviderEvent } from '../../domain/provider/events.js';
import { type Owed, record } from '../../domain/provider/saga.js';
import { facts } from '../error-text.js';
import type { PayerRefusal } from '../ports/ensures.js';
import type { Log } from '../ports/log.js';
import { unusable } from '../quarantine/quarantine.js';
import { payers, providers } from '../streams/aggregates.js';
import { sagaCause } from '../streams/causes.js';
import type { CauseOf, Streams } from '../streams/streams.js';

interface RecordParts {
  readonly streams: Streams;
  readonly log: Log;
}

/**
 * Stops vending at the payer that refused, then says what that means for the provider. In this order, for the queue must
 * not choose the same payer again. A crash in between repeats it: a payer that was refused is asked again by who was there.
 */
export async function stopVending(
  on: RecordParts,
  providerId: string,
  due: Owed,
  refusal: PayerRefusal,
): Promise<boolean> {
  try {
    await pauseVending(on, sagaCause(providerId, due.step, 'VendingPaused'), due, refusal);
  } catch (error) {
    // A payer whose history cannot be used vends to nobody as it is.
    if (!unusable(error)) throw error;
    const { payerId, reason } = refusal;
    on.log.error({ payerId, reason, ...facts(error) }, 'AWS refuses accounts at a payer whose history cannot be used.');
  }
  return note(on, providerId, due, refusal.event);
}

async function pauseVending(
  on: RecordParts,
  cause: CauseOf<Payer>,
  { since }: Owed,
  refusal: PayerRefusal,
): Promise<void> {
  const { kind, payerId, event, ...told } = refusal;
  const { recorded } = await on.streams.change(payers, payerId, cause, (payer) =>
    decidePayer({ type: 'NoteRefusal', ...told, owedSince: since }, payer),
  );
  if (recorded.length > 0)
    on.log.warn(
      { payerId, reason: told.reason, error: told.call.error, requestId: told.call.requestId },
      'AWS refuses accounts at this payer. Vending there is paused until an operator resumes it.',
    );
}

/** Records an outcome while its step is owed; answers whether history moved. */
export async function note(
  { streams, log }: RecordParts,
  providerId: string,
  { step }: Owed,
  event: ProviderEvent,
): Promise<boolean> {
  const cause = sagaCause(providerId, step, event.type);
  const { recorded } = await streams.change(providers, providerId, cause, (state) => record(step, event, state));
  for (const { event: fact } of recorded) say(log, { providerId, step, fact: fact.type }, fact);
  return recorded.length > 0;
}

/** A halt is told to the operator here, with what leads to the call in AWS's records; its body stays in the history. */
function say(log: Log, about: Readonly<Record<string, unknown>>, fact: DomainEvent): void {
  if (fact.type !== 'ProvisioningHalted') {
    log.info(about, 'A fact was recorded.');
    return;
  }
  const { reason, call } = fact;
  const seen = call && { operation: call.operation, requestId: call.requestId };
  log.warn({ ...about, reason, ...seen }, 'A provider has halted until its cause is removed and it is resumed.');
}
