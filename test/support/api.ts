/** The HTTP API in this process on its real parts: a log, read models, vault and issuer in a folder of their own; no saga runs. */
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Dependencies, Settings } from '../../src/application/dependencies.js';
import { openChanges } from '../../src/application/history/live-feed.js';
import { systemClock } from '../../src/application/ports/clock.js';
import { PresentDelays } from '../../src/application/processes/present-delays.js';
import { startReconciliation } from '../../src/application/reconciliation/reconciliation.js';
import type { Aggregate } from '../../src/application/streams/aggregates.js';
import { sagaCause } from '../../src/application/streams/causes.js';
import { formerLogs } from '../../src/application/streams/former-logs.js';
import { openStreams } from '../../src/application/streams/streams.js';
import { type AuditOptions, openAudit } from '../../src/composition/audit/audit.js';
import { auditedFile } from '../../src/composition/audit/audited-log.js';
import { evidenceSources } from '../../src/composition/audit/evidence.js';
import { webhooksOf } from '../../src/composition/sagas/webhooks.js';
import { loadConfig } from '../../src/config/config.js';
import type { DomainEvent } from '../../src/domain/events.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { startHttp } from '../../src/infrastructure/http/http-server.js';
import type { CallLimits } from '../../src/infrastructure/http/kit/call-limits.js';
import type { LiveLimits } from '../../src/infrastructure/http/kit/live-limits.js';
import type { WireLimits } from '../../src/infrastructure/http/kit/wire-limits.js';
import { openDemoIssuer } from '../../src/infrastructure/identity/demo/issuer.js';
import type { DemoPerson } from '../../src/infrastructure/identity/demo/people.js';
import { openTokenVerifier } from '../../src/infrastructure/identity/token-verifier.js';
import { openLog } from '../../src/infrastructure/logging/pino-log.js';
import { openMetrics } from '../../src/infrastructure/metrics/registry.js';
import { openTerms } from '../../src/infrastructure/terms/terms-folder.js';
import { openSqliteVault } from '../../src/infrastructure/vault/sqlite-vault.js';
import { openReadModelFiles } from '../../src/projections/read-model-table.js';
import { startReadModels } from '../../src/projections/read-models.js';
import { openReportFile, openReports } from '../../src/projections/reconciliation-reports/reconciliation-reports.js';
import { requireDescribed } from './api-contract.js';
import { noDeliveries } from './no-deliveries.js';
import { unreachableGuardrails } from './no-organizations.js';
import { noSessions } from './no-sessions.js';
import { unseenAccounts } from './unseen-accounts.js';

const settings: Settings = {
  reseller: {
    name: 'CenturyLink',
    prefix: 'CTL',
    contact: 'cloud-support@reseller.example',
    analyticsUrl: 'https://analytics.reseller.example',
    monitoringUrl: 'https://monitoring.reseller.example',
  },
  territories: { version: '2026-01', list: [{ code: 'US', name: 'United States' }] },
  rootEmailPattern: 'aws+{token}@reseller.example',
  limits: {
    revealsPerHour: 2,
    consoleSessionsPerHour: 2,
    commandLineSessionsPerHour: 2,
    revealsPerHourOfAll: 100,
    sessionsPerHourOfAll: 100,
    accountsPerOrganizationPerDay: 100,
    recordedRefusalsPerOrganizationPerHour: 20,
  },
  payers: [{ id: 'payer-1', territories: ['US'], creationsAtOnce: 5, accountsAllowed: 10 }],
};

/** An answer with its body read; JSON where it is JSON, text otherwise. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Sending {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** How the log ends its transactions, for tests of what happens when that fails. */
export type Commit = (db: DatabaseSync) => void;

const commits: Commit = (db) => db.exec('COMMIT');

/** Opens everything and starts serving on a free port. */
export async function startApi(
  live: Partial<LiveLimits> = {},
  commit: Commit = commits,
  more: {
    readonly calls?: Partial<CallLimits>;
    readonly allowedOrigins?: readonly string[];
    readonly headEverySeconds?: number;
    readonly wire?: Partial<WireLimits>;
    /** A log that is there already. */
    readonly events?: string;
  } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'partner-cloud-api-'));
  const stop = new AbortController();
  const lines: string[] = [];
  const log = openLog({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  if (more.events !== undefined) copyFileSync(more.events, join(folder, 'log.db'));
  const parts = await openParts(folder, stop.signal, commit);
  const list = async (): Promise<never> => {
    throw new Error('AWS is not reachable in this test.');
  };
  const reports = openReports(parts.reportFile);
  const reconciliation = startReconciliation({
    mayAct: () => true,
    noteState: async () => undefined,
    ...parts.dependencies,
    list,
    reports,
    log,
  });
  const closing = new AsyncDisposableStack();
  const { headEverySeconds = 60 } = more;
  const audit = await auditOf(parts.store, folder, { log, headEverySeconds }, closing);
  const server = await startHttp({
    ...parts,
    audit,
    reconciliation,
    guardrails: unreachableGuardrails('payer-1'),
    hardening: unseenAccounts(),
    webhooks: webhooksOf(
      { webhooks: { privateNetworks: ['127.0.0.0/8'] } },
      { ...parts.dependencies, deliveries: noDeliveries },
    ),
    health: { live: () => ({ status: 'live' }), ready: async () => parts.readiness },
    log,
    live,
    calls: { writesPerMinutePerCaller: 10_000, writesPerMinutePerOrganization: 10_000, ...more.calls },
    allowedOrigins: more.allowedOrigins ?? [],
    wire: more.wire ?? {},
    host: '127.0.0.1',
    port: 0,
  });
  const { streams } = parts.dependencies;
  return {
    audit,
    url: server.url,
    folder,
    lines,
    ...parts,
    ...clientOf(server.url, parts.issuer),
    /** Puts facts of the saga on a stream, as if their steps had been done. */
    async record<S, E extends DomainEvent>(of: Aggregate<S, E>, id: string, ...events: NoInfer<E>[]) {
      for (const event of events) await streams.change(of, id, sagaCause(id, 'test', randomUUID()), () => [event]);
    },
    /** Takes no more requests, as when the service begins to stop. */
    refuse: () => server.refuse(),
    stopServing: () => server.close(),
    /** Ends what follows the log: the read models and the live changes stand still. */
    stopReading: () => stop.abort(),
    async close() {
      await server.close();
      await reconciliation.stop();
      stop.abort();
      await Promise.all([parts.changes.ended, parts.readModels.ended]);
      await closing.disposeAsync();
      await parts.store.close();
      parts.vault.close();
      parts.db.close();
      parts.reportFile.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export type Api = Awaited<ReturnType<typeof startApi>>;

const auditOf = (
  store: SqliteEventStore,
  data: string,
  given: Pick<AuditOptions, 'log' | 'headEverySeconds'>,
  stack: AsyncDisposableStack,
) => {
  const keys = { key: new Uint8Array(32).fill(9), former: undefined };
  const options = {
    evidence: evidenceSources(loadConfig({})),
    store,
    audited: auditedFile(join(data, 'log.db'), () => undefined),
    data,
    keys,
    name: 'partner-cloud',
    clock: systemClock,
    acceptedLoss: false,
    archive: undefined,
    mayAct: () => true,
    ...given,
  };
  return openAudit(options, stack);
};

async function openParts(folder: string, signal: AbortSignal, commit: Commit) {
  const store = openSqliteEventStore({ file: join(folder, 'log.db'), commit });
  const db = openReadModelFiles(join(folder, 'read-models'));
  const reportFile = openReportFile(join(folder, 'read-models'));
  const readModels = startReadModels(store, db, signal);
  const vault = openSqliteVault({ file: join(folder, 'vault.db'), key: new Uint8Array(32).fill(7) });
  const issuer = await openDemoIssuer(join(folder, 'keys'));
  const nudged: string[] = [];
  const presentDelays = new PresentDelays();
  const dependencies: Dependencies = {
    streams: openStreams(store, systemClock, () => undefined),
    store,
    formerLogs: await formerLogs(store, store.logId),
    readModels,
    vault,
    terms: openTerms(join(process.cwd(), 'config', 'terms'), ['US']),
    accountSessions: noSessions,
    accountStates: { look: async () => undefined },
    clock: systemClock,
    metrics: openMetrics(),
    settings,
    presentDelays,
    nudge: (providerId) => void nudged.push(providerId),
  };
  const standstills: unknown[] = [];
  const changes = openChanges(store, undefined, signal, {
    failed: (error) => void standstills.push(error),
    heard: dependencies.streams.heard,
  });
  const checks: Record<string, { ok: boolean; detail?: string }> = { log: { ok: true } };
  const readiness = { ok: true, checks, lagSeconds: 0 };
  return {
    store,
    db,
    reportFile,
    readModels,
    vault,
    issuer,
    dependencies,
    changes,
    standstills,
    nudged,
    presentDelays,
    readiness,
    tokenVerifier: openTokenVerifier(issuer, { log: openLog({ level: 'silent' }) }),
  };
}

/** Calls as people of the demo make them; `nobody` sends no token. */
function clientOf(url: string, issuer: Awaited<ReturnType<typeof openDemoIssuer>>) {
  async function send(
    who: DemoPerson | 'nobody',
    method: string,
    path: string,
    sending: Sending = {},
  ): Promise<Response> {
    const { body, headers, signal } = sending;
    const token = who === 'nobody' ? {} : { authorization: `Bearer ${await issuer.issue(who)}` };
    const content = body === undefined ? {} : { 'content-type': 'application/json' };
    return fetch(`${url}${path}`, {
      method,
      headers: { ...token, ...content, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  }
  /** Every answer is held to the API's own document. */
  const call = async (who: DemoPerson | 'nobody', method: string, path: string, sending?: Sending): Promise<Answer> => {
    const answer = await answered(await send(who, method, path, sending));
    requireDescribed(method, path, answer);
    return answer;
  };
  return { send, call };
}

async function answered(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: json && text !== '' ? JSON.parse(text) : {},
  };
}
