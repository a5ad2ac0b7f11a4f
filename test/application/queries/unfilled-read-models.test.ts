/** Read models that are being filled hold nothing, or what was long ago: nothing is told from them as if it were whole. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { authorize } from '../../../src/application/authorization/authorization.js';
import { loadAuthorized } from '../../../src/application/authorized-providers.js';
import type { Dependencies } from '../../../src/application/dependencies.js';
import { ReadModelsUnavailable } from '../../../src/application/ports/read-models.js';
import { GetOptions, GetOptionsHandler } from '../../../src/application/queries/catalogue.js';
import { GetPayers, GetPayersHandler, GetQueue, GetQueueHandler } from '../../../src/application/queries/operations.js';
import { GetHistory, GetHistoryHandler } from '../../../src/application/queries/provider-history.js';
import {
  GetStatus,
  GetStatusHandler,
  ListProviders,
  ListProvidersHandler,
  SearchProviders,
  SearchProvidersHandler,
} from '../../../src/application/queries/providers.js';
import { openReadModelFiles, type ReadModelFiles } from '../../../src/projections/read-model-table.js';
import { startReadModels } from '../../../src/projections/read-models.js';
import { type Api, startApi } from '../../support/api.js';
import { register, request } from '../../support/people.js';
import { fromLater, writeAsLater } from '../../support/poison.js';
import { readsProviders } from '../../support/read-models-of-providers.js';
import { until } from '../../support/service.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const caller = { actor: 'i#o', subject: 'o', organization: 'acme', roles: ['operator', 'administrator'] } as const;
const page = { limit: 10 };

let api: Api;
let id: string;
let db: ReadModelFiles;
let unfilled: Dependencies;

beforeAll(async () => {
  api = await startApi();
  await register(api);
  id = await request(api, 'known');
  expect(await api.readModels.waitFor(String(api.store.head()), 5_000)).toBe(true);
  db = openReadModelFiles(join(temporaryFolder(), 'read-models'));
  unfilled = { ...api.dependencies, readModels: startReadModels(api.store, db, AbortSignal.abort()) };
});
afterAll(async () => {
  db.close();
  await api.close();
});

test.each<[string, (on: Dependencies) => Promise<unknown>]>([
  ['a status', (on) => new GetStatusHandler(on).execute(new GetStatus(id, caller))],
  ['a history', (on) => new GetHistoryHandler(on).execute(new GetHistory(id, undefined, 10, caller))],
  ['a list', (on) => new ListProvidersHandler(on).execute(new ListProviders('acme', page, caller))],
  ['a search', (on) => new SearchProvidersHandler(on).execute(new SearchProviders(page, caller))],
  ['the options', (on) => new GetOptionsHandler(on).execute(new GetOptions('acme', 'US', caller))],
  ['the payers', (on) => new GetPayersHandler(on).execute(new GetPayers(caller))],
  ['the queue', (on) => new GetQueueHandler(on).execute(new GetQueue(undefined, 10, caller))],
])('%s is not told from read models that are being filled', async (_, read) => {
  await expect(read(unfilled)).rejects.toThrow(ReadModelsUnavailable);
  await expect(read(api.dependencies)).resolves.toBeDefined();
});

test('what they do not hold is not said to be none, also where its stream cannot be read', async () => {
  const poisoned = await request(api, 'poisoned');
  await writeAsLater(join(api.folder, 'log.db'), `provider-${poisoned}`, fromLater);
  api.dependencies.streams.heard([{ stream: `provider-${poisoned}`, revision: 1 }]);
  const administrator = authorize('readHistory', { ...caller, roles: ['administrator'] });
  await expect(loadAuthorized(unfilled, administrator, poisoned)).rejects.toThrow(ReadModelsUnavailable);
});

test('those that stand still before they were ever filled are read, and a list says so', async () => {
  const db = openReadModelFiles(join(temporaryFolder(), 'read-models'));
  const stop = new AbortController();
  const readModels = startReadModels(api.store, db, stop.signal);
  await until(
    async () => readModels.health(),
    (health) => health.every(({ model, filling, stopped }) => !readsProviders(model) || (filling && stopped)),
  );
  const on = { ...api.dependencies, readModels };
  expect(await new GetStatusHandler(on).execute(new GetStatus(id, caller))).toMatchObject({ id });
  const list = await new ListProvidersHandler(on).execute(new ListProviders('acme', page, caller));
  expect(list).toMatchObject({ items: [{}, {}], standstill: { reason: 'history-unread' } });
  stop.abort();
  await readModels.ended;
  db.close();
});
