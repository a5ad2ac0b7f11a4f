/**
 * The saga of the hardening of accounts in use: each is looked at once a day and on demand, what has drifted from what was
 * applied there is put on record, and put right where the configuration says so.
 */
import type { HardeningEvent } from '../../domain/hardening/events.js';
import { isDrift } from '../../domain/hardening/findings.js';
import {
  checkedSince,
  type Hardening,
  type HardeningStep,
  owedHardening,
  recordHardening,
} from '../../domain/hardening/hardening.js';
import type { Process } from '../processes/process.js';
import { hardenings } from '../streams/aggregates.js';
import type { KeepHardeningParts } from './hardening-parts.js';
import { openLook } from './look.js';
import { LookTimes } from './look-times.js';
import { expired, reapplied, taken } from './mend.js';

/** Each look is a hundred calls and more to one account; a hundred thousand accounts a day are little more than one a second. */
const looksPerSecond = 2;

/** The process of hardenings; `describe` puts the present desired state on record before anything is held to it. */
export function hardeningProcess(
  on: KeepHardeningParts,
  describe: () => Promise<void>,
): Process<Hardening, HardeningEvent, HardeningStep> {
  const times = new LookTimes(on.hardening.looks, on.clock.now());
  const steps = {
    CheckHardening: openLook(on, times),
    ReapplyHardening: reapplied(on),
    TakePermissions: taken(on),
    ExpireExceptions: expired,
  };
  return {
    aggregate: hardenings,
    owed: owedHardening,
    record: recordHardening,
    timed: async (owed) => owed,
    async ensure(step, id, hardening, attempt) {
      await describe();
      return steps[step](id, hardening, attempt);
    },
    // That AWS could not be asked is told in the log; it is no fact about the account.
    delayed: () => undefined,
    overdue: () => undefined,
    warning: warningOf,
    due: (afterId, limit) => on.readModels.inUse(afterId, limit).map((id) => ({ id, watchedSince: checkedSince })),
    watch: {
      step: 'CheckHardening',
      restMs: () => 0,
      firstRestMs: (id, now) => times.untilMs(id, now),
      looksPerSecond,
    },
  };
}

function warningOf(event: HardeningEvent) {
  if (event.type !== 'DriftDetected') return undefined;
  const { guardrails } = event;
  const findings = event.findings.filter(isDrift);
  if (findings.length === 0 && guardrails.length === 0) return undefined;
  const about = { objects: findings.map(({ object }) => object), guardrails };
  return { about, words: 'An account is not as it was hardened. What was found is in the history of its provider.' };
}
