/** One look at an account in use: the guardrails over it first, then every object against what was applied there. */
import { LRUCache } from 'lru-cache';
import { objectsOf } from '../../domain/baseline/known-baselines.js';
import type { HardeningEvent } from '../../domain/hardening/events.js';
import { exceptionsInForce } from '../../domain/hardening/exceptions.js';
import { type Finding, isDrift, rootObject, sameFindings } from '../../domain/hardening/findings.js';
import { guardrailsObject, type Hardening, isMending } from '../../domain/hardening/hardening.js';
import { decidePayer } from '../../domain/payer.js';
import type { Attempt } from '../ports/attempts.js';
import type { Drift } from '../ports/hardening.js';
import type { LookOutcome } from '../ports/hardening-looks.js';
import type { Outcome } from '../processes/process.js';
import { payers } from '../streams/aggregates.js';
import { sagaCause } from '../streams/causes.js';
import { type AccountInUse, accountInUse, restUntilInUseMs } from './account-in-use.js';
import { heldOf, type KeepHardeningParts } from './hardening-parts.js';
import type { LookTimes } from './look-times.js';
import { lookAtRoot } from './root.js';
import { lookForDevice } from './second-factor.js';
import { seen } from './unseen.js';

type Came = Outcome<HardeningEvent>;

/** How long what is being put right is given before it is looked at again. */
const mendingMs = 5 * 60_000;
const mendingRemembered = 10_000;

/** The ensure of `CheckHardening`. */
export function openLook(on: KeepHardeningParts, times: LookTimes) {
  const mending = new LRUCache<string, number>({ max: mendingRemembered });
  return async (id: string, hardening: Hardening, attempt: Attempt): Promise<Came> => {
    const { now, nudgedAt } = attempt;
    const { looks } = on.hardening;
    const waitMs = times.isAskedFor(id, nudgedAt) || isMending(hardening) ? 0 : times.untilMs(id, now);
    const mendedMs = isMending(hardening) ? (mending.get(id) ?? 0) + mendingMs - now : 0;
    if (waitMs > 0 || mendedMs > 0) return { kind: 'later', retryAfterMs: Math.max(waitMs, mendedMs) };
    const account = await accountInUse(on.streams, id);
    if (!account) return { kind: 'later', retryAfterMs: restUntilInUseMs };
    const note = (outcome: LookOutcome): void =>
      looks.note({ providerId: id, payerId: account.payerId, at: new Date(now).toISOString(), outcome });
    const { tries } = attempt;
    return seen({ tries, random: on.random, givenUp: () => note('failed') }, async () => {
      const came = await looked(on, account, hardening, attempt);
      if (came.isMending) mending.set(id, now);
      note(came.isMending ? 'drifting' : came.isDrifted ? 'drifted' : 'held');
      return came.outcome ?? { kind: 'later', retryAfterMs: times.untilMs(id, now) };
    });
  };
}

async function looked(on: KeepHardeningParts, account: AccountInUse, hardening: Hardening, attempt: Attempt) {
  const { aws, wanted, repairs } = on.hardening;
  const guardrails = await aws.unbound(account, await wanted(account.payerId), attempt);
  const { parts } = await heldOf(on, on.hardening, account);
  const exceptions = exceptionsInForce(hardening, new Date(attempt.now).toISOString(), objectsOf(parts));
  const drift = await aws.drift(account, { parts, exceptions, repairs }, attempt);
  const findings = [
    ...drift.findings,
    ...notLookedAt(drift, hardening),
    ...(await lookAtRoot(on, account, hardening, attempt)),
  ];
  await lookForDevice(on, account, attempt);
  const outcome = outcomeOf(findings, guardrails, hardening);
  const first = guardrails.length > 0 ? () => stopVending(on, account, guardrails, attempt.now) : undefined;
  return {
    isMending: findings.some(({ repair }) => repair === 'now'),
    isDrifted: findings.some(isDrift) || guardrails.length > 0,
    outcome: outcome && ({ kind: 'fact', event: outcome, ...(first ? { first } : {}) } as const),
  };
}

/** What is on record of objects that nobody could look at stays as it was found, so that the time since it was shown goes on. */
const notLookedAt = ({ lookedAt }: Drift, { findings }: Hardening): readonly Finding[] =>
  lookedAt === 'everything' ? [] : findings.filter(({ object }) => !lookedAt.has(object) && object !== rootObject);

/** What is news of a look; `undefined` where it says what is on record. */
function outcomeOf(
  findings: readonly Finding[],
  guardrails: readonly string[],
  known: Hardening,
): HardeningEvent | undefined {
  const isSame = sameFindings(findings, known.findings) && guardrails.join('\n') === known.guardrails.join('\n');
  if (isSame) return undefined;
  if (findings.length > 0 || guardrails.length > 0) return { type: 'DriftDetected', findings, guardrails };
  const over = known.guardrails.length > 0 ? [guardrailsObject] : [];
  const objects = [...known.findings.map(({ object }) => object), ...over];
  return { type: 'HardeningReapplied', objects, changes: [] };
}

/** What is vended there could leave its hardening behind too. */
async function stopVending(
  { streams, hardening }: KeepHardeningParts,
  { payerId, providerId, accountId }: AccountInUse,
  problems: readonly string[],
  now: number,
): Promise<void> {
  if (hardening.guardrails !== 'required') return;
  const words = `The guardrails over account ${accountId} do not bind: ${problems.join('; ')}. Mend that at AWS, then POST /v1/payers/${payerId}/resume.`;
  const refusal = { reason: 'guardrails-not-binding', words, refusedAt: new Date(now).toISOString() };
  await streams.change(payers, payerId, sagaCause(providerId, 'CheckHardening', 'VendingPaused'), (payer) =>
    decidePayer({ type: 'NoteRefusal', ...refusal, assignedUnder: undefined }, payer),
  );
}
