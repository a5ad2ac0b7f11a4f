/** The read of `statistics`: what was counted for one organization, or for all, between two days. */
import type { DatabaseSync } from 'node:sqlite';
import type { ReadModels } from '../../application/ports/read-models.js';
import type { DayCount, StatisticsRows } from '../../application/ports/statistics-rows.js';
import { everybody, now } from './sums.js';

interface Sum {
  readonly day: string;
  readonly what: string;
  readonly detail: string;
  readonly count: number;
}

export type StatisticsReads = Pick<ReadModels, 'statistics'>;

/** Prepares the read. */
export function statisticsReads(db: DatabaseSync): StatisticsReads {
  const between = db.prepare(
    'SELECT day, what, detail, count FROM statistics_sums WHERE organization = ? AND day BETWEEN ? AND ?',
  );
  const sumsOf = (organization: string, from: string, to: string): readonly Sum[] =>
    between.all(organization, from, to) as unknown as readonly Sum[];
  return {
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
