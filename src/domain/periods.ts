/** Days, weeks and months in UTC, each day as `2026-11-24`. */

export const periodNames = ['day', 'week', 'month'] as const;
export type PeriodName = (typeof periodNames)[number];

/** Both days are included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const dayMs = 86_400_000;

/** Whether a text names a day that there is. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && dayAfter(text, 0) === text;

/** The day so many days later, or earlier. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

/** The last day of the period that a day lies in; a week ends on Sunday (ISO 8601). */
export function lastDayOf(day: string, by: PeriodName): string {
  if (by === 'day') return day;
  const at = new Date(day);
  if (by === 'week') return dayAfter(day, (7 - at.getUTCDay()) % 7);
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).toISOString().slice(0, 10);
}

/** Every period that has a day between two days; the first and the last are cut to these. */
export function periodsOf(from: string, to: string, by: PeriodName): readonly Period[] {
  const periods: Period[] = [];
  for (let day = from; day <= to; ) {
    const last = lastDayOf(day, by);
    periods.push({ from: day, to: last < to ? last : to });
    day = dayAfter(last, 1);
  }
  return periods;
}
