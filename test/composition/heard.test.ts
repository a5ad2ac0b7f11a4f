/** What another process appends to the log is heard of by the service's one follower, and known to all who ask afterwards. */
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { reportOrganization, requestProvider, reveal } from '../../src/cli/demo/journey.js';
import { openSqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { draft, sample } from '../support/events.js';
import { until } from '../support/waiting.js';
import { wholeService } from '../support/whole-service.js';

const whole = wholeService();

test('a provider that another process has withdrawn is known as withdrawn here', async () => {
  const { api } = whole.service;
  await reportOrganization(api, whole.grounds.tokens);
  const id = await requestProvider(api, whole.grounds.tokens, 'Production', 'production');
  const refusal = () => reveal(api, whole.grounds.tokens, id).catch((error: Error) => error.message);
  expect(await refusal()).not.toMatch(/withdrawn/);

  const other = openSqliteEventStore({ file: join(whole.grounds.data, 'events.db') });
  await other.append(`provider-${id}`, 0, [draft(sample('ProviderWithdrawn'), { at: Date.now() })]);
  await other.close();
  // A follow finds what others have appended along with the next event of its own process.
  await requestProvider(api, whole.grounds.tokens, 'Second', 'second');
  expect(await until(refusal, (words) => /withdrawn/.test(String(words)))).toMatch(/withdrawn/);
});
