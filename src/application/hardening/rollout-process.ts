/** The saga of rollouts: accounts are brought to the desired state of this version batch by batch, at the operator's pace. */
import {
  type Moving,
  owedRollout,
  type Rollout,
  recordRollout,
  rolloutId,
  turnOf,
} from '../../domain/hardening/rollout.js';
import type { RolloutEvent } from '../../domain/hardening/rollout-events.js';
import type { Attempt } from '../ports/attempts.js';
import { AccountUnseen } from '../ports/hardening.js';
import type { Outcome, Process } from '../processes/process.js';
import { rollouts } from '../streams/aggregates.js';
import { digestOf as digestOfContent } from '../streams/command-digest.js';
import type { KeepHardeningParts } from './hardening-parts.js';
import { isBehind, openBatches } from './rollout-batches.js';
import { upgraded } from './upgrade-account.js';

type Came = Outcome<RolloutEvent>;

const hourMs = 3_600_000;
const triesOfAnAccount = 3;

const later = (retryAfterMs: number): Came => ({ kind: 'later', retryAfterMs });

/** The rollout that this version is about. */
const currentRollout = ({ baseline }: KeepHardeningParts['hardening']): string =>
  rolloutId(baseline.version, digestOfContent(baseline.content));

/**
 * The process of the rollout of this version's desired state. Which accounts are next, since when, and which have failed are
 * facts, so that its pace and its end hold over restarts and instances.
 */
export function rolloutProcess(on: KeepHardeningParts): Process<Rollout, RolloutEvent, 'AdvanceRollout'> {
  const id = currentRollout(on.hardening);
  const advanced = openAdvance(on);
  return {
    aggregate: rollouts,
    owed: owedRollout,
    record: (_step, outcome, rollout) => recordRollout(outcome, rollout),
    timed: async (owed) => owed,
    ensure: (_step, _id, rollout, attempt) => advanced(rollout, attempt),
    delayed: () => undefined,
    overdue: () => undefined,
    warning: warningOf,
    due: (afterId) => (afterId < id ? [{ id, watchedSince: undefined }] : []),
  };
}

/** Facts name providers as `providerIds` in the log, so that it can be searched for one. */
function warningOf(event: RolloutEvent) {
  switch (event.type) {
    case 'BaselineRolloutStopped':
      return {
        about: { providerIds: event.failed },
        words: 'A rollout has stopped, because accounts could not be upgraded.',
      };
    case 'BaselineUpgradeFailed':
      return {
        about: { providerIds: [event.providerId], cause: event.words },
        words: 'An account could not be upgraded; the rollout passes over it.',
      };
    default:
      return undefined;
  }
}

function openAdvance(on: KeepHardeningParts) {
  const nextBatch = openBatches(on);
  const upgrade = openUpgrade(on);
  return async (rollout: Rollout, attempt: Attempt): Promise<Came> => {
    if (rollout.state !== 'canaries' && rollout.state !== 'running') return later(hourMs);
    const place = await nextInBatch(on, rollout);
    const waitMs = turnOf(rollout, place ?? rollout.batch.length) - attempt.now;
    if (place === undefined && rollout.state === 'canaries' && rollout.batchNumber > 0) return ended(rollout);
    if (waitMs > 0) return later(waitMs);
    const id = place === undefined ? undefined : rollout.batch[place];
    if (id !== undefined) return upgrade(id, attempt);
    const providers = await nextBatch(rollout);
    if (providers.length === 0) return ended(rollout);
    return { kind: 'fact', event: { type: 'BaselineBatchBegun', number: rollout.batchNumber + 1, providers } };
  };
}

/** The place in the batch of the first account that is still to be upgraded; `undefined` where the batch is done. */
async function nextInBatch(on: KeepHardeningParts, { batch, failed }: Moving): Promise<number | undefined> {
  for (const [place, id] of batch.entries()) if (!failed.includes(id) && (await isBehind(on, id))) return place;
  return undefined;
}

const ended = ({ state, failed }: Moving): Came =>
  state === 'canaries'
    ? { kind: 'fact', event: { type: 'BaselineRolloutPaused', reason: 'canaries-done' } }
    : { kind: 'fact', event: { type: 'BaselineRolloutFinished', failed } };

/** An account is tried a few times, which is no fact, before it counts as failed. */
function openUpgrade(on: KeepHardeningParts) {
  const tries = new Map<string, number>();
  return async (providerId: string, attempt: Attempt): Promise<Came> => {
    try {
      await upgraded(on, providerId, attempt);
      tries.delete(providerId);
      return later(0);
    } catch (error) {
      if (!(error instanceof AccountUnseen)) throw error;
      if (error.passes) return later(60_000);
      const tried = (tries.get(providerId) ?? 0) + 1;
      tries.set(providerId, tried);
      if (tried < triesOfAnAccount) return later(10_000 * tried);
      tries.delete(providerId);
      return { kind: 'fact', event: { type: 'BaselineUpgradeFailed', providerId, words: error.message } };
    }
  };
}
