/** Reconciliation while the read models do not hold all that is recorded: nobody is advised to close an account in use. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { systemClock } from '../../../src/application/ports/clock.js';
import type { Report } from '../../../src/application/reconciliation/compare.js';
import { startReconciliation } from '../../../src/application/reconciliation/reconciliation.js';
import { recordedProviders } from '../../../src/application/reconciliation/recorded.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { ListedAccount, RecordedProvider } from '../../../src/domain/reconciliation/accounts.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openReadModelFiles } from '../../../src/projections/read-model-table.js';
import { startReadModels } from '../../../src/projections/read-models.js';
import { draft, sample } from '../../support/events.js';
import { fromLater, whyUnreadable, writeAsLater } from '../../support/poison.js';
import { readsProviders } from '../../support/read-models-of-providers.js';
import { until } from '../../support/service.js';
import { active, payerAssigned, payerRefused, providerRequested, termsAccepted } from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let folder: string;
let store: SqliteEventStore;

beforeEach(() => {
  folder = temporaryFolder();
  store = openSqliteEventStore({ file: join(folder, 'events.db') });
});
afterEach(() => store.close());

const append = (stream: string, ...events: readonly DomainEvent[]) =>
  store.append(
    stream,
    -1,
    events.map((event) => draft(event)),
  );

type Models = ReturnType<typeof startReadModels>;

async function withReadModels<T>(signal: AbortSignal, work: (models: Models) => Promise<T>): Promise<T> {
  const db = openReadModelFiles(join(folder, 'read-models'));
  const stop = new AbortController();
  const models = startReadModels(store, db, AbortSignal.any([signal, stop.signal]));
  try {
    return await work(models);
  } finally {
    stop.abort();
    await models.ended;
    db.close();
  }
}

const never = new AbortController().signal;

/** What the payer lists: a linked account in use, tagged as that of provider 1. */
const inUse: ListedAccount = {
  accountId: '123456789012',
  email: 'aws+00000000000000000000000001@example.com',
  state: 'ACTIVE',
  parentId: 'ou-1',
  owner: '1',
};

/** Compares once; answers with the report that was kept, if any, and what was logged as errors. */
async function compared(readModels: Models): Promise<{ report: Report | undefined; errors: unknown[] }> {
  let report: Report | undefined;
  const errors: unknown[] = [];
  const reconciliation = startReconciliation({
    mayAct: () => true,
    list: async (payerId) => ({ payerId, unit: 'ou-1', accounts: [inUse] }),
    reports: {
      last: () => report,
      keep(kept) {
        report = kept;
      },
    },
    noteState: async () => undefined,
    readModels,
    settings: {
      payers: [{ id: 'payer-1', territories: ['US'], creationsAtOnce: 5, accountsAllowed: 9 }],
      rootEmailPattern: 'aws+{token}@example.com',
    },
    clock: systemClock,
    log: { info: () => undefined, warn: () => undefined, error: (about) => void errors.push(about) },
  });
  reconciliation.start();
  await until(
    async () => reconciliation.running(),
    (since) => since === undefined,
  );
  await reconciliation.stop();
  return { report, errors };
}

test('while read models are being filled there is no report, and the log says why', async () => {
  await append('provider-1', ...active);
  const { report, errors } = await withReadModels(AbortSignal.abort(), compared);
  expect(report).toBeUndefined();
  expect(errors).toEqual([{ words: expect.stringMatching(/does not hold all accounts yet: it is being filled/) }]);
});

test('a report that rests on read models that stand still says so, and that no account is to be closed', async () => {
  await append('provider-2', providerRequested);
  await withReadModels(never, async (models) => {
    expect(await models.waitFor(store.head() ?? '', 5_000)).toBe(true);
    await writeAsLater(join(folder, 'events.db'), 'provider-2', fromLater);
    await append('provider-1', ...active);
    await until(
      async () => models.health(),
      (health) => health.every(({ model, stopped }) => !readsProviders(model) || stopped !== undefined),
    );
    const { report } = await compared(models);
    expect(report?.findings.map(({ kind }) => kind)).toEqual(['account-unrecorded']);
    expect(report?.caution).toMatch(`(provider-2 revision 1: ${whyUnreadable}); what was recorded later is missing.`);
    expect(report?.caution).toMatch(/Close no account/);
  });
});

test('the account of a provider that is set aside is said to be that, and not to be closed', async () => {
  await append('provider-1', providerRequested);
  await writeAsLater(join(folder, 'events.db'), 'provider-1', fromLater);
  await append('quarantine-streams', sample('StreamQuarantined', { stream: 'provider-1', fromRevision: 1 }));
  await withReadModels(never, async (models) => {
    expect(await models.waitFor(store.head() ?? '', 5_000)).toBe(true);
    const { report } = await compared(models);
    expect(report?.findings).toMatchObject([{ kind: 'account-set-aside', providerId: '1' }]);
    expect(report?.caution).toBeUndefined();
  });
});

test('who was refused by a payer may find an account yet, and who never had one may not', async () => {
  await append('provider-1', providerRequested, termsAccepted, payerAssigned(), payerRefused());
  await append('provider-2', providerRequested, termsAccepted);
  await withReadModels(never, async (models) => {
    expect(await models.waitFor(store.head() ?? '', 5_000)).toBe(true);
    const recorded: RecordedProvider[] = [];
    for await (const page of recordedProviders(models)) recorded.push(...page);
    expect(recorded.map(({ providerId, creating }) => [providerId, creating])).toEqual([
      ['1', true],
      ['2', false],
    ]);
  });
});
