/** The saga of a provider, from accepted terms to credentials that were taken over: what its steps do, and what comes of them. */
import type { LiveProofRecorded } from '../../domain/provider/baseline-events.js';
import type { ProviderEvent } from '../../domain/provider/events.js';
import { owed, record } from '../../domain/provider/saga.js';
import { restBetweenLooksMs } from '../../domain/provider/settling.js';
import type { Provider } from '../../domain/provider/stages.js';
import type { Step } from '../../domain/provider/steps.js';
import type { Attempt } from '../ports/attempts.js';
import type { Ensures } from '../ports/ensures.js';
import type { Log } from '../ports/log.js';
import type { ReadModels } from '../ports/read-models.js';
import type { Outcome, Process } from '../processes/process.js';
import { providers } from '../streams/aggregates.js';
import type { Streams } from '../streams/streams.js';
import { answering, delay, overdue, timedUnder } from './delays.js';
import { stopVending } from './payer-refusals.js';
import { brakesOf, pauseOf } from './vending.js';
import { ensure } from './work.js';
import { noteWrongProof } from './wrong-proofs.js';

export interface ProviderProcessParts {
  readonly streams: Streams;
  readonly ensures: Ensures;
  readonly readModels: Pick<ReadModels, 'due'>;
  readonly log: Log;
}

/** How many unclaimed credentials may be looked at in a second; each look is one or two calls to AWS. */
const looksPerSecond = 50;

/** The process of providers. The queue hands out slots, so nobody attempts `AssignPayer` here. */
export function providerProcess(on: ProviderProcessParts): Process<Provider, ProviderEvent, Step> {
  return {
    aggregate: providers,
    owed: (provider) => owed(provider).filter(({ step }) => step !== 'AssignPayer'),
    record,
    timed: async (due, provider) => timedUnder(due, await brakesAt(on, provider)),
    ensure: (step, id, provider, attempt) => attempted(on, step, id, provider, attempt),
    delayed: delay,
    overdue,
    warning: warningOf,
    due: (afterId, limit) => on.readModels.due(afterId, limit),
    watch: { step: 'SettleCredentials', restMs: restBetweenLooksMs, looksPerSecond },
  };
}

const brakesAt = async ({ streams }: ProviderProcessParts, provider: Provider) =>
  'payerId' in provider ? brakesOf(streams, provider.payerId) : [];

/**
 * One try at a step. A refusal that concerns the payer stops vending there before it is said of the provider: the queue
 * must not choose the same payer again, and a payer that was refused is asked again by who was there.
 */
async function attempted(
  on: ProviderProcessParts,
  step: Step,
  id: string,
  provider: Provider,
  attempt: Attempt,
): Promise<Outcome<ProviderEvent>> {
  const pause = 'payerId' in provider ? await pauseOf(on.streams, provider.payerId) : undefined;
  const result = await ensure(on.ensures, step, id, provider, attempt, pause?.reason);
  if (result.kind === 'fact') return { kind: 'fact', event: answered(result.event, step, provider) };
  if (result.kind !== 'payer-refused' && result.kind !== 'proof-wrong') return result;
  const first = () =>
    result.kind === 'proof-wrong'
      ? noteWrongProof(on, id, provider, result)
      : stopVending(on, id, step, provider, result);
  return { kind: 'fact', event: answered(result.event, step, provider), first };
}

/** The outcome with what it answers, where it would fit a later attempt as well. */
const answered = (event: ProviderEvent, step: Step, provider: Provider): ProviderEvent =>
  event.type === 'ProvisioningHalted' || event.type === 'PayerRefused'
    ? { ...event, ...answering(step, provider) }
    : event;

/** What AWS decides otherwise than it should, and that it could not be asked, an operator must know. */
function proofWarning({ rows, wrong }: LiveProofRecorded) {
  if (rows.length > 0 && wrong.length === 0) return undefined;
  const words = rows.length === 0 ? 'AWS could not be asked whether the hardening binds.' : wrongProof;
  return { about: { wrong: wrong.map(({ row }) => row) }, words };
}

const wrongProof = 'AWS decides otherwise than it should about an account that is handed over all the same.';

/** A halt is told to the operator with what leads to the call in AWS's records; its body stays in the history. */
function warningOf(event: ProviderEvent) {
  if (event.type === 'LiveProofRecorded') return proofWarning(event);
  if (event.type !== 'ProvisioningHalted') return undefined;
  const { reason, call } = event;
  const seen = call && { operation: call.operation, requestId: call.requestId };
  const about = { reason, ...seen };
  return { about, words: 'A provider has halted until its cause is removed and it is resumed.' };
}
