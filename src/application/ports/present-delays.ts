/** What stands in the way of a step now, as the last attempt at it in this process found. */
import type { FailedCall } from '../../domain/failed-call.js';

export interface PresentDelay {
  readonly reason: string;
  readonly words: string;
  /** The call that failed last, if one did. */
  readonly call: FailedCall | undefined;
}

export interface PresentDelaysRead {
  /** `undefined` when no attempt of this process has met anything. */
  of(id: string, step: string): PresentDelay | undefined;
}
