/**
 * How long steps take of late: what was measured, summed by step and day. Sums do not depend on the order in which facts are
 * folded, so that what one stream has taught can be taken back.
 */
import type { DatabaseSync } from 'node:sqlite';
import { finishedBy, type Took } from '../../application/history/step-times.js';
import type { ReadModels } from '../../application/ports/read-models.js';
import { type Step, steps } from '../../domain/provider/steps.js';
import type { LogEntry } from '../engine/projection.js';

/** A duration, and the day (ISO, UTC) on which the step was done. */
export interface Learned extends Took {
  readonly day: string;
}

export const dayOf = (at: string): string => at.slice(0, 10);

export const paceSchema = `
    CREATE TABLE IF NOT EXISTS provider_status_pace (
      step TEXT NOT NULL, day TEXT NOT NULL, ms INTEGER NOT NULL, done INTEGER NOT NULL, PRIMARY KEY (step, day)
    ) WITHOUT ROWID;`;

/** Prepares the way to add what was learned to the sums (`sign` 1), or to take it away (-1). */
export function openPace(db: DatabaseSync): (all: readonly Learned[], sign: 1 | -1) => void {
  const add = db.prepare(`
    INSERT INTO provider_status_pace VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT DO UPDATE SET ms = ms + excluded.ms, done = done + excluded.done`);
  const remove = db.prepare('DELETE FROM provider_status_pace WHERE step = ? AND day = ? AND done = 0');
  return (all, sign) => {
    for (const [, same] of Map.groupBy(all, ({ step, day }) => `${step} ${day}`)) {
      const { step = '', day = '' } = same[0] ?? {};
      const ms = same.reduce((sum, learned) => sum + learned.ms, 0);
      add.run(step, day, sign * ms, sign * same.length);
      if (sign < 0) remove.run(step, day);
    }
  };
}

/** So many are enough to tell what is usual; the days they were done on are taken whole. */
const enough = 20;

/** Prepares the read: the mean of each step over the latest days on which enough of them were done. */
export function paceReads(db: DatabaseSync): Pick<ReadModels, 'pace'> {
  const latest = db.prepare(
    `SELECT ms, done FROM provider_status_pace WHERE step = ? ORDER BY day DESC LIMIT ${enough}`,
  );
  const meanOf = (step: Step): number | undefined => {
    let [ms, done] = [0, 0];
    for (const day of latest.all(step) as unknown as { ms: number; done: number }[]) {
      if (done >= enough) break;
      ms += day.ms;
      done += day.done;
    }
    return done === 0 ? undefined : Math.round(ms / done);
  };
  return {
    pace: () =>
      Object.fromEntries(
        steps.flatMap((step) => {
          const mean = meanOf(step);
          return mean === undefined ? [] : [[step, mean] as const];
        }),
      ),
  };
}

/** Keeps what was read until a step is done: statuses are read far more often than steps are done. */
export function keepPace<T>(read: () => T) {
  let kept: T | undefined;
  return {
    read(): T {
      kept ??= read();
      return kept;
    },
    /** Hears what was taken into the rows, or `undefined` where they were changed otherwise. */
    changed(entries: readonly LogEntry[] | undefined): void {
      if (!entries || entries.some((entry) => 'event' in entry && finishedBy(entry.event))) kept = undefined;
    },
  };
}
