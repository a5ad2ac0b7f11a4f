/** One read model that is being filled, or damaged, takes only what is read from it: statuses and lists go on for all others. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Dependencies } from '../../../src/application/dependencies.js';
import { type ReadModelName, readModelNames } from '../../../src/application/ports/read-model-health.js';
import {
  GetStatus,
  GetStatusHandler,
  ListProviders,
  ListProvidersHandler,
} from '../../../src/application/queries/providers.js';
import { healthOf } from '../../../src/composition/health/health.js';
import { removeFile } from '../../../src/projections/engine/model-file.js';
import { openReadModelFiles } from '../../../src/projections/read-model-table.js';
import { startReadModels } from '../../../src/projections/read-models.js';
import { type Api, startApi } from '../../support/api.js';
import { damageInUse } from '../../support/damaged-file.js';
import { acceptTerms, register, request } from '../../support/people.js';
import { fileOf, nameOf } from '../../support/read-model-names.js';
import { until } from '../../support/service.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const caller = { actor: 'i#o', subject: 'o', organization: 'acme', roles: ['operator', 'administrator'] } as const;

let api: Api;
let waiting: string;

beforeAll(async () => {
  api = await startApi();
  await register(api);
  waiting = await request(api, 'waiting');
  await acceptTerms(api, waiting);
});
afterAll(() => api.close());

type Store = Api['store'];

/** Read models in a folder for as long as the work takes. */
async function withReadModels(folder: string, store: Store, work: (on: Dependencies) => Promise<void>): Promise<void> {
  const files = openReadModelFiles(folder);
  const stop = new AbortController();
  const readModels = startReadModels(store, files, stop.signal);
  try {
    await work({ ...api.dependencies, readModels });
  } finally {
    stop.abort();
    await readModels.ended;
    files.close();
  }
}

/** Whole read models in a new folder. */
async function filledFolder(): Promise<string> {
  const folder = join(temporaryFolder(), 'read-models');
  await withReadModels(folder, api.store, async ({ readModels }) => {
    await until(
      async () => readModels.health(),
      (health) => health.every(({ filling }) => !filling),
    );
  });
  return folder;
}

/** Whoever reads from the start of the log waits until it is told to end. */
const heldAtTheStart = (store: Store): Store => ({
  ...store,
  async *follow(after, signal) {
    if (after !== undefined) yield* store.follow(after, signal);
    else await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  },
});

/** Read models that are whole but for one, as where a release has brought it, which is filled while the work is done. */
async function withOneUnfilled(model: ReadModelName, work: (on: Dependencies) => Promise<void>): Promise<void> {
  const folder = await filledFolder();
  removeFile(join(folder, fileOf(model)));
  await withReadModels(folder, heldAtTheStart(api.store), async (on) => {
    await until(
      async () => on.readModels.health(),
      (health) => health.every((each) => each.filling === (each.model === model)),
    );
    await work(on);
  });
}

const statusIn = (on: Dependencies) => new GetStatusHandler(on).execute(new GetStatus(waiting, caller));
const listIn = (on: Dependencies) =>
  new ListProvidersHandler(on).execute(new ListProviders('acme', { limit: 9 }, caller));

test.each(readModelNames)(
  'while %s alone is filled, readiness is lost only if statuses or vending rest on it',
  async (model) => {
    await withOneUnfilled(model, async ({ readModels }) => {
      const { ok, checks } = await healthOf({ store: api.store, readModels }).ready();
      const isNeeded = model === 'provider-status' || model === 'payer-load';
      expect(checks[nameOf(model)]).toEqual({ ok: !isNeeded, detail: 'is being filled from the log' });
      expect(ok).toBe(!isNeeded);
    });
  },
);

test.each(readModelNames.filter((name) => name !== 'provider-status'))(
  'while %s alone is filled, statuses and lists are told, with a place in the queue only if it is known',
  async (model) => {
    await withOneUnfilled(model, async (on) => {
      const { items } = await listIn(on);
      const isKnown = model !== 'payer-load';
      for (const view of [await statusIn(on), ...items])
        expect([view.id, view.stage, 'queue' in view, 'etaSeconds' in view]).toEqual([
          ...[waiting, 'accepted'],
          ...[isKnown, isKnown],
        ]);
      expect(items).toHaveLength(1);
    });
  },
);

test('a damaged payer-load takes no status and no list with it', async () => {
  const folder = await filledFolder();
  await withReadModels(folder, api.store, async (on) => {
    await until(
      async () => on.readModels.health(),
      (health) => health.every(({ filling }) => !filling),
    );
    damageInUse(join(folder, fileOf('payer-load')));
    expect(await statusIn(on)).toMatchObject({ id: waiting, stage: 'accepted' });
    expect(await statusIn(on)).not.toHaveProperty('queue');
    expect((await listIn(on)).items).toMatchObject([{ id: waiting }]);
    const still = { model: 'payer-load', stopped: expect.stringMatching(/damaged/) };
    expect(on.readModels.health()).toContainEqual(expect.objectContaining(still));
  });
});
