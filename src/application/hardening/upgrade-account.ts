/** The upgrade of one account in use to the desired state of this version. */
import { objectsOf, partsIn } from '../../domain/baseline/known-baselines.js';
import { objectKey } from '../../domain/baseline/plan.js';
import type { BaselineUpgradeApplied } from '../../domain/hardening/events.js';
import { exceptionsInForce } from '../../domain/hardening/exceptions.js';
import type { Hardening } from '../../domain/hardening/hardening.js';
import type { Attempt } from '../ports/attempts.js';
import { AccountUnseen } from '../ports/hardening.js';
import { hardenings } from '../streams/aggregates.js';
import { sagaCause } from '../streams/causes.js';
import { digestOf as digestOfContent } from '../streams/command-digest.js';
import { type AccountInUse, accountInUse } from './account-in-use.js';
import { type KeepHardeningParts, placeOf } from './hardening-parts.js';

/** Brings one account to the desired state, our own role first, and puts that on record. */
export async function upgraded(on: KeepHardeningParts, id: string, attempt: Attempt): Promise<void> {
  const account = await accountInUse(on.streams, id);
  if (!account) return;
  const { state } = await on.streams.load(hardenings, id);
  const event = await applied(on, account, state, attempt);
  await on.streams.change(hardenings, id, sagaCause(id, 'AdvanceRollout', event.digest), () => [event]);
}

async function applied(
  { hardening }: KeepHardeningParts,
  account: AccountInUse,
  known: Hardening,
  attempt: Attempt,
): Promise<BaselineUpgradeApplied> {
  const { aws, repairs, baseline, digestOf } = hardening;
  const parts = partsIn(baseline.content, placeOf(hardening, account));
  const exceptions = exceptionsInForce(known, new Date(attempt.now).toISOString(), objectsOf(parts));
  const open = objectsOf(parts)
    .map(objectKey)
    .filter((key) => !exceptions.has(key));
  const make = (objects: readonly string[]) =>
    aws.reapply(account, { parts, exceptions, repairs }, new Set(objects), attempt);
  const first = await make(open);
  // Where our own role was not what it is to be, everything else waits for it.
  const own = new Set(
    parts.flatMap(({ step, objects }) => (step === 'AutomationAccess' ? objects.map(objectKey) : [])),
  );
  const left = open.filter((key) => !own.has(key) && !first.objects.includes(key));
  const second = left.length > 0 ? await make(left) : { objects: [], changes: [] };
  const unmade = left.filter((key) => !second.objects.includes(key));
  if (unmade.length > 0)
    throw new AccountUnseen(
      `${account.accountId}: our own role lets nobody in yet: ${unmade.join(', ')}`,
      undefined,
      undefined,
    );
  const changes = [...first.changes, ...second.changes];
  return {
    type: 'BaselineUpgradeApplied',
    baselineVersion: baseline.version,
    digest: digestOfContent(baseline.content),
    steps: parts
      .filter(({ objects }) => objects.length > 0)
      .map(({ step, objects }) => ({ step, digest: digestOf(objects) })),
    changes,
  };
}
