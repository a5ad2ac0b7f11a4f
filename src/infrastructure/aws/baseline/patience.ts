/** Which troubles of the baseline pass by themselves, how long they are given, and when to look again. */
import type { StepResult } from '../../../application/steps.js';
import { classify, type ErrorKind } from '../errors.js';

/** How long AWS may take to show everywhere what was changed. Source: aws-facts §3.3 and §4.2. */
export const settlingMs = 120_000;

type Wait = 'backing-off' | 'settling' | 'young';

/** How a kind of error is waited for; a kind that is not here is not waited for. */
const waitsOfKinds: Readonly<Partial<Record<ErrorKind, Wait>>> = {
  throttled: 'backing-off',
  unavailable: 'backing-off',
  timeout: 'backing-off',
  race: 'settling',
  // Our own role and the policy on it take a while to count, also for ourselves.
  denied: 'settling',
  'young-account': 'young',
};

/**
 * What services answer as long as they do not see what was made just before. Source: aws-facts §3.3, §4;
 * Terraform's retries.
 */
const notSeenYet: ReadonlySet<string> = new Set([
  'InsufficientDeliveryPolicy',
  'InsufficientS3BucketPolicy',
  'InvalidRole',
  'NoAvailableConfigurationRecorder',
  'NoAvailableDeliveryChannel',
  'NoSuchBucket',
  'NoSuchConfigurationRecorder',
  'NoSuchEntity',
  'NotAsDesired',
  'S3BucketDoesNotExist',
  'TrailNotFound',
]);

/**
 * How often the step was tried before, the time now, when this trouble began (both milliseconds), and chance
 * from 0 to 1.
 */
export interface Pace {
  readonly tries: number;
  readonly now: number;
  readonly since: number;
  readonly random: number;
}

/** When to look again after an error; `undefined` when it does not pass by itself or has had its two minutes. */
export function answerTo(error: unknown, pace: Pace): StepResult | undefined {
  const { kind, code } = classify(error);
  switch (notSeenYet.has(code) ? 'settling' : waitsOfKinds[kind]) {
    case 'backing-off':
      return { kind: 'later', retryAfterMs: backOff(pace, 1_000) };
    case 'young':
      return { kind: 'delayed', ...stillYoung, retryAfterMs: backOff(pace, 5_000) };
    case 'settling':
      return settle(pace);
    default:
      return undefined;
  }
}

const stillYoung = {
  reason: 'young-account',
  words: 'AWS is still switching its services on for the new account. This passes by itself; you need do nothing.',
};

/** Soon at first, then less often. */
function settle({ now, since, random }: Pace): StepResult | undefined {
  const elapsed = now - since;
  if (elapsed >= settlingMs) return undefined;
  return { kind: 'later', retryAfterMs: jittered(Math.min(Math.max(elapsed / 2, 500), 5_000), random) };
}

const longestMs = 60_000;
const backOff = ({ tries, random }: Pace, firstMs: number): number =>
  jittered(Math.min(firstMs * 2 ** Math.min(tries, 10), longestMs), random);

/** Half of the wait is fixed and half is chance, so that many accounts do not come back together. */
const jittered = (ms: number, random: number): number => Math.round(ms / 2 + (ms / 2) * random);
