/** Which version is served: the new one once it is filled, whatever was in its way at first. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { auditHistory } from '../../../src/projections/audit-history/audit-history.js';
import { startProjector } from '../../../src/projections/engine/projector.js';
import { openReadModel, type Served, serve } from '../../../src/projections/engine/serving.js';
import { drafts } from '../../support/events.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { until } from '../../support/waiting.js';

const next = { ...auditHistory, version: auditHistory.version + 1 };
type Reads = ReturnType<typeof auditHistory.reads>;

let folder: string;
let store: SqliteEventStore;
const told: object[] = [];
const ending: (() => Promise<void> | void)[] = [];

beforeEach(async () => {
  folder = join(temporaryFolder(), 'read-models');
  mkdirSync(folder);
  store = openSqliteEventStore({ file: join(folder, '..', 'events.db') });
  await store.append('provider-1', -1, drafts('a', 'b'));
});
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
  await store.close();
});

/** Feeds and serves these versions of a read model until the test ends, or `stop` is called. */
function served(...versions: Parameters<typeof openReadModel<Reads>>[2]): Served<Reads> & { stop(): Promise<void> } {
  const model = openReadModel(folder, 'audit-history', versions, () => undefined);
  const stopping = new AbortController();
  const serving = serve(model, store, () => undefined);
  const { ended } = startProjector(store, [model.current], {
    signal: stopping.signal,
    moved: (fed) => void serving.moved(fed),
    log: { info: () => undefined, warn: () => undefined, error: (about) => void told.push(about) },
  });
  async function stop(): Promise<void> {
    stopping.abort();
    await ended;
    for (const fed of [model.current, model.former]) if (fed?.db.isOpen) fed.db.close();
  }
  ending.push(stop);
  return { ...serving, stop };
}

const filled = (of: Served<Reads>) =>
  until(
    async () => of.health(),
    (health) => health.every(({ caughtUp }) => caughtUp),
  );
const files = (): readonly string[] => readdirSync(folder).filter((name) => name.endsWith('.db'));

test.each([1, 2, 3])(
  'a new version whose reads cannot be prepared %s times is served all the same once they can',
  async (times) => {
    told.length = 0;
    const before = served(auditHistory);
    await filled(before);
    await before.stop();

    let refused = 0;
    const stubborn: typeof next = {
      ...next,
      reads(...asked) {
        if (refused++ < times) throw new Error('The disk does not answer.');
        return auditHistory.reads(...asked);
      },
    };
    const after = served(stubborn, auditHistory);
    expect(after.version().version.version).toBe(auditHistory.version);
    await until(
      async () => after.version().version.version,
      (version) => version === next.version,
    );
    expect([refused, files()]).toEqual([times + 1, [`audit-history-${next.version}.db`]]);
    const words = 'The disk does not answer.';
    const unheard = { readModel: `audit-history-${next.version}`, error: 'Error', words };
    expect(told.filter((about) => Object.hasOwn(about, 'words'))).toEqual(times > 1 ? [unheard] : []);
  },
  20_000,
);
