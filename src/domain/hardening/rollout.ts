/** A newer baseline on its way to the accounts in use: begun by an operator, first to a few, then to all at a bounded pace. */
import { foreignEvent } from '../foreign-event.js';
import { Refusal } from '../refusal.js';
import type { BaselineRolloutPaused, BaselineRolloutStarted, RolloutEvent } from './rollout-events.js';

type Terms = Omit<BaselineRolloutStarted, 'type'>;

/** How far a rollout has come, as its facts tell. */
export interface Progress {
  /** Which batch is under way, and the accounts in it in their order, since when (ISO); before the first there is none. */
  readonly batchNumber: number;
  readonly batch: readonly string[];
  readonly batchSince: string | undefined;
  /** How many accounts the batches before it held. */
  readonly before: number;
  /** Those that could not be upgraded since an operator last started or resumed it. */
  readonly failed: readonly string[];
}

/** `since` is the ISO time of the last event about the rollout as a whole. */
export type Rollout =
  | { readonly state: 'none' }
  | ({ readonly state: 'canaries' | 'running'; readonly since: string } & Terms & Progress)
  | ({
      readonly state: 'paused';
      readonly since: string;
      readonly reason: BaselineRolloutPaused['reason'];
      readonly next: 'canaries' | 'running';
    } & Terms &
      Progress)
  | ({ readonly state: 'stopped' | 'finished'; readonly since: string } & Terms & Progress);

export type Moving = Extract<Rollout, { state: 'canaries' | 'running' }>;

export const noRollout: Rollout = { state: 'none' };

/** The id of the rollout of a desired state: its version, and the beginning of its digest, since settings change it too. */
export const rolloutId = (version: string, digest: string): string =>
  `${version}-${digest.replace('jcs1:', '').slice(0, 12)}`;

const hourMs = 3_600_000;
const begun: Progress = { batchNumber: 0, batch: [], batchSince: undefined, before: 0, failed: [] };

const isMoving = (rollout: Rollout): rollout is Moving => rollout.state === 'canaries' || rollout.state === 'running';

/** Begins a rollout: nothing where the same has begun. Throws a refusal where it goes by other terms already. */
export function startRollout(terms: Terms, rollout: Rollout): readonly RolloutEvent[] {
  if (rollout.state === 'none') return [{ type: 'BaselineRolloutStarted', ...terms }];
  const { perHour, stopAfterFailures, canaries } = rollout;
  const isSame =
    perHour === terms.perHour &&
    stopAfterFailures === terms.stopAfterFailures &&
    canaries.join() === terms.canaries.join();
  if (isSame) return [];
  throw new Refusal('wrong-stage', 'This baseline is being rolled out already, by other terms; pause or resume it.');
}

export function pauseRollout(rollout: Rollout): readonly RolloutEvent[] {
  if (rollout.state === 'paused') return [];
  if (isMoving(rollout)) return [{ type: 'BaselineRolloutPaused', reason: 'operator' }];
  throw new Refusal('wrong-stage', notMoving(rollout));
}

export function resumeRollout(rollout: Rollout): readonly RolloutEvent[] {
  if (isMoving(rollout)) return [];
  if (rollout.state === 'paused' || rollout.state === 'stopped') return [{ type: 'BaselineRolloutResumed' }];
  throw new Refusal('wrong-stage', notMoving(rollout));
}

const notMoving = ({ state }: Rollout): string =>
  state === 'none' ? 'There is no rollout of this baseline; start one.' : `The rollout is ${state}.`;

/** What history owes a rollout: another account, for as long as it moves. */
export const owedRollout = (rollout: Rollout) =>
  isMoving(rollout) ? [{ step: 'AdvanceRollout', since: rollout.since, deadline: undefined } as const] : [];

/** What an outcome adds: so many failures stop it, and the end of the canaries counts only while they are under way. */
export function recordRollout(outcome: RolloutEvent, rollout: Rollout): readonly RolloutEvent[] {
  if (rollout.state !== 'canaries' && rollout.state !== 'running') return [];
  if (outcome.type === 'BaselineRolloutPaused' && rollout.state !== 'canaries') return [];
  if (outcome.type === 'BaselineBatchBegun' && outcome.number !== rollout.batchNumber + 1) return [];
  if (outcome.type !== 'BaselineUpgradeFailed') return [outcome];
  if (rollout.failed.includes(outcome.providerId)) return [];
  const failed = [...rollout.failed, outcome.providerId];
  const isEnough = failed.length >= rollout.stopAfterFailures;
  return [outcome, ...(isEnough ? [{ type: 'BaselineRolloutStopped', failed } as const] : [])];
}

/** When the account at a place of the batch may be upgraded, or (at its length) the next batch begin; milliseconds. */
export const turnOf = ({ batch, batchSince, perHour }: Terms & Progress, place: number): number =>
  batchSince === undefined || batch.length === 0 ? 0 : Date.parse(batchSince) + (place * hourMs) / perHour;

/** The rollout after an event, recorded at an ISO time. */
export function evolveRollout(rollout: Rollout, event: RolloutEvent, at: string): Rollout {
  switch (event.type) {
    case 'BaselineRolloutStarted': {
      const { type: _type, ...terms } = event;
      return { state: terms.canaries.length > 0 ? 'canaries' : 'running', since: at, ...terms, ...begun };
    }
    case 'BaselineRolloutPaused': {
      const next = event.reason === 'operator' && rollout.state === 'canaries' ? 'canaries' : 'running';
      return { ...termsOf(rollout), state: 'paused', since: at, reason: event.reason, next };
    }
    case 'BaselineRolloutResumed':
      return resumed(rollout, at);
    case 'BaselineBatchBegun': {
      const { batch, before, ...known } = moving(rollout);
      return {
        ...known,
        batchNumber: event.number,
        batch: event.providers,
        batchSince: at,
        before: before + batch.length,
      };
    }
    case 'BaselineUpgradeFailed': {
      const known = moving(rollout);
      return { ...known, failed: [...known.failed, event.providerId] };
    }
    case 'BaselineRolloutStopped':
      return { ...termsOf(rollout), state: 'stopped', since: at, failed: event.failed };
    case 'BaselineRolloutFinished':
      return { ...termsOf(rollout), state: 'finished', since: at, failed: event.failed };
    default:
      return foreignEvent(event);
  }
}

/** Whoever resumes what has stopped has mended the cause, so that all are tried again. */
function resumed(rollout: Rollout, at: string): Rollout {
  const known = termsOf(rollout);
  if (rollout.state === 'paused') return { ...known, state: rollout.next, since: at };
  const before = known.before - known.failed.filter((id) => !known.batch.includes(id)).length;
  return { ...known, state: 'running', since: at, before, failed: [] };
}

function moving(rollout: Rollout): Moving {
  if (rollout.state === 'canaries' || rollout.state === 'running') return rollout;
  throw new Error(`A rollout that is ${rollout.state} does not move.`);
}

function termsOf(rollout: Rollout): Terms & Progress {
  if (rollout.state === 'none') throw new Error('A rollout has not begun, so nothing can become of it.');
  const { baselineVersion, digest, canaries, perHour, stopAfterFailures } = rollout;
  const { batchNumber, batch, batchSince, before, failed } = rollout;
  const progress = { batchNumber, batch, batchSince, before, failed };
  return { baselineVersion, digest, canaries, perHour, stopAfterFailures, ...progress };
}
