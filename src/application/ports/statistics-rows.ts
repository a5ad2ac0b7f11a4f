/** What is counted by day, as the read model of statistics keeps it. */
import type { Histogram } from '../../domain/percentiles.js';

/** How often something was counted on a day (ISO, UTC); `detail` is a reason where there is one, else empty. */
export interface DayCount {
  readonly day: string;
  readonly what: 'requests' | 'refused' | 'refusals' | 'accounts' | 'ready' | 'halts' | 'withdrawn';
  readonly detail: string;
  readonly count: number;
}

/** What was counted between two days, and how many providers stand where now. */
export interface StatisticsRows {
  readonly byStage: Readonly<Record<string, number>>;
  readonly counts: readonly DayCount[];
  /** How long each step took that nothing kept waiting, by its name; and `ToCredentials`, from accepted terms on with all waits. */
  readonly took: ReadonlyMap<string, Histogram>;
}
