/** The saga of rollouts: one account after the other is brought to the desired state of this version, at the operator's pace. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  owedRollout,
  type Rollout,
  type RolloutEvent,
  recordRollout,
  rolloutId,
} from '../../domain/hardening/rollout.js';
import type { Attempt } from '../ports/attempts.js';
import { AccountUnseen } from '../ports/hardening.js';
import type { Outcome, Process } from '../processes/process.js';
import { rollouts } from '../streams/aggregates.js';
import { digestOf as digestOfContent } from '../streams/command-digest.js';
import { accountInUse } from './account-in-use.js';
import { heldOf, type KeepHardeningParts } from './hardening-parts.js';
import type { RolloutProgress } from './rollout-progress.js';
import { upgraded } from './upgrade-account.js';

type Came = Outcome<RolloutEvent>;

const hourMs = 3_600_000;
const pageSize = 100;
const triesOfAnAccount = 3;

/** The rollout that this version is about. */
const currentRollout = ({ baseline }: KeepHardeningParts['hardening']): string =>
  rolloutId(baseline.version, digestOfContent(baseline.content));

/** The process of the rollout of this version's desired state. */
export function rolloutProcess(on: KeepHardeningParts): Process<Rollout, RolloutEvent, 'AdvanceRollout'> {
  const id = currentRollout(on.hardening);
  return {
    aggregate: rollouts,
    owed: owedRollout,
    record: (_step, outcome, rollout) => recordRollout(outcome, rollout),
    timed: async (owed) => owed,
    ensure: (_step, _id, rollout, attempt) => advanced(on, rollout, attempt),
    delayed: () => undefined,
    overdue: () => undefined,
    warning: (event) =>
      event.type === 'BaselineRolloutStopped'
        ? {
            about: { providerIds: event.failed },
            words: 'A rollout has stopped, because accounts could not be upgraded.',
          }
        : undefined,
    due: (afterId) => (afterId < id ? [{ id, watchedSince: undefined }] : []),
  };
}

async function advanced(on: KeepHardeningParts, rollout: Rollout, attempt: Attempt): Promise<Came> {
  const { rollout: progress } = on.hardening;
  if (rollout.state !== 'canaries' && rollout.state !== 'running') return { kind: 'later', retryAfterMs: hourMs };
  if (attempt.now < progress.nextAt) return { kind: 'later', retryAfterMs: progress.nextAt - attempt.now };
  const id = await nextBehind(on, progress, rollout);
  if (id === undefined) return ended(progress, rollout);
  try {
    await upgraded(on, id, attempt);
  } catch (error) {
    if (!(error instanceof AccountUnseen)) throw error;
    return error.passes ? { kind: 'later', retryAfterMs: 60_000 } : failed(progress, id, rollout);
  }
  progress.upgraded += 1;
  progress.tries = 0;
  progress.nextAt = attempt.now + hourMs / rollout.perHour;
  return { kind: 'later', retryAfterMs: hourMs / rollout.perHour };
}

/** An account is tried a few times; so many that fail stop the rollout. */
function failed(progress: RolloutProgress, id: string, { stopAfterFailures }: Moving): Came {
  progress.tries += 1;
  if (progress.tries < triesOfAnAccount) return { kind: 'later', retryAfterMs: 10_000 * progress.tries };
  progress.tries = 0;
  progress.failed.add(id);
  if (progress.failed.size < stopAfterFailures) return { kind: 'later', retryAfterMs: 1_000 };
  const event = { type: 'BaselineRolloutStopped', failed: [...progress.failed] } as const;
  return { kind: 'fact', event, first: async () => progress.startAgain() };
}

type Moving = Extract<Rollout, { state: 'canaries' | 'running' }>;

const ended = (progress: RolloutProgress, { state }: Rollout): Came =>
  state === 'canaries'
    ? { kind: 'fact', event: { type: 'BaselineRolloutPaused', reason: 'canaries-done' } }
    : { kind: 'fact', event: { type: 'BaselineRolloutFinished', failed: [...progress.failed] } };

/** The next account in use that is behind; canaries in their order, all others in the order of their ids. */
async function nextBehind(
  on: KeepHardeningParts,
  progress: RolloutProgress,
  rollout: Moving,
): Promise<string | undefined> {
  if (rollout.state === 'canaries') {
    for (const id of rollout.canaries) if (await isBehind(on, progress, id)) return id;
    return undefined;
  }
  for (;;) {
    const page = on.readModels.inUse(progress.cursor, pageSize);
    for (const id of page) {
      if (await isBehind(on, progress, id)) return id;
      progress.cursor = id;
      await nextTurn();
    }
    if (page.length < pageSize) return undefined;
  }
}

async function isBehind(on: KeepHardeningParts, { failed }: RolloutProgress, id: string): Promise<boolean> {
  const account = failed.has(id) ? undefined : await accountInUse(on.streams, id);
  return account !== undefined && (await heldOf(on, on.hardening, id, account.accountId)).behind.length > 0;
}
