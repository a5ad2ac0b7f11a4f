/** The stored shapes of how a baseline comes to the accounts in use. */
import Type from 'typebox';
import { count, exactly, text, texts } from './parts.js';

export const rolloutSchemas = {
  BaselineRolloutStarted: exactly({
    baselineVersion: text,
    digest: text,
    canaries: texts,
    perHour: count,
    stopAfterFailures: count,
  }),
  BaselineRolloutPaused: exactly({ reason: Type.Enum(['operator', 'canaries-done']) }),
  BaselineRolloutResumed: exactly({}),
  BaselineBatchBegun: exactly({ number: count, providers: texts }),
  BaselineUpgradeFailed: exactly({ providerId: text, words: text }),
  BaselineRolloutStopped: exactly({ failed: texts }),
  BaselineRolloutFinished: exactly({ failed: texts }),
};
