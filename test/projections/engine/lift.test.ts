/** Putting a stream back into use costs that stream alone: the rest of the log is not read again. */
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { DomainEvent } from '../../../src/domain/events.js';
import { openSqliteEventStore } from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import type { ReadableLog } from '../../../src/projections/engine/read-model.js';
import { openReadModelFiles } from '../../../src/projections/read-model-table.js';
import { startReadModels } from '../../../src/projections/read-models.js';
import { draft } from '../../support/events.js';
import * as s from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { until } from '../../support/waiting.js';

const others = 200;

test('a decision that is lifted has the read models fold one stream again', async () => {
  const folder = temporaryFolder();
  const store = openSqliteEventStore({ file: join(folder, 'events.db') });
  const append = (stream: string, revision: number, ...events: readonly DomainEvent[]) =>
    store.append(
      stream,
      revision,
      events.map((event) => draft(event)),
    );
  await Promise.all(Array.from({ length: others }, (_, n) => append(`provider-${n}`, -1, ...s.created)));
  let followed = 0;
  const counted: ReadableLog = {
    ...store,
    async *follow(...asked) {
      for await (const page of store.follow(...asked)) {
        followed += page.events.length;
        yield page;
      }
    },
  };
  const files = openReadModelFiles(join(folder, 'read-models'));
  const stop = new AbortController();
  const readModels = startReadModels(counted, files, stop.signal);
  await readModels.waitFor(store.head() ?? '', 60_000);
  const before = readModels.provider('7');

  const stream = 'provider-7';
  await append('quarantine-streams', -1, {
    ...{ type: 'StreamQuarantined', stream, fromRevision: 2, cause: 'Damaged.', reason: 'Unreadable.' },
  });
  await until(
    async () => readModels.quarantined('7'),
    (setAside) => setAside !== undefined,
  );
  expect(readModels.provider('7')).not.toEqual(before);
  const read = followed;
  const [lifted] = await append('quarantine-streams', 0, { type: 'QuarantineLifted', stream, reason: 'Mended.' });
  await readModels.waitFor(lifted?.position ?? '', 60_000);
  expect(readModels.provider('7')).toEqual(before);
  // The one fact, by each of the readers that it has begin again.
  expect(followed - read).toBeLessThan(others / 10);

  stop.abort();
  await readModels.ended;
  files.close();
  await store.close();
}, 60_000);
