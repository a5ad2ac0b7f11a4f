/** What can happen to a newer baseline on its way to the accounts in use, as stored for ever. */

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
/** These accounts are next, in this order. As many are upgraded in an hour as the terms say, so the next ones begin no sooner. */
export type BaselineBatchBegun = {
  readonly type: 'BaselineBatchBegun';
  /** The first of a rollout is 1. */
  readonly number: number;
  readonly providers: readonly string[];
};
/** One of them could not be upgraded, however often it was tried. */
export type BaselineUpgradeFailed = {
  readonly type: 'BaselineUpgradeFailed';
  readonly providerId: string;
  /** What AWS or the account stood in the way with, for operators. */
  readonly words: string;
};
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
  | BaselineBatchBegun
  | BaselineUpgradeFailed
  | BaselineRolloutStopped
  | BaselineRolloutFinished;
