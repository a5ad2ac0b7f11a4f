/** A service with something in it, what is known of that, and for each call a request that must succeed. */
import type { Api } from '../../src/cli/client/api.js';
import type { DemoPerson } from '../../src/infrastructure/identity/demo/people.js';
import { settingsWith } from '../outside/support/settings.js';
import { read } from '../support/by-path.js';
import { acceptedProvider, credentialsOf, prepare, startRunning } from '../support/service.js';
import { startSimulator } from '../support/simulator.js';
import { eligible } from '../support/story.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import type { Known } from './requests.js';

export interface Right {
  readonly who: DemoPerson;
  readonly parts?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Heads of the log at once, and limits so high that they end no run; that these hold is shown elsewhere. */
const unlimited = (): string =>
  settingsWith(
    temporaryFolder(),
    [/headEverySeconds: \d+/, 'headEverySeconds: 1'],
    [/revealsPerHour: \d+/, 'revealsPerHour: 1000'],
    [/consoleSessionsPerHour: \d+/, 'consoleSessionsPerHour: 1000'],
    [/revealsPerHourOfAll: \d+/, 'revealsPerHourOfAll: 1000'],
    [/sessionsPerHourOfAll: \d+/, 'sessionsPerHourOfAll: 1000'],
    [/accountsPerOrganizationPerDay: \d+/, 'accountsPerOrganizationPerDay: 100000'],
    [/recordedRefusalsPerOrganizationPerHour: \d+/, 'recordedRefusalsPerOrganizationPerHour: 10000'],
    [/readsPerMinutePerCaller: \d+/, 'readsPerMinutePerCaller: 1000000'],
    [/readsPerMinutePerOrganization: \d+/, 'readsPerMinutePerOrganization: 1000000'],
    [/writesPerMinutePerCaller: \d+/, 'writesPerMinutePerCaller: 1000000'],
    [/writesPerMinutePerOrganization: \d+/, 'writesPerMinutePerOrganization: 1000000'],
    [/# webhooks:\n# {3}privateNetworks: .*/, 'webhooks:\n  privateNetworks: [127.0.0.0/8]'],
  );

/** One provider of acme's in use, and some that are only asked for. */
export async function furnish() {
  const aws = await startSimulator();
  const plain = await prepare(aws.url);
  const grounds = { ...plain, env: { ...plain.env, PARTNER_CLOUD_CONFIG: unlimited() } };
  const service = await startRunning(grounds);
  const id = await acceptedProvider(service.api, grounds.tokens);
  const status = await credentialsOf(service.api, grounds.tokens, id);
  const documents = await termsOf(service.api, grounds.tokens.administrator);
  const webhook = await subscribed(service.url, grounds.tokens.administrator);
  return {
    aws,
    grounds,
    service,
    id,
    webhook,
    position: status.position,
    account: status.account?.id ?? '',
    documents,
  };
}

export type World = Awaited<ReturnType<typeof furnish>>;

/** Nobody listens there, and nothing leaves this machine. */
const receiver = { url: 'http://127.0.0.1:9/' };

async function subscribed(url: string, token: string): Promise<string> {
  const headers = { 'idempotency-key': 'fuzz', 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/v1/webhooks`, { method: 'POST', headers, body: JSON.stringify(receiver) });
  return ((await answer.json()) as { id: string }).id;
}

async function termsOf(api: Api, token: string) {
  const { documents } = await read<{ documents: { party: string; version: string; digest: string }[] }>(
    api,
    '/v1/terms?territory=US',
    token,
  );
  return documents.map(({ party, version, digest }) => ({ party, version, digest }));
}

const nobody = '00000000-0000-5000-8000-000000000000';
const object = 'user/AIDA1/global';

/** What requests at random may name; `id` is of whatever the call is about. */
export const knownOf = ({ id, webhook, position, documents, account }: World, path: string): Known => ({
  id: idsIn(path, id, webhook),
  url: [receiver.url],
  types: ['TermsAccepted', 'head.signed'],
  provider: [id, nobody],
  organization: ['acme', 'acme', 'globex', 'initech'],
  territory: ['US', 'US', 'DE'],
  object: [object],
  accountId: [account],
  documents: [documents[0]],
  ...Object.fromEntries(
    ['position', 'minPosition', 'after', 'cursor', 'at'].map((name) => [name, [position, 'other:1', `${position}0`]]),
  ),
});

function idsIn(path: string, id: string, webhook: string): readonly string[] {
  if (path.startsWith('/v1/payers')) return ['payer-1', 'payer-2', 'all', 'payer-9'];
  return path.startsWith('/v1/webhooks') ? [webhook, id] : [id, id, nobody];
}

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** By call, in an order in which each can succeed; `fresh` is a provider that is only asked for. */
export const rightRequests = ({ id, webhook, position, documents }: World, fresh: readonly [string, string]) => {
  const one = { id };
  const payer = { id: 'payer-1' };
  const hook = { id: webhook };
  const acme = { organization: 'acme' };
  const rights: Readonly<Record<string, Right>> = {
    whoAmI: { who: 'member' },
    listTerritories: { who: 'member' },
    readTerms: { who: 'member', query: { territory: 'US' } },
    listOptions: { who: 'member', parts: acme, query: { territory: 'US' } },
    reportOrganization: { who: 'service', parts: acme, body: eligible },
    listProviders: { who: 'member', parts: acme },
    requestProvider: { who: 'administrator', parts: acme, body: { name: 'Another', origin: 'new', territory: 'US' } },
    readProvider: { who: 'member', parts: one },
    acceptTerms: { who: 'administrator', parts: { id: fresh[0] }, body: { documents } },
    withdrawProvider: { who: 'administrator', parts: { id: fresh[1] } },
    renameProvider: { who: 'administrator', parts: one, body: { name: 'Renamed' } },
    readHistory: { who: 'member', parts: one },
    readReceipt: { who: 'member', parts: one, query: { position } },
    revealCredentials: { who: 'administrator', parts: one },
    openConsole: { who: 'administrator', parts: one, body: { role: 'administrator' } },
    openCommandLine: { who: 'administrator', parts: one, body: { role: 'administrator' } },
    reissueCredentials: { who: 'administrator', parts: one, body: {} },
    followProvider: { who: 'member', parts: one },
    followChanges: { who: 'operator' },
    listPayers: { who: 'operator' },
    readQueue: { who: 'operator' },
    readProjections: { who: 'operator' },
    searchProviders: { who: 'operator' },
    readStatistics: { who: 'operator' },
    pauseVending: { who: 'operator', parts: payer, body: {} },
    resumeVending: { who: 'operator', parts: payer },
    readRollout: { who: 'operator' },
    subscribeWebhook: { who: 'operator', body: receiver },
    listWebhooks: { who: 'auditor' },
    listExceptions: { who: 'auditor' },
    readWebhook: { who: 'administrator', parts: hook },
    rotateWebhookSecret: { who: 'administrator', parts: hook },
    disableWebhook: { who: 'administrator', parts: hook, body: { words: 'It moves.' } },
    enableWebhook: { who: 'administrator', parts: hook },
    testWebhook: { who: 'administrator', parts: hook },
    listDeliveries: { who: 'auditor', parts: hook },
    replayWebhook: { who: 'administrator', parts: hook, body: {} },
    readGuardrails: { who: 'operator', parts: payer },
    readHardening: { who: 'operator', parts: one },
    checkHardening: { who: 'operator', parts: one },
    grantException: {
      who: 'operator',
      parts: { ...one, object },
      body: { owner: 'u-2c85d1e6f09b', reason: 'Tried.', until: inDays(30) },
    },
    revokeException: { who: 'operator', parts: { ...one, object } },
    resumeHalted: { who: 'operator', body: { reason: 'tried-here' } },
    readQuarantine: { who: 'operator' },
    readReconciliation: { who: 'operator' },
    reconcile: { who: 'operator' },
    verifyLog: { who: 'auditor', body: {} },
    readEvidence: { who: 'auditor', parts: one },
    readAuditKeys: { who: 'auditor' },
    readHead: { who: 'auditor' },
    readConsistency: { who: 'auditor', query: { from: '1', to: '2' } },
    exportEvents: { who: 'auditor' },
    isLive: { who: 'member' },
    isReady: { who: 'member' },
    readApiDocument: { who: 'member' },
  };
  return rights;
};

/** Calls that can only succeed when something else has happened before: a fault, a newer baseline. These tests make it happen. */
export const tiedToOthers: Readonly<Record<string, string>> = {
  resumeProvider: 'test/infrastructure/http/routes/resumed.test.ts',
  startRollout: 'test/infrastructure/aws/hardening/hardening.test.ts',
  pauseRollout: 'test/infrastructure/aws/hardening/hardening.test.ts',
  resumeRollout: 'test/infrastructure/aws/hardening/hardening.test.ts',
  removeWebhook: 'test/composition/webhooks.test.ts',
  setAside: 'test/composition/poison.test.ts',
  liftQuarantine: 'test/composition/poison.test.ts',
};
