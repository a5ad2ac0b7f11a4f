/** What was counted by day as it is told: by period, and the durations as percentiles. */
import { countIn, type Histogram, percentile } from '../../domain/percentiles.js';
import { lastDayOf, type Period, type PeriodName, periodsOf } from '../../domain/periods.js';
import { isStep, steps, stepTable } from '../../domain/provider/steps.js';
import type { DayCount, StatisticsRows } from '../ports/statistics-rows.js';

/** What was counted in one period; `refusals` and `halts` are by reason. */
export interface PeriodView
  extends Period,
    Record<'requests' | 'refused' | 'accounts' | 'ready' | 'withdrawn', number> {
  readonly refusals: Readonly<Record<string, number>>;
  readonly halts: Readonly<Record<string, number>>;
}

export interface DurationView {
  readonly step: string;
  readonly title: string;
  readonly count: number;
  readonly p50Seconds: number;
  readonly p90Seconds: number;
  readonly p99Seconds: number;
}

/** Every period between two days, also those in which nothing was counted. */
export function periodViews({ from, to }: Period, by: PeriodName, counts: readonly DayCount[]): readonly PeriodView[] {
  const byLastDay = Map.groupBy(counts, ({ day }) => lastDayOf(day, by));
  return periodsOf(from, to, by).map((period) => periodView(period, byLastDay.get(lastDayOf(period.to, by)) ?? []));
}

function periodView(period: Period, counts: readonly DayCount[]): PeriodView {
  const byWhat = Map.groupBy(counts, ({ what }) => what);
  const total = (what: DayCount['what']): number => (byWhat.get(what) ?? []).reduce((sum, { count }) => sum + count, 0);
  const byReason = (what: DayCount['what']): Readonly<Record<string, number>> => {
    const sums: Record<string, number> = {};
    for (const { detail, count } of byWhat.get(what) ?? []) sums[detail] = (sums[detail] ?? 0) + count;
    return sums;
  };
  return {
    ...period,
    ...{ requests: total('requests'), refused: total('refused'), accounts: total('accounts') },
    ...{ ready: total('ready'), withdrawn: total('withdrawn') },
    ...{ refusals: byReason('refusals'), halts: byReason('halts') },
  };
}

/** In the order of the steps; at the end the whole way to the credentials. */
const order: readonly string[] = [...steps, 'ToCredentials'];
const titleOf = (step: string): string => (isStep(step) ? stepTable[step].title : 'From accepted terms to credentials');

export function durationsOf(took: StatisticsRows['took']): readonly DurationView[] {
  return order.flatMap((step) => {
    const histogram = took.get(step);
    return histogram ? [{ step, title: titleOf(step), count: countIn(histogram), ...percentilesOf(histogram) }] : [];
  });
}

const percentilesOf = (histogram: Histogram) => ({
  p50Seconds: seconds(percentile(histogram, 0.5)),
  p90Seconds: seconds(percentile(histogram, 0.9)),
  p99Seconds: seconds(percentile(histogram, 0.99)),
});

const seconds = (ms = 0): number => ms / 1_000;
