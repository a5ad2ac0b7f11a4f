/** What the attempts at a step in this process have met: what stands in the way now, and how many they were. */
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
  /** How often this process has tried a step; `undefined` where it does not know: another one did, or one before a restart. */
  tries(id: string, step: string): number | undefined;
}
