/** Percentiles of durations from counts alone: durations fall into classes, each a tenth wider than the one before. */

const width = 1.1;

/** How many durations there are in each class. */
export type Histogram = ReadonlyMap<number, number>;

/** The class of a duration in milliseconds; whatever is below a millisecond falls into the first. */
export const classOf = (ms: number): number => Math.floor(Math.log(Math.max(ms, 1)) / Math.log(width));

/** What a class stands for, in milliseconds: it is wrong by no more than a twentieth. */
const middleOf = (of: number): number => width ** (of + 0.5);

/** How many there are in all classes. */
export const countIn = (histogram: Histogram): number => [...histogram.values()].reduce((sum, count) => sum + count, 0);

/** The milliseconds that this share (0 to 1) of all durations does not exceed; `undefined` where there are none. */
export function percentile(histogram: Histogram, share: number): number | undefined {
  const wanted = Math.max(1, Math.ceil(share * countIn(histogram)));
  let seen = 0;
  for (const [of, count] of [...histogram].sort(([a], [b]) => a - b)) {
    seen += count;
    if (seen >= wanted) return Math.round(middleOf(of));
  }
  return undefined;
}

/** Several histograms as one. */
export function merged(histograms: readonly Histogram[]): Histogram {
  const all = new Map<number, number>();
  for (const histogram of histograms) for (const [of, count] of histogram) all.set(of, (all.get(of) ?? 0) + count);
  return all;
}
