/** The saga of rollouts: one account after the other is brought to the desired state of this version, at the operator's pace. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { partsIn } from '../../domain/baseline/known-baselines.js';
import { objectKey } from '../../domain/baseline/plan.js';
import type { BaselineUpgradeApplied } from '../../domain/hardening/events.js';
import { exceptionsInForce } from '../../domain/hardening/exceptions.js';
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
import { hardenings, rollouts } from '../streams/aggregates.js';
import { sagaCause } from '../streams/causes.js';
import { digestOf as digestOfContent } from '../streams/command-digest.js';
import { type AccountInUse, accountInUse } from './account-in-use.js';
import { heldOf, type KeepHardeningParts } from './hardening-parts.js';
import type { RolloutProgress } from './rollout-progress.js';

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
    warning: ({ type, ...about }) =>
      type === 'BaselineRolloutStopped'
        ? { about, words: 'A rollout has stopped, because accounts could not be upgraded.' }
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

/** Brings one account to the desired state, our own role first, and puts that on record. */
async function upgraded(on: KeepHardeningParts, id: string, attempt: Attempt): Promise<void> {
  const account = await accountInUse(on.streams, id);
  if (!account) return;
  const { state } = await on.streams.load(hardenings, id);
  const exceptions = exceptionsInForce(state, new Date(attempt.now).toISOString());
  const event = await applied(on, account, exceptions, attempt);
  await on.streams.change(hardenings, id, sagaCause(id, 'AdvanceRollout', event.digest), () => [event]);
}

async function applied(
  { hardening }: KeepHardeningParts,
  account: AccountInUse,
  exceptions: ReadonlySet<string>,
  attempt: Attempt,
): Promise<BaselineUpgradeApplied> {
  const { aws, repairs, baseline, digestOf } = hardening;
  const parts = partsIn(baseline.content, account.accountId);
  const open = parts.flatMap(({ objects }) => objects.map(objectKey)).filter((key) => !exceptions.has(key));
  const make = (objects: readonly string[]) =>
    aws.reapply(account, { parts, exceptions, repairs }, new Set(objects), attempt);
  const first = await make(open);
  // Where our own role was not what it is to be, everything else waits for it.
  const own = new Set(
    parts.flatMap(({ step, objects }) => (step === 'AutomationAccess' ? objects.map(objectKey) : [])),
  );
  const left = open.filter((key) => !own.has(key) && !first.objects.includes(key));
  const changes = [...first.changes, ...(left.length > 0 ? (await make(left)).changes : [])];
  return {
    type: 'BaselineUpgradeApplied',
    baselineVersion: baseline.version,
    digest: digestOfContent(baseline.content),
    steps: parts
      .filter(({ objects }) => objects.length > 0)
      .map(({ step, objects }) => ({ step, digest: digestOf(objects) })),
    changes,
  };
}
