/** A newer baseline on its way to the accounts in use: begun by an operator, first to a few, then to all at a bounded pace. */
import { foreignEvent } from '../foreign-event.js';
import { Refusal } from '../refusal.js';

export type BaselineRolloutStarted = {
  readonly type: 'BaselineRolloutStarted';
  readonly baselineVersion: string;
  /** Of the desired state, as `BaselineDescribed` has it. */
  readonly digest: string;
  /** Providers that are upgraded first; all others wait until an operator goes on. */
  readonly canaries: readonly string[];
  readonly perHour: number;
  readonly stopAfterFailures: number;
};
/** `canaries-done`: the first few are upgraded, and a person looks before it goes on. */
export type BaselineRolloutPaused = {
  readonly type: 'BaselineRolloutPaused';
  readonly reason: 'operator' | 'canaries-done';
};
export type BaselineRolloutResumed = { readonly type: 'BaselineRolloutResumed' };
/** Too many accounts could not be upgraded. */
export type BaselineRolloutStopped = {
  readonly type: 'BaselineRolloutStopped';
  readonly failed: readonly string[];
};
/** Every account in use is held to it, but those that could not be upgraded. */
export type BaselineRolloutFinished = {
  readonly type: 'BaselineRolloutFinished';
  readonly failed: readonly string[];
};
export type RolloutEvent =
  | BaselineRolloutStarted
  | BaselineRolloutPaused
  | BaselineRolloutResumed
  | BaselineRolloutStopped
  | BaselineRolloutFinished;

type Terms = Omit<BaselineRolloutStarted, 'type'>;

/** `since` is the ISO time of the last event. */
export type Rollout =
  | { readonly state: 'none' }
  | ({ readonly state: 'canaries' | 'running'; readonly since: string } & Terms)
  | ({
      readonly state: 'paused';
      readonly since: string;
      readonly reason: BaselineRolloutPaused['reason'];
      readonly next: 'canaries' | 'running';
    } & Terms)
  | ({ readonly state: 'stopped' | 'finished'; readonly since: string; readonly failed: readonly string[] } & Terms);

export const noRollout: Rollout = { state: 'none' };

/** The id of the rollout of a desired state: its version, and the beginning of its digest, since settings change it too. */
export const rolloutId = (version: string, digest: string): string =>
  `${version}-${digest.replace('jcs1:', '').slice(0, 12)}`;

const isMoving = (rollout: Rollout): boolean => rollout.state === 'canaries' || rollout.state === 'running';

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
  isMoving(rollout) ? [{ step: 'AdvanceRollout', since: '', deadline: undefined } as const] : [];

/** What an outcome adds: the end of the canaries counts only while they are under way. */
export function recordRollout(outcome: RolloutEvent, rollout: Rollout): readonly RolloutEvent[] {
  if (!isMoving(rollout)) return [];
  return outcome.type === 'BaselineRolloutPaused' && rollout.state !== 'canaries' ? [] : [outcome];
}

/** The rollout after an event, recorded at an ISO time. */
export function evolveRollout(rollout: Rollout, event: RolloutEvent, at: string): Rollout {
  switch (event.type) {
    case 'BaselineRolloutStarted': {
      const { type: _type, ...terms } = event;
      return { state: terms.canaries.length > 0 ? 'canaries' : 'running', since: at, ...terms };
    }
    case 'BaselineRolloutPaused': {
      const next = event.reason === 'operator' && rollout.state === 'canaries' ? 'canaries' : 'running';
      return { ...termsOf(rollout), state: 'paused', since: at, reason: event.reason, next };
    }
    case 'BaselineRolloutResumed':
      return { ...termsOf(rollout), state: rollout.state === 'paused' ? rollout.next : 'running', since: at };
    case 'BaselineRolloutStopped':
      return { ...termsOf(rollout), state: 'stopped', since: at, failed: event.failed };
    case 'BaselineRolloutFinished':
      return { ...termsOf(rollout), state: 'finished', since: at, failed: event.failed };
    default:
      return foreignEvent(event);
  }
}

function termsOf(rollout: Rollout): Terms {
  if (rollout.state === 'none') throw new Error('A rollout has not begun, so nothing can become of it.');
  const { baselineVersion, digest, canaries, perHour, stopAfterFailures } = rollout;
  return { baselineVersion, digest, canaries, perHour, stopAfterFailures };
}
