/** What another process appends to the log is heard of by the service's one follower, and known to all who ask afterwards. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { reportOrganization, requestProvider, reveal } from '../../src/cli/demo/journey.js';
import { openSqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { draft, sample } from '../support/events.js';
import { type Grounds, prepare, type RunningService, startRunning } from '../support/service.js';
import { type RunningSimulator, startSimulator } from '../support/simulator.js';
import { until } from '../support/waiting.js';

let aws: RunningSimulator;
let grounds: Grounds;
let service: RunningService;

beforeEach(async () => {
  aws = await startSimulator();
  grounds = await prepare(aws.url);
  service = await startRunning(grounds);
});
afterEach(async () => {
  await service.stop();
  await aws.close();
});

test('a provider that another process has withdrawn is known as withdrawn here', async () => {
  const { api } = service;
  await reportOrganization(api, grounds.tokens);
  const id = await requestProvider(api, grounds.tokens, 'Production', 'production');
  const refusal = () => reveal(api, grounds.tokens, id).catch((error: Error) => error.message);
  expect(await refusal()).not.toMatch(/withdrawn/);

  const other = openSqliteEventStore({ file: join(grounds.data, 'events.db') });
  await other.append(`provider-${id}`, 0, [draft(sample('ProviderWithdrawn'), { at: Date.now() })]);
  await other.close();
  // A follow finds what others have appended along with the next event of its own process.
  await requestProvider(api, grounds.tokens, 'Second', 'second');
  expect(await until(refusal, (words) => /withdrawn/.test(String(words)))).toMatch(/withdrawn/);
});
