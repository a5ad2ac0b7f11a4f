/** Appends wait in a queue that has an end: what comes on top is refused at once, and nothing that was taken is lost. */
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { TooManyAppends } from '../../../../src/application/ports/event-store-errors.js';
import { openSqliteEventStore } from '../../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { drafts } from '../../../support/events.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const most = 10_000;

test('more appends at once than are ever written while a caller waits', async () => {
  const store = openSqliteEventStore({ file: join(temporaryFolder(), 'events.db') });
  const appends = Array.from({ length: most + 2 }, (_, n) => store.append(`provider-${n}`, -1, drafts('a')));
  const settled = await Promise.allSettled(appends);
  const refused = settled.flatMap((each, n) => (each.status === 'rejected' ? [[n, each.reason]] : []));
  expect(refused).toEqual([
    [most, expect.any(TooManyAppends)],
    [most + 1, expect.any(TooManyAppends)],
  ]);
  expect(store.health().waiting).toBe(0);
  expect(await store.read(`provider-${most - 1}`)).toHaveLength(1);
  expect(await store.append(`provider-${most}`, -1, drafts('a'))).toHaveLength(1);
  await store.close();
}, 30_000);
