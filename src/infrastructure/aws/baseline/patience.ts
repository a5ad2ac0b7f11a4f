/** Which troubles of the baseline come from its own changes, how long they are given to settle, and when to look again. */

import type { StepResult } from '../../../application/ports/ensures.js';
import { jitteredMs } from '../../../application/processes/back-off.js';
import { classify, type ErrorKind } from '../calls/errors.js';
import { delayed, later } from '../calls/step-results.js';
import { callOf } from '../calls/watched-calls.js';
import { RegionInTransition } from './opt-in-region.js';

/** How long AWS may take to show everywhere what was changed. Source: aws-facts §3.3 and §4.2. */
export const settlingMs = 120_000;

/** Our own role and the policy on it take a while to count, also for ourselves. */
const settlingKinds: ReadonlySet<ErrorKind> = new Set(['race', 'denied']);

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

/** The time now, when this trouble began (both milliseconds), and chance from 0 to 1. */
export interface Pace {
  readonly now: number;
  readonly since: number;
  readonly random: number;
}

/**
 * When to look again after an error: soon at first, then less often. `undefined` when the error does not come from what
 * was changed just before, or has had its two minutes.
 */
export function settle(error: unknown, { now, since, random }: Pace): StepResult | undefined {
  if (error instanceof RegionInTransition) return regionAwaited(error);
  const { kind, code } = classify(error);
  const elapsed = now - since;
  if (!(notSeenYet.has(code) || settlingKinds.has(kind)) || elapsed >= settlingMs) return undefined;
  return later(
    jitteredMs(Math.min(Math.max(elapsed / 2, 500), 5_000), () => random),
    callOf(error),
  );
}

const regionLookMs = 30_000;

/** Enabling a region takes minutes to hours. Source: AWS Account Management, Considerations before enabling Regions. */
const regionAwaited = ({ region }: RegionInTransition): StepResult =>
  delayed(
    'region-being-enabled',
    `AWS is still enabling the region ${region}, which takes minutes and at times hours. It goes on by itself.`,
    regionLookMs,
  );
