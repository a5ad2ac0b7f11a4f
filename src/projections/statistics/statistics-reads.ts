/** The read of `statistics`: what was counted for one organization, or for all, between two days. */
import type { DatabaseSync } from 'node:sqlite';
import type { PaceRange, ReadModels } from '../../application/ports/read-models.js';
import type { DayCount, StatisticsRows } from '../../application/ports/statistics-rows.js';
import { countIn, type Histogram, merged, percentile } from '../../domain/percentiles.js';
import { isStep, type Step } from '../../domain/provider/steps.js';
import { everybody, now } from './sums.js';

interface Sum {
  readonly day: string;
  readonly what: string;
  readonly detail: string;
  readonly count: number;
}

export type StatisticsReads = Pick<ReadModels, 'statistics' | 'paceRange'>;

/** Prepares the read. */
export function statisticsReads(db: DatabaseSync): StatisticsReads {
  const between = db.prepare(
    'SELECT day, what, detail, count FROM statistics_sums WHERE organization = ? AND day BETWEEN ? AND ?',
  );
  const sumsOf = (organization: string, from: string, to: string): readonly Sum[] =>
    between.all(organization, from, to) as unknown as readonly Sum[];
  const latest = db.prepare(`
    SELECT day, what, detail, count FROM statistics_sums
    WHERE organization = '${everybody}' AND day > '${now}' AND what = 'took' ORDER BY day DESC LIMIT ${latestSums}`);
  return {
    paceRange: () => rangesOf(latest.all() as unknown as readonly Sum[]),
    statistics(organization = everybody, from, to): StatisticsRows {
      const sums = sumsOf(organization, from, to);
      return {
        byStage: Object.fromEntries(sumsOf(organization, now, now).map(({ detail, count }) => [detail, count])),
        counts: sums.filter(({ what }) => what !== 'took') as readonly DayCount[],
        took: durationsIn(sums),
      };
    },
  };
}

/** A month or so, of sums that are a few for each step and day. */
const latestSums = 3_000;
/** So many are enough to tell what is usual; the days on which they were done are taken whole. */
const enough = 50;

/** What is usual for each step, from the latest days on which enough of them were done. */
function rangesOf(latestFirst: readonly Sum[]): Readonly<Partial<Record<Step, PaceRange>>> {
  const ranges: Partial<Record<Step, PaceRange>> = {};
  const days = [...Map.groupBy(latestFirst, ({ day }) => day).values()];
  for (const step of new Set(latestFirst.map(({ detail }) => detail.split(' ')[0] ?? ''))) {
    if (!isStep(step)) continue;
    let histogram: Histogram = new Map();
    for (const sums of days) {
      if (countIn(histogram) >= enough) break;
      histogram = merged([histogram, durationsIn(sums).get(step) ?? new Map()]);
    }
    ranges[step] = { low: percentile(histogram, 0.1) ?? 0, high: percentile(histogram, 0.9) ?? 0 };
  }
  return ranges;
}

/** The classes of the durations by what took so long. */
function durationsIn(sums: readonly Sum[]): StatisticsRows['took'] {
  const took = new Map<string, Map<number, number>>();
  for (const { what, detail, count } of sums) {
    if (what !== 'took') continue;
    const [step = '', of] = detail.split(' ');
    const histogram = took.get(step) ?? new Map<number, number>();
    histogram.set(Number(of), (histogram.get(Number(of)) ?? 0) + count);
    took.set(step, histogram);
  }
  return took;
}
