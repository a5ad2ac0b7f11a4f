/** What a benchmark is: something of ours and a baseline, measured in turns, so that only their ratio has to be believed. */

/** What is promised of a figure: of its value, or of its ratio to the baseline of the same run. */
export interface Mark {
  readonly on: 'ratio' | 'value';
  readonly at: number;
}

export interface Figure {
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  readonly marks: readonly Mark[];
}

/** A benchmark that is set up; each turn answers with one number a figure. */
export interface Course {
  ours(round: number): Promise<readonly number[]>;
  baseline(round: number): Promise<readonly number[]>;
  close(): Promise<void>;
}

export interface Benchmark {
  readonly name: string;
  readonly figures: readonly Figure[];
  /** Turns that are measured, besides one that only warms up. */
  readonly rounds: number;
  /** Sets it up in its full size, or as small as it can be and still run every line. */
  open(smoke: boolean): Promise<Course>;
}

/** What came of one figure; `--json` prints one line for each of its marks. */
export interface Result extends Figure {
  readonly name: string;
  readonly value: number;
  readonly baseline: number;
  readonly ratio: number;
}

/** The usual number of measured rounds. */
export const rounds = 7;

/** Measures in turns (ours, baseline, ours, …); each figure is the median of its rounds. The first round only warms up. */
export async function measure(benchmark: Benchmark, smoke: boolean): Promise<readonly Result[]> {
  const course = await benchmark.open(smoke);
  try {
    const measured = smoke ? 1 : benchmark.rounds;
    const ours: (readonly number[])[] = [];
    const baseline: (readonly number[])[] = [];
    for (let round = 0; round <= measured; round++) {
      ours.push(await course.ours(round));
      baseline.push(await course.baseline(round));
    }
    return benchmark.figures.map((figure, column) => {
      const value = median(ours.slice(1).map((row) => row[column] ?? Number.NaN));
      const against = median(baseline.slice(1).map((row) => row[column] ?? Number.NaN));
      return { ...figure, name: benchmark.name, value, baseline: against, ratio: value / against };
    });
  } finally {
    await course.close();
  }
}

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  return (quantile(values, 0.5) + quantile([...values].reverse(), 0.5, 'upper')) / 2;
}

/** The value below or at which a share (0…1) of all values lies. */
export function quantile(values: readonly number[], share: number, side: 'lower' | 'upper' = 'lower'): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = sorted.length * share;
  const index = side === 'lower' ? Math.ceil(rank) - 1 : Math.floor(rank);
  return sorted[Math.min(Math.max(index, 0), sorted.length - 1)] ?? Number.NaN;
}

/** Runs work and answers with how often it was done per second. */
export async function perSecond(times: number, work: () => Promise<unknown> | unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return (times * 1_000) / (performance.now() - begun);
}
