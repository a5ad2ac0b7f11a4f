/** What many runs came to, added up. */
import type { RunResult } from './run.js';
import { type Trouble, troubleKinds } from './troubles.js';

export interface Failure {
  readonly seed: number;
  readonly violations: readonly string[];
  /** How many strokes of trouble it took. */
  readonly strokes: number;
}

export interface Tally {
  readonly runs: number;
  readonly failures: readonly Failure[];
  /** How many runs there were with one worker, two and three. */
  readonly workers: Readonly<Record<number, number>>;
  readonly accounts: number;
  readonly events: number;
  readonly calls: number;
  readonly virtualMs: number;
  readonly troubles: Readonly<Record<Trouble, number>>;
}

const nothing = Object.fromEntries(troubleKinds.map((kind) => [kind, 0])) as Record<Trouble, number>;

export const emptyTally: Tally = {
  runs: 0,
  failures: [],
  workers: {},
  accounts: 0,
  events: 0,
  calls: 0,
  virtualMs: 0,
  troubles: nothing,
};

const sum = <K extends string | number>(a: Readonly<Record<K, number>>, b: Readonly<Record<K, number>>) => {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])] as K[];
  return Object.fromEntries(keys.map((key) => [key, (a[key] ?? 0) + (b[key] ?? 0)])) as Record<K, number>;
};

export const merge = (a: Tally, b: Tally): Tally => ({
  runs: a.runs + b.runs,
  failures: [...a.failures, ...b.failures],
  workers: sum(a.workers, b.workers),
  accounts: a.accounts + b.accounts,
  events: a.events + b.events,
  calls: a.calls + b.calls,
  virtualMs: a.virtualMs + b.virtualMs,
  troubles: sum(a.troubles, b.troubles),
});

export function addUp(tally: Tally, { seed, violations, troubles, workers, events, ...counts }: RunResult): Tally {
  const strokes = Object.values(troubles).reduce((all, count) => all + count, 0);
  return merge(tally, {
    ...counts,
    runs: 1,
    failures: violations.length > 0 ? [{ seed, violations, strokes }] : [],
    workers: { [workers]: 1 },
    events: events.length,
    troubles,
  });
}

const hourMs = 3_600_000;

/** A table of it, for people. */
export function tallyText({ runs, failures, workers, accounts, events, calls, virtualMs, troubles }: Tally): string {
  const by = Object.entries(workers).map(
    ([count, times]) => `${times} with ${count} worker${count === '1' ? '' : 's'}`,
  );
  const rows: readonly (readonly [string, string | number])[] = [
    ['runs', `${runs} (${by.join(', ')})`],
    ['violations', failures.length],
    ['accounts made', accounts],
    ['facts recorded', events],
    ['requests to AWS', calls],
    ['hours lived through', Math.round(virtualMs / hourMs)],
    ...troubleKinds.map((kind) => [kind, troubles[kind]] as const),
  ];
  return rows.map(([name, value]) => `${name.padEnd(26)}${value}`).join('\n');
}
