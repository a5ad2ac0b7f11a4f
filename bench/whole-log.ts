/** Something that goes through a log of a million events from its first to its last, against reading and JSON-parsing them alone. */
import { DatabaseSync } from 'node:sqlite';
import type { Benchmark } from './benchmark.js';
import { perSecond } from './benchmark.js';
import { keptLives } from './lives-log.js';
import { readAll } from './read-log.js';

/** Each takes many seconds, so that few rounds are enough. */
const rounds = 3;

/** `through` is given the file of the log, how many events it has, and the round. */
export const wholeLog = (
  name: string,
  mark: number,
  through: (file: string, events: number, round: number) => Promise<void>,
): Benchmark => ({
  name,
  rounds,
  figures: [{ unit: 'events/s', better: 'higher', marks: [{ on: 'ratio', at: mark }] }],
  async open(smoke) {
    const file = await keptLives(smoke ? 2_800 : 1_000_000);
    const log = new DatabaseSync(file, { readOnly: true });
    const { events } = log.prepare('SELECT count(*) AS events FROM events').get() as { events: number };
    return {
      ours: async (round) => [await perSecond(events, () => through(file, events, round))],
      baseline: async () => [await perSecond(events, () => readAll(log))],
      close: async () => log.close(),
    };
  },
});
