/** The hardening of an account in use at AWS: looked at and put right through our own role, and through the way in where that role is broken. */
import { GetAccountSummaryCommand } from '@aws-sdk/client-iam';
import { LRUCache } from 'lru-cache';
import { errorText } from '../../../application/error-text.js';
import type { Attempt } from '../../../application/ports/attempts.js';
import type { AccountWork } from '../../../application/ports/ensures.js';
import {
  AccountUnseen,
  type Drift,
  type HardeningAtAws,
  type HeldTo,
  type Mended,
} from '../../../application/ports/hardening.js';
import type { DesiredObject } from '../../../domain/baseline/objects.js';
import { type Change, objectKey } from '../../../domain/baseline/plan.js';
import { converge } from '../baseline/converge.js';
import { RegionInTransition } from '../baseline/opt-in-region.js';
import { Progress } from '../baseline/progress.js';
import type { Reach } from '../baseline/reach.js';
import type { AwsAccess, AwsSettings, Via } from '../calls/clients.js';
import { callOf } from '../calls/watched-calls.js';
import { rootCredentialsIn } from '../creation/root-credentials.js';
import { enrolledDevice } from '../credentials/enrolled-device.js';
import { drifted, enteredBy, isRegion, plannedInOpenRegions } from './differences.js';
import { openUnbound } from './guardrails-over-accounts.js';
import { strangers, takeFrom, welcome } from './identities.js';

export interface HardeningOptions {
  readonly access: Pick<AwsAccess, 'account' | 'payer' | 'forget'>;
  readonly settings: Pick<AwsSettings, 'payers' | 'prefix'>;
}

const underWayRemembered = 1_000;

/** Opens it; no call is made yet. */
export function openHardening(options: HardeningOptions): HardeningAtAws {
  const { access, settings } = options;
  const reachOf: ReachOf =
    (account, { signal }) =>
    (via) => ({
      clients: access.account(account, via),
      accountId: account.accountId,
      isHandedOver: true,
      call: { abortSignal: signal },
    });
  return {
    unbound: openUnbound(options),
    drift: (account, held, attempt) => asUnseen(account, () => seenIn(reachOf(account, attempt), held, settings)),
    secondFactor: (account, attempt) =>
      asUnseen(account, () => enrolledDevice(access.account(account, 'automation').iam, attempt.signal)),
    rootCredentials: (account, { signal: abortSignal }) =>
      asUnseen(account, async () => {
        const { iam } = access.account(account, 'automation');
        return rootCredentialsIn((await iam.send(new GetAccountSummaryCommand({}), { abortSignal })).SummaryMap);
      }),
    reapply: openReapply(options, reachOf),
    takePermissions: (account, users, attempt) =>
      asUnseen(account, () => takeFrom(reachOf(account, attempt)('automation'), users)),
  };
}

type ReachOf = (account: AccountWork, attempt: Attempt) => (via: Via) => Reach;

async function seenIn(by: ReturnType<ReachOf>, held: HeldTo, settings: HardeningOptions['settings']): Promise<Drift> {
  const { own, others } = apart(held);
  const { reach, changes } = await enteredBy(by, own);
  // Nothing else can be seen while our own role is not what it should be.
  if (changes.length > 0)
    return { findings: drifted({ changes, rewritten: [] }, held, own), lookedAt: new Set(own.map(objectKey)) };
  const [seen, identities] = await Promise.all([plannedInOpenRegions(reach, others), strangers(reach, settings, held)]);
  return { findings: [...drifted(seen, held, others), ...identities], lookedAt: 'everything' };
}

/** What was made so far is remembered from one attempt to the next, so that a fact tells all of it and nothing is made twice. */
function openReapply({ access, settings }: HardeningOptions, reachOf: ReachOf): HardeningAtAws['reapply'] {
  const underWay = new LRUCache<string, Progress>({ max: underWayRemembered });
  return (account, held, objects, attempt) =>
    asUnseen(account, async () => {
      const { own, others } = apart(held);
      const { reach, via, changes } = await enteredBy(reachOf(account, attempt), own);
      const isBroken = changes.length > 0;
      const wanted = (isBroken ? own : others).filter((object) => objects.has(objectKey(object)));
      const chosen = wanted.filter((object) => via === 'automation' || !isTrust(object));
      const progress = underWay.get(account.accountId) ?? new Progress();
      underWay.set(account.accountId, progress);
      await made(reach, chosen, progress, attempt.now);
      underWay.delete(account.accountId);
      // A session of a role that was made anew is one of a role that is no more.
      if (isBroken) access.forget(account, 'automation');
      const groups = isBroken ? nothing : await welcome(reach, settings, objects);
      return joined({ objects: chosen.map(objectKey), changes: progress.changes }, groups);
    });
}

/** The trust of the way in is left alone by whoever came in through it: where it is narrowed, our own role must have worked. */
const isTrust = ({ kind }: DesiredObject): boolean => kind === 'role-trust';

const nothing: Mended = { objects: [], changes: [] };

const joined = (a: Mended, b: Mended): Mended => ({
  objects: [...a.objects, ...b.objects],
  changes: [...a.changes, ...b.changes],
});

/** Our own role, and everything else. */
function apart({ parts }: HeldTo): {
  readonly own: readonly DesiredObject[];
  readonly others: readonly DesiredObject[];
} {
  const of = (isOwn: boolean) =>
    parts.flatMap(({ step, objects }) => ((step === 'AutomationAccess') === isOwn ? objects : []));
  return { own: of(true), others: of(false) };
}

/** What belongs in a region that is still to be enabled comes last, because AWS takes hours over it. */
async function made(reach: Reach, objects: readonly DesiredObject[], progress: Progress, now: number): Promise<void> {
  const memory = {
    made: (change: Change) => progress.made(change, now),
    settling: (change: Change) => progress.settling(change, now),
  };
  const regions = objects.filter(isRegion);
  const later = new Set(regions.map(({ place }) => place));
  const others = objects.filter((object) => !isRegion(object));
  await converge(
    reach,
    others.filter(({ place }) => !later.has(place)),
    memory,
  );
  await converge(reach, regions, memory);
  await converge(
    reach,
    others.filter(({ place }) => later.has(place)),
    memory,
  );
}

async function asUnseen<T>({ accountId }: AccountWork, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const call = callOf(error);
    const what = call ? `${call.operation} ended in ${call.error} (request ${call.requestId})` : errorText(error);
    throw new AccountUnseen(`${accountId}: ${what}`, call, error, error instanceof RegionInTransition);
  }
}
