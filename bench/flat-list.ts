/** The slowest lists and status reads with a million providers, against the same with a thousand. */
import type { Dependencies } from '../src/application/dependencies.js';
import {
  GetStatus,
  GetStatusHandler,
  type ListAsked,
  ListProviders,
  ListProvidersHandler,
} from '../src/application/queries/providers.js';
import { type Benchmark, quantile, rounds } from './benchmark.js';
import { openParts } from './parts.js';
import { keptRequests, organizationOf, providerIdOf } from './requested-log.js';

const mark = { on: 'ratio', at: 1.5 } as const;

export const benchmark: Benchmark = {
  name: 'flat-list',
  rounds,
  figures: [
    { unit: 'ms (p99, list)', better: 'lower', marks: [mark] },
    { unit: 'ms (p99, status)', better: 'lower', marks: [mark] },
  ],
  async open(smoke) {
    const [times, many, few] = smoke ? [20, 2_000, 1_000] : [2_000, 1_000_000, 1_000];
    const large = await openParts(await keptRequests(many));
    const small = await openParts(await keptRequests(few));
    return {
      ours: () => slowest(large.dependencies, many, times),
      baseline: () => slowest(small.dependencies, few, times),
      async close() {
        await large.close();
        await small.close();
      },
    };
  },
};

const auditor = { actor: 'bench#auditor', subject: 'auditor', organization: undefined, roles: ['auditor' as const] };

/** Filtered by what all have, by what none has, and not at all. */
const lists: readonly Omit<ListAsked, 'cursor'>[] = [
  { limit: 50 },
  { limit: 50, stage: 'requested' },
  { limit: 50, stage: 'halted' },
];

/** The 99th percentile of so many lists (first and second pages of organizations spread over all) and status reads. */
async function slowest(on: Dependencies, providers: number, times: number): Promise<readonly number[]> {
  const [statuses, pages] = [new GetStatusHandler(on), new ListProvidersHandler(on)];
  const [listMs, statusMs]: [number[], number[]] = [[], []];
  for (let i = 0; i < times; i++) {
    // A stride that is prime to any count visits all parts in an order that no cache foresees.
    const index = (i * 7_919) % providers;
    const list = lists[i % lists.length] ?? { limit: 50 };
    const organization = organizationOf(index, providers);
    const page = (of: ListAsked) => pages.execute(new ListProviders(organization, of, auditor));
    let next: string | undefined;
    listMs.push(
      await timed(async () => {
        const first = await page(list);
        ({ next } = first);
        return first;
      }),
    );
    const cursor = next;
    if (cursor !== undefined) listMs.push(await timed(() => page({ ...list, cursor })));
    statusMs.push(await timed(() => statuses.execute(new GetStatus(providerIdOf(index), auditor))));
  }
  return [quantile(listMs, 0.99), quantile(statusMs, 0.99)];
}

/** Milliseconds until the answer is there as text. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  JSON.stringify(await work());
  return performance.now() - begun;
}
