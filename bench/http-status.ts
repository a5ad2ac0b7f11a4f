/** Status reads over HTTP with 100,000 providers, against a bare route with token check that returns the same bytes. */
import { type Benchmark, rounds } from './benchmark.js';
import { httpCourse } from './http-course.js';
import { requestText } from './http-load.js';
import { keptRequests, providerIdOf } from './requested-log.js';

/** Those of acme, whose administrator asks; they are spread over the whole index by their ids. */
const asked = 1_000;

export const benchmark: Benchmark = {
  name: 'http-status',
  rounds,
  figures: [{ unit: 'requests/s', better: 'higher', marks: [{ on: 'ratio', at: 0.7 }] }],
  async open(smoke) {
    const [times, providers] = smoke ? [100, 2_000] : [15_000, 100_000];
    const folder = await keptRequests(providers);
    return httpCourse(folder, 'status', times, (index, token) =>
      requestText('GET', `/v1/providers/${providerIdOf(index % asked)}`, token),
    );
  },
};
