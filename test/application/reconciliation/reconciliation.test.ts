/** Reconciliation on a simulated AWS: what others did behind our back is told, once a day or on demand, and nothing is done about it. */

import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  CloseAccountCommand,
  CreateAccountCommand,
  MoveAccountCommand,
  type OrganizationsClient,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-organizations';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Clock } from '../../../src/application/ports/clock.js';
import type { AccountWork } from '../../../src/application/ports/ensures.js';
import { type Reconciliation, startReconciliation } from '../../../src/application/reconciliation/reconciliation.js';
import type { ProviderEvent } from '../../../src/domain/provider/events.js';
import { ownerTag } from '../../../src/infrastructure/aws/creation/account-index.js';
import { openAccountLister } from '../../../src/infrastructure/aws/creation/list-accounts.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openLog } from '../../../src/infrastructure/logging/pino-log.js';
import { openReadModelFiles, type ReadModelFiles } from '../../../src/projections/read-model-table.js';
import { startReadModels } from '../../../src/projections/read-models.js';
import { openReportFile, openReports } from '../../../src/projections/reconciliation-reports/reconciliation-reports.js';
import { type Aws, creation, eventOf, eventually, makeAccount, startAws } from '../../support/aws.js';
import { draft } from '../../support/events.js';
import { until } from '../../support/service.js';
import { payerAssigned, providerRequested, termsAccepted } from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const hourMs = 3_600_000;
const root = 'r-pay1';

/** A clock that stands still until the test moves it; a wait ends when its time has come. */
class HandClock implements Clock {
  readonly #waiting = new Set<{ readonly until: number; readonly wake: () => void }>();
  constructor(private at: number) {}
  now = (): number => this.at;
  wait = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const waiting = { until: this.at + ms, wake: () => this.#waiting.delete(waiting) && resolve() };
      if (signal.aborted) return resolve();
      signal.addEventListener('abort', () => waiting.wake());
      this.#waiting.add(waiting);
    });
  passes(ms: number): void {
    this.at += ms;
    for (const { until: due, wake } of [...this.#waiting]) if (due <= this.at) wake();
  }
}

let aws: Aws;
let payer: OrganizationsClient;
let store: SqliteEventStore;
let db: ReadModelFiles;
let reportFile: DatabaseSync;
let stop: AbortController;
let models: ReturnType<typeof startReadModels>;
let clock: HandClock;

beforeAll(async () => {
  aws = await startAws();
  payer = aws.access.payer('payer-1').organizations;
  const folder = temporaryFolder();
  store = openSqliteEventStore({ file: join(folder, 'events.db') });
  db = openReadModelFiles(join(folder, 'read-models'));
  stop = new AbortController();
  reportFile = openReportFile(join(folder, 'read-models'));
  models = startReadModels(store, db, stop.signal);
  clock = new HandClock(Date.now() + hourMs);
});
afterAll(async () => {
  stop.abort();
  await models.ended;
  db.close();
  reportFile.close();
  await store.close();
  await aws.close();
});

/** An account that was made and linked through the real steps, with the log saying so. */
async function vended(): Promise<AccountWork> {
  const asked = creation();
  const work = await makeAccount(aws, asked);
  const { accountId, payerId, wayIn } = work;
  const { rootEmail, accountName } = asked;
  const linked = eventOf({ kind: 'fact', event: await eventually(aws.ensures.LinkPayer, work) });
  const created: ProviderEvent = {
    type: 'AccountCreated',
    accountId,
    payerId,
    how: 'adopted',
    access: { roleArn: wayIn.roleArn },
  };
  const requested = { ...providerRequested, rootEmail, accountName } as ProviderEvent;
  const story = [requested, termsAccepted, payerAssigned(), created, linked];
  const recorded = await store.append(
    `provider-${work.providerId}`,
    -1,
    story.map((event) => draft(event, { at: Date.now() })),
  );
  expect(await models.waitFor(recorded.at(-1)?.position ?? '', 5_000)).toBe(true);
  return work;
}

let mayAct = true;
const noted: { providerId: string; state: string }[] = [];
function open(changes: Partial<Aws['settings']> = {}): Reconciliation {
  const { access } = aws.restarted(changes);
  const list = openAccountLister({ access, settings: aws.settings, clock });
  const payers = [{ id: 'payer-1' }, { id: 'payer-2' }].map(({ id }) => ({
    ...{ id, territories: ['US'], creationsAtOnce: 5, accountsAllowed: 100 },
  }));
  const rootEmailPattern = 'aws+{token}@vend.example';
  const log = openLog({ level: 'silent', destination: { write: () => undefined } });
  const noteState = async (providerId: string, state: string) => void noted.push({ providerId, state });
  const on = {
    list,
    clock,
    log,
    readModels: models,
    reports: openReports(reportFile),
    noteState,
    mayAct: () => mayAct,
  };
  return startReconciliation({ ...on, settings: { payers, rootEmailPattern } });
}

/** Starts one, waits for its end, and answers with what it found. */
async function reportOf(reconciliation: Reconciliation) {
  reconciliation.start();
  await until(
    async () => reconciliation.running(),
    (since) => since === undefined,
  );
  const report = reconciliation.last();
  if (!report) throw new Error('No report was kept.');
  return report;
}

const isOf =
  (accountId: string | undefined) =>
  (one: { readonly accountId?: string }): boolean =>
    one.accountId === accountId;

test('what others do behind our back is found, each with what could be done, and nothing is done', async () => {
  const [fine, closed, moved, untagged, retagged] = await Promise.all([
    vended(),
    vended(),
    vended(),
    vended(),
    vended(),
  ]);
  const unit = aws.settings.payers[0]?.customersUnit;
  await payer.send(new CloseAccountCommand({ AccountId: closed.accountId }));
  const away = { AccountId: moved.accountId, SourceParentId: unit, DestinationParentId: root };
  await payer.send(new MoveAccountCommand(away));
  await payer.send(new UntagResourceCommand({ ResourceId: untagged.accountId, TagKeys: [ownerTag] }));
  const Tags = [{ Key: ownerTag, Value: fine.providerId }];
  await payer.send(new TagResourceCommand({ ResourceId: retagged.accountId, Tags }));
  const stranger = { Email: 'stranger@elsewhere.example', AccountName: 'stranger' };
  await payer.send(new CreateAccountCommand(stranger));
  const lost = await makeAccount(aws);
  const before = (await aws.control.calls()).length;

  const reconciliation = open();
  const { findings, ...report } = await reportOf(reconciliation);
  await reconciliation.stop();
  const strangerId = (await aws.control.accounts()).find(({ email }) => email === stranger.Email)?.id;
  const kindsOf = (id: string | undefined) => findings.filter(isOf(id)).map(({ kind }) => kind);
  expect(kindsOf(fine.accountId)).toEqual([]);
  expect(kindsOf(closed.accountId)).toEqual(['account-closed']);
  expect(kindsOf(moved.accountId)).toEqual(['account-moved']);
  expect(kindsOf(untagged.accountId)).toEqual(['account-untagged']);
  expect(kindsOf(retagged.accountId)).toEqual(['account-of-another']);
  expect(kindsOf(strangerId)).toEqual(['account-unknown']);
  expect(kindsOf(lost.accountId)).toEqual(['account-unrecorded']);
  expect([findings.length, report.listed, report.recorded]).toEqual([6, 7, 5]);
  expect(findings.every(({ words, action }) => words !== '' && action !== '')).toBe(true);
  // Addresses of strangers are nobody's business here.
  expect(JSON.stringify(findings)).not.toContain('stranger@');
  const calls = (await aws.control.calls()).slice(before).map(({ operation }) => operation);
  const reads = ['ListAccounts', 'ListAccountsForParent', 'ListParents', 'ListTagsForResource', 'AssumeRole'];
  expect(calls.filter((operation) => !reads.includes(operation))).toEqual([]);
}, 30_000);

test('a payer that cannot be read is a finding, in words, and the others are compared', async () => {
  const role = 'arn:aws:iam::444455556666:role/NoSuchRole';
  const payers = aws.settings.payers.map((each) => (each.id === 'payer-2' ? { ...each, roleArn: role } : each));
  const reconciliation = open({ payers });
  const { findings, listed } = await reportOf(reconciliation);
  await reconciliation.stop();
  const [first, ...others] = findings;
  expect(first).toMatchObject({ kind: 'payer-unreadable', payerId: 'payer-2' });
  expect(first?.words).toMatch(/AccessDenied/);
  expect(others.every(({ payerId }) => payerId === 'payer-1')).toBe(true);
  expect(listed).toBeGreaterThan(0);
}, 30_000);

test('it runs once a day by itself, also over restarts, and a report outlives them', async () => {
  const first = open();
  const made = await reportOf(first);
  await first.stop();
  const second = open();
  expect(second.last()).toEqual(made);
  clock.passes(23 * hourMs);
  expect([second.running(), second.last()]).toEqual([undefined, made]);
  // Another instance acts: what is due waits until this one may.
  mayAct = false;
  for (let n = 0; n < 3; n++) {
    clock.passes(hourMs);
    await nextTurn();
    expect([second.running(), second.last()]).toEqual([undefined, made]);
  }
  mayAct = true;
  // The clock is looked at every hour, so that a machine that slept does not oversleep.
  const again = await until(
    async () => {
      clock.passes(hourMs);
      return second.last();
    },
    (last) => last?.startedAt !== made.startedAt,
  );
  expect(Date.parse(again?.startedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(made.finishedAt) + 24 * hourMs);
  await second.stop();
}, 30_000);

test('throttling is waited out', async () => {
  await aws.control.inject({
    service: 'organizations',
    operation: 'ListAccounts',
    kind: 'throttle',
    times: 5,
  } as never);
  const reconciliation = open();
  reconciliation.start();
  await until(
    async () => {
      clock.passes(60_000);
      return reconciliation.running();
    },
    (since) => since === undefined,
  );
  const kinds = reconciliation.last()?.findings.map(({ kind }) => kind);
  await reconciliation.stop();
  expect(kinds).not.toContain('payer-unreadable');
}, 30_000);
