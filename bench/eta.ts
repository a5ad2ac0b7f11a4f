/** How often an account was ready within the range that its status had told, asked each minute on the way, in virtual time. */
import { authorize } from '../src/application/authorization/authorization.js';
import type { ReadModels } from '../src/application/ports/read-models.js';
import { PresentDelays } from '../src/application/processes/present-delays.js';
import { type EtaRange, etaRange } from '../src/application/queries/eta.js';
import { surroundings } from '../src/application/queries/surroundings.js';
import { type Benchmark, median } from './benchmark.js';
import { providerIdOf } from './requested-log.js';
import { settings } from './settings.js';
import { type History, recordedAt, vend } from './vending.js';

const everyMs = 60_000;

/** What was told of one provider at one moment: by the service, and from what AWS is known to take alone. */
interface Told {
  readonly providerId: string;
  readonly at: number;
  readonly ours: EtaRange;
  readonly plain: EtaRange;
}

const auditor = { actor: 'bench#auditor', subject: 'auditor', organization: undefined, roles: ['auditor' as const] };

export const benchmark: Benchmark = {
  name: 'eta',
  // On a clock that jumps a second round says the same.
  rounds: 1,
  figures: [
    { unit: '% of times inside', better: 'higher', marks: [{ on: 'value', at: 80 }] },
    { unit: '× from the least to the most', better: 'lower', marks: [{ on: 'value', at: 10 }] },
  ],
  async open(smoke) {
    const accounts = smoke ? 6 : 60;
    let last: { readonly told: readonly Told[]; readonly readyAt: ReadonlyMap<string, number> } | undefined;
    return {
      async ours() {
        last = await toldOf(accounts);
        return judged(last, ({ ours }) => ours);
      },
      async baseline() {
        if (!last) throw new Error('What was told is judged by what came, so the run comes first.');
        return judged(last, ({ plain }) => plain);
      },
      close: async () => undefined,
    };
  },
};

async function toldOf(accounts: number) {
  const told: Told[] = [];
  const ids = Array.from({ length: accounts }, (_, index) => providerIdOf(index));
  const { history } = await vend(accounts, (sofar) => issued(sofar).length === accounts, {
    everyMs,
    look: (readModels, now) => void told.push(...ids.flatMap((id) => toldNow(readModels, id, now))),
  });
  return { told, readyAt: new Map(issued(history).map((event) => [event.stream, recordedAt(event)])) };
}

const issued = (history: History): History => history.filter(({ event }) => event.type === 'CredentialsIssued');

/** Nothing of one that is ready, or that is not told a time. */
function toldNow(readModels: ReadModels, providerId: string, now: number): readonly Told[] {
  const row = readModels.provider(providerId);
  if (!row) return [];
  const clock = { now: () => now, wait: async () => undefined };
  const parts = { readModels, clock, settings, presentDelays: new PresentDelays(), lastCheckedAt: () => undefined };
  const around = surroundings(parts, authorize('readProviders', auditor))(row);
  const ours = etaRange(row, around);
  const plain = etaRange(row, { ...around, pace: {}, paceRange: {}, queue: undefined });
  return ours && plain ? [{ providerId, at: now, ours, plain }] : [];
}

/** The share of moments whose range held the real time, in percent, and how much wider its end is than its beginning. */
function judged(
  { told, readyAt }: { readonly told: readonly Told[]; readonly readyAt: ReadonlyMap<string, number> },
  rangeOf: (told: Told) => EtaRange,
): readonly number[] {
  const inside = told.filter((each) => {
    const seconds = ((readyAt.get(`provider-${each.providerId}`) ?? Number.NaN) - each.at) / 1_000;
    const { fromSeconds, toSeconds } = rangeOf(each);
    return seconds >= fromSeconds && seconds <= toSeconds;
  });
  const widths = told.map((each) => rangeOf(each).toSeconds / Math.max(rangeOf(each).fromSeconds, 1));
  return [(100 * inside.length) / told.length, median(widths)];
}
