/** The status projection alone from empty over 200,000 events, against reading and JSON-parsing them. */
import { providerStatus } from '../src/projections/provider-status/provider-status.js';
import { type Benchmark, rounds } from './benchmark.js';
import { catchUpCourse } from './catch-up.js';

export const benchmark: Benchmark = {
  name: 'catch-up-status',
  rounds,
  figures: [{ unit: 'events/s', better: 'higher', marks: [{ on: 'ratio', at: 0.45 }] }],
  open: (smoke) => catchUpCourse(smoke ? 2_800 : 200_000, [providerStatus]),
};
