/** Live changes of everything: a reader for whom a fact cannot be read at the moment keeps it from no other. */
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { EntryFor } from '../../../../src/application/history/change-feed.js';
import { entryOf } from '../../../../src/application/history/history.js';
import { openChanges } from '../../../../src/application/history/live-feed.js';
import { systemClock } from '../../../../src/application/ports/clock.js';
import { ReadModelsUnavailable } from '../../../../src/application/ports/read-models.js';
import { openSqliteEventStore } from '../../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { ofAll, ofProvider } from '../../../../src/infrastructure/http/routes/live-sources.js';
import { drafts } from '../../../support/events.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { until } from '../../../support/waiting.js';

function listener() {
  const told: string[] = [];
  return {
    told,
    receive: ({ position }: { readonly position: string }) => void told.push(position),
    unreadable: () => void told.push('unreadable'),
  };
}

test('it is told that something is missing, and whoever else listens hears of every fact', async () => {
  const store = openSqliteEventStore({ file: join(temporaryFolder(), 'events.db') });
  const stop = new AbortController();
  const failures: unknown[] = [];
  const heard = { failed: (error: unknown) => void failures.push(error), heard: () => undefined };
  const changes = openChanges(store, undefined, stop.signal, heard);
  const parts = { changes, store, clock: systemClock };
  const entryFor: EntryFor = (recorded) => {
    if ('poison' in recorded) return undefined;
    const entry = entryOf(recorded, true);
    return entry && { ...entry, stream: recorded.stream };
  };
  const unknown: EntryFor = ({ stream }) => {
    throw new ReadModelsUnavailable(`Nobody can say whose ${stream} is.`);
  };
  const turn = async () => undefined;
  const [without, all, one] = [listener(), listener(), listener()];
  ofAll(parts, { after: undefined, entryFor: unknown, turn }).listen(without);
  ofAll(parts, { after: undefined, entryFor, turn }).listen(all);
  ofProvider(parts, { providerId: '1', after: undefined, seesAll: true }).listen(one);

  const recorded = await store.append('provider-1', -1, drafts('a', 'b'));
  await until(
    async () => one.told,
    ({ length }) => length === recorded.length,
  );
  const positions = recorded.map(({ position }) => position);
  expect([all.told, one.told, failures]).toEqual([positions, positions, []]);
  expect(without.told).toEqual(['unreadable', 'unreadable']);
  stop.abort();
  await changes.ended;
  await store.close();
});
