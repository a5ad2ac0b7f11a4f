/** What is done about what a look has found: objects are put right, permissions are taken, exceptions end. */

import { objectsOf } from '../../domain/baseline/known-baselines.js';
import type { HardeningEvent } from '../../domain/hardening/events.js';
import { endedExceptions, exceptionsInForce } from '../../domain/hardening/exceptions.js';
import { type Finding, strangerIn } from '../../domain/hardening/findings.js';
import { type Hardening, noticeMs, shownSince } from '../../domain/hardening/hardening.js';
import type { Attempt } from '../ports/attempts.js';
import type { Mended } from '../ports/hardening.js';
import type { Outcome } from '../processes/process.js';
import { accountInUse, restUntilInUseMs } from './account-in-use.js';
import { heldOf, type KeepHardeningParts } from './hardening-parts.js';
import { seen } from './unseen.js';

type Came = Outcome<HardeningEvent>;
type Ensure = (id: string, hardening: Hardening, attempt: Attempt) => Promise<Came>;

const hourMs = 3_600_000;

const later = (retryAfterMs: number): Came => ({ kind: 'later', retryAfterMs });

/** The fact of what was put right; where nothing could be, it is tried again later. */
const mended = ({ objects, changes }: Mended): Came =>
  objects.length === 0 ? later(hourMs) : { kind: 'fact', event: { type: 'HardeningReapplied', objects, changes } };

/** The ensure of `ReapplyHardening`. */
export const reapplied =
  (on: KeepHardeningParts): Ensure =>
  async (id, hardening, attempt) => {
    const account = await accountInUse(on.streams, id);
    if (!account) return later(restUntilInUseMs);
    const { repairs } = on.hardening;
    return seen({ tries: attempt.tries, random: on.random }, async () => {
      const { parts } = await heldOf(on, on.hardening, account);
      const exceptions = exceptionsInForce(hardening, new Date(attempt.now).toISOString(), objectsOf(parts));
      const open = hardening.findings.filter(({ object, repair }) => repair === 'now' && !exceptions.has(object));
      const objects = new Set(open.map(({ object }) => object));
      return mended(await on.hardening.aws.reapply(account, { parts, exceptions, repairs }, objects, attempt));
    });
  };

/** The ensure of `TakePermissions`: whoever is still in no group a week after that was shown. */
export const taken =
  (on: KeepHardeningParts): Ensure =>
  async (id, hardening, attempt) => {
    const { now, tries } = attempt;
    const account = await accountInUse(on.streams, id);
    if (!account) return later(restUntilInUseMs);
    const exceptions = exceptionsInForce(hardening, new Date(now).toISOString());
    const waiting = hardening.findings.filter(
      ({ object, repair }) => repair === 'after-notice' && !exceptions.has(object),
    );
    const until = (finding: Finding): number => Date.parse(shownSince(hardening, finding)) + noticeMs;
    const users = waiting
      .filter((finding) => until(finding) <= now)
      .flatMap(({ object }) => strangerIn('user', object) ?? []);
    if (users.length === 0) return later(Math.min(hourMs, ...waiting.map((finding) => until(finding) - now)));
    return seen({ tries, random: on.random }, async () =>
      mended(await on.hardening.aws.takePermissions(account, users, attempt)),
    );
  };

/** The ensure of `ExpireExceptions`: one fact for each exception that has had its time. */
export const expired: Ensure = async (_id, hardening, { now }) => {
  const [object] = endedExceptions(hardening, new Date(now).toISOString());
  if (object !== undefined) return { kind: 'fact', event: { type: 'BaselineExceptionExpired', object } };
  const ends = Object.values(hardening.exceptions).map(({ until }) => Date.parse(until) - now);
  return later(Math.min(hourMs, ...ends));
};
