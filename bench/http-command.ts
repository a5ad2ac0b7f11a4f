/** Terms accepted over HTTP, against the same route that checks token and body and then answers without the command. */
import { join } from 'node:path';
import { openSqliteEventStore } from '../src/infrastructure/event-store/sqlite-event-store.js';
import { type Benchmark, rounds } from './benchmark.js';
import { draft, facts } from './events.js';
import { runFolder } from './folders.js';
import { httpCourse } from './http-course.js';
import { requestText } from './http-load.js';
import { providerIdOf, writeRequests } from './requested-log.js';
import { terms } from './settings.js';

export const benchmark: Benchmark = {
  name: 'http-command',
  rounds,
  figures: [{ unit: 'requests/s', better: 'higher', marks: [{ on: 'ratio', at: 0.6 }] }],
  async open(smoke) {
    const times = smoke ? 100 : 5_000;
    const folder = runFolder();
    await writeRequests(folder, times * (rounds + 1), () => 'acme');
    await reportAcme(folder);
    const documents = terms.current('US').map(({ party, version, digest }) => ({ party, version, digest }));
    const body = JSON.stringify({ documents });
    return httpCourse(folder, 'command', times, (index, token) =>
      requestText('POST', `/v1/providers/${providerIdOf(index)}/terms-acceptance`, token, body),
    );
  },
};

/** Terms are accepted only for an organization whose facts are known. */
async function reportAcme(folder: string): Promise<void> {
  const store = openSqliteEventStore({ file: join(folder, 'events.db') });
  await store.append('organization-acme', -1, [draft({ type: 'OrganizationRegistered', facts }, 'acme', Date.now())]);
  await store.close();
}
