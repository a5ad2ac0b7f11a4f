/** The read model of statuses alone from empty over 200,000 events, against reading and JSON-parsing them. */
import { readModelTable } from '../src/projections/read-model-table.js';
import { type Benchmark, rounds } from './benchmark.js';
import { catchUpCourse } from './catch-up.js';

export const benchmark: Benchmark = {
  name: 'catch-up-status',
  rounds,
  figures: [{ unit: 'events/s', better: 'higher', marks: [{ on: 'ratio', at: 0.45 }] }],
  open: (smoke) => catchUpCourse(smoke ? 2_800 : 200_000, { 'provider-status': readModelTable['provider-status'] }),
};
