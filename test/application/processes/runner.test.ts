/** What the runner's sweep finds, on the real log and read models. */
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { PresentDelays } from '../../../src/application/processes/present-delays.js';
import { startProvisioning } from '../../../src/application/provisioning/provisioning.js';
import { providers } from '../../../src/application/streams/aggregates.js';
import { sagaCause } from '../../../src/application/streams/causes.js';
import { openStreams } from '../../../src/application/streams/streams.js';
import { openSqliteEventStore } from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openReadModelFiles } from '../../../src/projections/read-model-table.js';
import { startReadModels } from '../../../src/projections/read-models.js';
import { openAttempts } from '../../support/attempts.js';
import { FakeClock } from '../../support/fake-clock.js';
import * as s from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

test('a step is found after a start also when the clock was far ahead when it began to be owed', async () => {
  const folder = temporaryFolder();
  const store = openSqliteEventStore({ file: join(folder, 'log.db') });
  const ahead = openStreams(store, new FakeClock(Date.parse('2099-01-01')), () => undefined);
  await ahead.change(providers, 'p1', sagaCause('p1', 'test', 'given'), () => s.active);
  const db = openReadModelFiles(join(folder, 'read-models'));
  const ending = new AbortController();
  const readModels = startReadModels(store, db, ending.signal);
  await readModels.waitFor(store.head() ?? '', 5_000);
  const clock = new FakeClock(Date.parse('2026-11-24'));
  const attempts = openAttempts();
  const streams = openStreams(store, clock, () => undefined);
  const parts = {
    store,
    streams,
    readModels,
    clock,
    log: quiet,
    ensures: attempts.ensures,
    settings: { payers: [] } as never,
    terms: { current: () => [] },
  };
  const provisioning = startProvisioning({
    ...parts,
    presentDelays: new PresentDelays(),
    mayAct: () => true,
    random: () => 1,
    atOnce: 1,
  });
  await clock.passUntil(
    () => attempts.begun.length === 1,
    () => undefined,
  );
  expect(attempts.begun).toMatchObject([{ providerId: 'p1', step: 'SettleCredentials' }]);
  attempts.endAll();
  await provisioning.stop();
  ending.abort();
  await readModels.ended;
  db.close();
  await store.close();
});
