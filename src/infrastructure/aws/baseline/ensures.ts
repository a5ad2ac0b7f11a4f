/**
 * The steps of the baseline as ensures: each makes its part of a hardened account true, and writes nothing when
 * it is.
 */
import { LRUCache } from 'lru-cache';
import type { Attempt } from '../../../application/ports/attempts.js';
import type { AccountWork, Ensure, Ensures } from '../../../application/ports/ensures.js';
import { desiredState, stepsAfterCredentials } from '../../../domain/baseline/desired-state.js';
import type { DesiredObject } from '../../../domain/baseline/objects.js';
import { type BaselineSettings, baselineVersion } from '../../../domain/baseline/settings.js';
import type { BaselineStepApplied } from '../../../domain/provider/baseline-events.js';
import { type BaselineStep, baselineSteps } from '../../../domain/provider/steps.js';
import type { AwsAccess, Via } from '../calls/clients.js';
import { classify } from '../calls/errors.js';
import { payerRoleOf } from '../calls/payer-role.js';
import type { AwsSettings } from '../calls/settings.js';
import { patiently } from '../calls/step-results.js';
import { converge, type Memory } from './converge.js';
import { baselineDigest, digestOf } from './digests.js';
import { settle } from './patience.js';
import { Progress } from './progress.js';
import type { Reach } from './reach.js';

/** What the baseline takes from the configuration; the account itself comes with the work. */
type BaselineConfiguration = Pick<AwsSettings, 'prefix' | 'resellerName' | 'automationRoleArn' | 'baseline' | 'payers'>;

export interface BaselineOptions {
  readonly access: Pick<AwsAccess, 'account' | 'forget'>;
  readonly settings: BaselineConfiguration;
  /** Chance for the jitter, from 0 to 1; tests may fix it. */
  readonly random?: () => number;
}

/** Our own role is made through the way in; everything else is made through our own role. */
const viaOf = (step: BaselineStep): Via => (step === 'AutomationAccess' ? 'way-in' : 'automation');

const isRegion = ({ kind }: DesiredObject): boolean => kind === 'opt-in-region';

/** Steps under way at once are few; the bound only keeps abandoned ones from piling up. */
const stepsRemembered = 1_000;

/**
 * An ensure for each step of the baseline. Each is safe to repeat and goes on from what is there; those of one account may run side by side.
 * What passes by itself is waited for; what does not, or not within two minutes, is thrown as AWS said it.
 */
export function baselineEnsures(options: BaselineOptions): Pick<Ensures, BaselineStep> {
  const underWay = new LRUCache<string, Progress>({ max: stepsRemembered });
  const ensure = (step: BaselineStep): Ensure<AccountWork> => {
    return patiently(async (work, attempt) => {
      const key = `${work.accountId} ${step}`;
      const progress = underWay.get(key) ?? new Progress();
      underWay.set(key, progress);
      try {
        const event = await applied(step, work, attempt, progress, options);
        underWay.delete(key);
        return { kind: 'fact', event };
      } catch (error) {
        const { now } = attempt;
        const since = progress.troubledSince(classify(error).code, now);
        const wait = settle(error, { now, since, random: (options.random ?? Math.random)() });
        if (!wait) throw error;
        return wait;
      }
    });
  };
  return Object.fromEntries(baselineSteps.map((step) => [step, ensure(step)])) as Pick<Ensures, BaselineStep>;
}

async function applied(
  step: BaselineStep,
  work: AccountWork,
  { signal, now }: Attempt,
  progress: Progress,
  { access, settings: configured }: BaselineOptions,
): Promise<BaselineStepApplied> {
  const { accountId } = work;
  const settings = settingsIn(work, configured);
  const objects = desiredState(step, settings);
  const clients = access.account(work, viaOf(step));
  const reach: Reach = { clients, accountId, isHandedOver: false, call: { abortSignal: signal } };
  const memory: Memory = {
    made: (change) => progress.made(change, now),
    settling: (change) => progress.settling(change, now),
  };
  // Nothing can be seen in a region before it is enabled.
  const [regions, others] = [objects.filter(isRegion), objects.filter((object) => !isRegion(object))];
  await converge(reach, regions, memory);
  await converge(reach, others, memory);
  // A session of a role that was made anew is one of a role that is no more.
  if (step === 'AutomationAccess' && progress.changes.length > 0) access.forget(work, 'automation');
  return {
    type: 'BaselineStepApplied',
    step,
    regions: [...new Set(objects.map(({ place }) => place))].filter((place) => place !== 'global'),
    baselineVersion,
    digest: digestOf(objects),
    baselineDigest: baselineDigest(settings),
    changes: progress.changes,
    afterCredentials: stepsAfterCredentials(settings),
  };
}

function settingsIn({ accountId, wayIn }: AccountWork, configured: BaselineConfiguration): BaselineSettings {
  const { prefix, resellerName, automationRoleArn, baseline, payers } = configured;
  const payerRoleArn = payerRoleOf(payers, wayIn);
  return { prefix, resellerName, automationRoleArn, ...baseline, accountId, ...(payerRoleArn ? { payerRoleArn } : {}) };
}
