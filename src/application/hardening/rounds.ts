/** The saga of rounds: once a day is over, what was looked at on it goes on record for each payer. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { dayMs, dayOf, minuteOf } from '../../domain/hardening/daily-minute.js';
import {
  type HardeningRoundCompleted,
  owedRound,
  type Round,
  type RoundEvent,
  recordRound,
  roundId,
  roundOf,
} from '../../domain/hardening/round.js';
import type { ReadModels } from '../ports/read-models.js';
import type { Process } from '../processes/process.js';
import { providers, rounds, streamOf } from '../streams/aggregates.js';
import { inUse } from './account-in-use.js';
import type { KeepHardeningParts } from './hardening-parts.js';

const pageSize = 100;
/** So many days back a round is made up for, where the service stood still when a day ended. */
const daysBack = 3;
const namedAtMost = 1_000;
/** Looks that began before midnight have ended by then. */
const afterMidnightMs = 15 * 60_000;

type On = KeepHardeningParts & { readonly payerIds: readonly string[] };

/** The process of rounds. */
export function roundsProcess(on: On): Process<Round, RoundEvent, 'CompleteRound'> {
  return {
    aggregate: rounds,
    owed: owedRound,
    record: (_step, outcome, round) => recordRound(outcome, round),
    timed: async (owed) => owed,
    ensure: async (_step, id) => ({ kind: 'fact', event: await completed(on, id) }),
    delayed: () => undefined,
    overdue: () => undefined,
    warning: warningOf,
    due: (afterId, limit) =>
      dueRounds(on)
        .filter((id) => id > afterId)
        .slice(0, limit)
        .map((id) => ({ id, watchedSince: undefined })),
  };
}

/** Of each payer the days that are over and of which something is known. */
function dueRounds({ payerIds, clock, hardening }: On): readonly string[] {
  const first = hardening.looks.firstDay();
  if (first === undefined) return [];
  const now = clock.now() - afterMidnightMs;
  const days = Array.from({ length: daysBack }, (_, back) => dayOf(now - (back + 1) * dayMs));
  return payerIds.flatMap((id) => days.filter((day) => day >= first).map((day) => roundId(id, day))).sort();
}

async function completed(on: On, id: string): Promise<HardeningRoundCompleted> {
  const { payerId, day } = roundOf(id);
  const { outcomes } = on.hardening.looks.on(payerId, day);
  const count = (...of: readonly string[]): number =>
    [...outcomes.values()].filter((outcome) => of.includes(outcome)).length;
  const missing = await notReached(on, payerId, day, outcomes);
  return {
    type: 'HardeningRoundCompleted',
    payerId,
    day,
    checked: outcomes.size,
    drifted: count('drifted', 'drifting'),
    failed: count('failed'),
    notReached: missing.slice(0, namedAtMost),
    furtherNotReached: Math.max(0, missing.length - namedAtMost),
  };
}

/** Providers of the payer that were in use when their minute came and that nobody looked at. */
async function notReached(
  on: On,
  payerId: string,
  day: string,
  outcomes: ReadonlyMap<string, unknown>,
): Promise<readonly string[]> {
  const missing: string[] = [];
  for await (const id of accountsOf(on.readModels, payerId)) {
    if (outcomes.has(id)) continue;
    const minute = new Date(Date.parse(`${day}T00:00:00.000Z`) + minuteOf(id) * 60_000).toISOString();
    // Beyond those that are named, nobody is looked up who may have come later.
    if (missing.length >= namedAtMost || (await handedOverBy(on, id, minute))) missing.push(id);
  }
  return missing;
}

async function* accountsOf({ providersAfter }: Pick<ReadModels, 'providersAfter'>, payerId: string) {
  for (let after = ''; ; await nextTurn()) {
    const page = providersAfter(after, pageSize);
    for (const { providerId, provider } of page) if (inUse(providerId, provider)?.payerId === payerId) yield providerId;
    if (page.length < pageSize) return;
    after = page.at(-1)?.providerId ?? after;
  }
}

async function handedOverBy({ store }: On, providerId: string, at: string): Promise<boolean> {
  const life = await store.read(streamOf(providers, providerId));
  return life.some(({ event, metadata }) => event.type === 'CredentialsIssued' && metadata.recordedAt <= at);
}

function warningOf({ type: _type, notReached: missing, ...round }: HardeningRoundCompleted) {
  if (missing.length === 0 && round.failed === 0) return undefined;
  return {
    about: { ...round, notReached: missing.length + round.furtherNotReached },
    words:
      'Not every account could be looked at on this day. The fact HardeningRoundCompleted names those that were not reached.',
  };
}
