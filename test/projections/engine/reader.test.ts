/** A version that leaves its reader is written by the reader that it gets, and by no other. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { DomainEvent } from '../../../src/domain/events.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import type { FedVersion } from '../../../src/projections/engine/fed-version.js';
import type { Feeding } from '../../../src/projections/engine/feeding.js';
import { checkpointOf } from '../../../src/projections/engine/model-file.js';
import type { ReadableLog } from '../../../src/projections/engine/read-model.js';
import { openReader, runReader } from '../../../src/projections/engine/reader.js';
import { fedVersionsIn, openReadModelFiles, type ReadModelFiles } from '../../../src/projections/read-model-table.js';
import { draft, sample } from '../../support/events.js';
import { rowsOf } from '../../support/read-model-rows.js';
import { active } from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let store: SqliteEventStore;
let files: ReadModelFiles;
let stop: AbortController;
beforeEach(() => {
  const folder = temporaryFolder();
  store = openSqliteEventStore({ file: join(folder, 'events.db') });
  files = openReadModelFiles(join(folder, 'read-models'));
  stop = new AbortController();
});
afterEach(async () => {
  files.close();
  await store.close();
});

const append = (stream: string, revision: number, ...events: readonly DomainEvent[]) =>
  store.append(
    stream,
    revision,
    events.map((event) => draft(event)),
  );
const versions = (): readonly FedVersion[] => fedVersionsIn(files.models);
const organizations = (): FedVersion => files.models.organizations.current;
const inFile = () => checkpointOf(organizations().db);

/** Feeds all versions by one reader, which ends when the test aborts. */
const feeding = (more: Partial<Feeding>): Feeding => ({
  ...{ log: store, signal: stop.signal, moved: () => undefined, decided: () => undefined },
  ...{ troubled: () => undefined, setApart: () => undefined, join: () => false, ...more },
});

/** Does one thing each time that it is called, and says when nothing is left to do. */
function inOrder(...things: readonly (() => unknown)[]): () => unknown {
  const left = [...things];
  return () => {
    const next = left.shift();
    return next ? next() : 'done';
  };
}

test('what it has passed is in its file before another reader begins, and the former one writes nothing there any more', async () => {
  const [passed] = await append('provider-1', -1, ...active.slice(0, 1));
  await append('organization-lost', -1, sample('OrganizationUpdated'));
  const setApart: unknown[] = [];
  const on = feeding({
    setApart(fed) {
      setApart.push([fed.model, inFile().position]);
      // As the reader that it gets does, which changes the rows only later.
      fed.filter = { 'organization-lost': 0 };
      stop.abort();
    },
  });
  await runReader(on, openReader(versions()));
  expect(setApart).toEqual([['organizations', passed?.position]]);
  expect(inFile()).toMatchObject({ position: passed?.position, filter: '{}' });
});

test('what it has passed is in its file before a reader that has caught up feeds it, and is written by that one alone', async () => {
  const before = inOrder(() => append('provider-1', -1, ...active.slice(0, 1)));
  const on = feeding({
    join({ versions: joined }) {
      if (before() !== 'done') return false;
      joined.clear();
      queueMicrotask(() => {
        organizations().filter = { 'organization-lost': 0 };
      });
      return true;
    },
  });
  await runReader(on, openReader(versions()));
  expect(inFile()).toMatchObject({ position: store.head(), filter: '{}' });
});

test('what it has passed is kept in its file when its reader begins again', async () => {
  const reader = openReader(versions());
  const before = inOrder(
    () => append('provider-1', -1, ...active.slice(0, 3)),
    () => reader.beginAgain(),
  );
  const seen: unknown[] = [];
  const on = feeding({
    decided() {
      seen.push(inFile().position);
      if (seen.length === 2) stop.abort();
    },
    join() {
      before();
      return false;
    },
  });
  await runReader(on, reader);
  expect(seen).toEqual([undefined, store.head()]);
});

test('a decision that cannot be taken up for a while is taken up once its stream can be read again', async () => {
  await append('provider-1', -1, ...active.slice(0, 3));
  const decision = { stream: 'provider-1', fromRevision: 1, cause: 'Damaged.', reason: 'Unreadable.' };
  const next = inOrder(
    () => append('quarantine-streams', -1, { type: 'StreamQuarantined', ...decision }),
    () => stop.abort(),
  );
  let refused = 0;
  const log: ReadableLog = {
    ...store,
    async read(stream) {
      if (stream === 'provider-1' && refused++ === 0) throw new Error('Nobody answers.');
      return store.read(stream);
    },
  };
  const joining = (then: () => unknown) => () => {
    then();
    return false;
  };
  await runReader(feeding({ log, join: joining(next) }), openReader(versions()));
  const met = rowsOf(files.models);
  files.close();
  files = openReadModelFiles(join(temporaryFolder(), 'read-models'));
  stop = new AbortController();
  await runReader(feeding({ join: joining(() => stop.abort()) }), openReader(versions()));
  expect([met, refused > 1]).toEqual([rowsOf(files.models), true]);
});
