/** Terms accepted over HTTP, against the same route that checks token and body and then answers without the command. */
import { type Benchmark, rounds } from './benchmark.js';
import { runFolder } from './folders.js';
import { httpCourse } from './http-course.js';
import { requestText } from './http-load.js';
import { providerIdOf } from './requested-log.js';
import { terms } from './settings.js';

export const benchmark: Benchmark = {
  name: 'http-command',
  rounds,
  figures: [{ unit: 'requests/s', better: 'higher', marks: [{ on: 'ratio', at: 0.45 }] }],
  async open(smoke) {
    const documents = terms.current('US').map(({ party, version, digest }) => ({ party, version, digest }));
    const body = JSON.stringify({ documents });
    return httpCourse(runFolder(), {
      kind: 'command',
      times: smoke ? 100 : 5_000,
      requestOf: (index, token) =>
        requestText('POST', `/v1/providers/${providerIdOf(index)}/terms-acceptance`, token, body),
    });
  },
};
