/** Status reads over HTTP, all over 100,000 providers, against a bare route with token check that returns the same bytes. */
import { type Benchmark, rounds } from './benchmark.js';
import { httpCourse } from './http-course.js';
import { requestText } from './http-load.js';
import { keptRequests, providerIdOf } from './requested-log.js';

/** A stride that is prime to any count below it visits all providers in an order that no cache foresees. */
const stride = 7_919;

export const benchmark: Benchmark = {
  name: 'http-status',
  rounds,
  figures: [{ unit: 'requests/s', better: 'higher', marks: [{ on: 'ratio', at: 0.5 }] }],
  async open(smoke) {
    const [times, providers] = smoke ? [100, 2_000] : [15_000, 100_000];
    return httpCourse(await keptRequests(providers), {
      kind: 'status',
      times,
      requestOf: (index, token) =>
        requestText('GET', `/v1/providers/${providerIdOf((index * stride) % providers)}`, token),
    });
  },
};
