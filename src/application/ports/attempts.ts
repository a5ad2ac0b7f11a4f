/** What an attempt at a step of any process is told, and what may come of it beside a fact. */
import type { FailedCall } from '../../domain/failed-call.js';

/** One try at a step: the time it began (milliseconds) and a signal that aborts when the service stops. */
export interface Attempt {
  readonly now: number;
  readonly signal: AbortSignal;
  /** How often this step was looked at before, since this process began or history last moved; few of those may have failed. */
  readonly tries: number;
  /** When somebody last asked for a look at once (milliseconds), as when credentials were just shown; absent: nobody did. */
  readonly nudgedAt?: number;
}

/** Nothing is wrong, it just takes longer: look again later. */
export interface Later {
  readonly kind: 'later';
  readonly retryAfterMs: number;
  readonly call?: FailedCall;
}

/** Something stands in the way that should be said; `reason` is a stable code, `words` are for the customer. */
export interface Delayed {
  readonly kind: 'delayed';
  readonly reason: string;
  readonly words: string;
  readonly retryAfterMs?: number;
  /** The call that failed, for support and for a halt when the step's time is up. */
  readonly call?: FailedCall;
  /** What the operator reads in the log, where waiting alone does not help. */
  readonly advice?: string;
}
