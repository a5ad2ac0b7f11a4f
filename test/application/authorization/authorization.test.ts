/** The one table of actions and roles holds for whatever comes by the buses, whichever way it came in; HTTP plays no part here. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Command, CommandBus, CqrsModule, type Query, QueryBus } from '@nestjs/cqrs';
import { AUDIT } from '../../../src/application/audit/audit.js';
import { GetEvidence, VerifyLog } from '../../../src/application/audit/auditor-calls.js';
import { ExportLog } from '../../../src/application/audit/export-log.js';
import { GetAuditKeys, GetConsistency, GetHead, GetReceipt } from '../../../src/application/audit/witness-calls.js';
import { type Action, actions, reachOf, rolesFor } from '../../../src/application/authorization/actions.js';
import { authorize, seesOrganization } from '../../../src/application/authorization/authorization.js';
import { type Caller, type Role, roles } from '../../../src/application/authorization/identity.js';
import { ChangePayer } from '../../../src/application/commands/change-payer.js';
import { ChangeProvider } from '../../../src/application/commands/change-provider.js';
import { OpenCommandLineSession, OpenConsoleSession } from '../../../src/application/commands/open-session.js';
import { ReportOrganization } from '../../../src/application/commands/report-organization.js';
import { RequestProvider } from '../../../src/application/commands/request-provider.js';
import { ResumeHalted, TryResumption } from '../../../src/application/commands/resume-halted.js';
import { RevealCredentials } from '../../../src/application/commands/reveal-credentials.js';
import { DEPENDENCIES } from '../../../src/application/dependencies.js';
import { ApplyGuardrails, GetGuardrails, GUARDRAILS } from '../../../src/application/guardrails/guardrail-calls.js';
import { handlers } from '../../../src/application/handlers.js';
import {
  CheckHardening,
  DecideException,
  GetHardening,
  HARDENING,
} from '../../../src/application/hardening/hardening-calls.js';
import { ListExceptions } from '../../../src/application/hardening/list-exceptions.js';
import { DecideRollout, GetRollout } from '../../../src/application/hardening/rollout-calls.js';
import { DecideQuarantine, GetQuarantine } from '../../../src/application/quarantine/quarantine-commands.js';
import { GetOptions, GetTerms, GetTerritories } from '../../../src/application/queries/catalogue.js';
import { FollowChanges } from '../../../src/application/queries/follow-changes.js';
import { GetPayers, GetProjections, GetQueue } from '../../../src/application/queries/operations.js';
import { GetHistory } from '../../../src/application/queries/provider-history.js';
import { GetStatus, ListProviders, SearchProviders } from '../../../src/application/queries/providers.js';
import { GetStatistics } from '../../../src/application/queries/statistics.js';
import {
  GetReconciliation,
  RECONCILIATION,
  StartReconciliation,
} from '../../../src/application/reconciliation/reconciliation-calls.js';
import { authorizedSender } from '../../../src/application/streams/causes.js';
import { ChangeWebhook } from '../../../src/application/webhooks/change-webhook.js';
import { GetWebhook, ListWebhooks } from '../../../src/application/webhooks/read-webhooks.js';
import { SubscribeWebhook } from '../../../src/application/webhooks/subscribe-webhook.js';
import { GetDeliveries, TestWebhook } from '../../../src/application/webhooks/try-webhook.js';
import { WEBHOOKS } from '../../../src/application/webhooks/webhook-service.js';
import { TryAcceptance, TryRequest } from '../../../src/application/what-if/what-if.js';
import { webhooksOf } from '../../../src/composition/sagas/webhooks.js';
import { type Api, startApi } from '../../support/api.js';
import { noDeliveries } from '../../support/no-deliveries.js';
import { unreachableGuardrails } from '../../support/no-organizations.js';
import { register, request, subscribe } from '../../support/people.js';
import { eligible } from '../../support/story.js';
import { unseenAccounts } from '../../support/unseen-accounts.js';

let api: Api;
let app: INestApplicationContext;
let id: string;
let webhookId: string;
let webhookOfAll: string;

beforeAll(async () => {
  api = await startApi();
  await register(api);
  id = await request(api, 'authorized');
  webhookId = await subscribe(api, 'authorized');
  webhookOfAll = await subscribe(api, 'authorized', 'operator');
  await api.readModels.waitFor(String(api.store.head()), 5_000);
  class Buses {}
  const nothingDelivered = { ...api.dependencies, deliveries: noDeliveries };
  const reconciliation = { last: () => undefined, running: () => undefined, start: () => '2026-01-01T00:00:00.000Z' };
  Module({
    imports: [CqrsModule],
    providers: [
      ...handlers,
      { provide: DEPENDENCIES, useValue: api.dependencies },
      { provide: GUARDRAILS, useValue: unreachableGuardrails('payer-1') },
      { provide: HARDENING, useValue: unseenAccounts() },
      { provide: RECONCILIATION, useValue: reconciliation },
      { provide: WEBHOOKS, useValue: webhooksOf({ webhooks: { privateNetworks: ['127.0.0.0/8'] } }, nothingDelivered) },
      { provide: AUDIT, useValue: api.audit },
    ],
  })(Buses);
  app = await NestFactory.createApplicationContext(Buses, { logger: false });
  await app.init();
});
afterAll(async () => {
  await app.close();
  await api.close();
});

type Asked = Command<unknown> | Query<unknown>;

/** What each action is done by. */
const asking: Readonly<Record<Action, (caller: Caller) => readonly Asked[]>> = {
  reportOrganization: (caller) => [new ReportOrganization('acme', eligible, by(caller))],
  readCatalogue: (caller) => [new GetTerritories(caller), new GetTerms('US', caller)],
  readOptions: (caller) => [new GetOptions('acme', 'US', caller)],
  requestProvider: (caller) => [new RequestProvider('acme', production, { caller, key: 'authorized' })],
  tryRequest: (caller) => [new TryRequest('acme', production, { caller, key: 'authorized' })],
  readProviders: (caller) => [new GetStatus(id, caller), new ListProviders('acme', { limit: 1 }, caller)],
  readHistory: (caller) => [
    new GetHistory(id, undefined, 1, caller),
    new GetReceipt(id, String(api.store.head()), caller),
  ],
  acceptTerms: (caller) => [new ChangeProvider(id, { type: 'AcceptTerms', documents: [] }, by(caller))],
  tryAcceptance: (caller) => [new TryAcceptance(id, [], by(caller))],
  withdraw: (caller) => [new ChangeProvider(id, { type: 'Withdraw' }, by(caller))],
  rename: (caller) => [new ChangeProvider(id, { type: 'Rename', name: 'Other' }, by(caller))],
  resume: (caller) => [new ChangeProvider(id, { type: 'Resume' }, by(caller))],
  resumeHalted: (caller) => [
    new ResumeHalted({ reason: 'tried-here' }, by(caller)),
    new TryResumption({ reason: 'tried-here' }, caller),
  ],
  revealCredentials: (caller) => [new RevealCredentials(id, by(caller))],
  reissueCredentials: (caller) => [new ChangeProvider(id, { type: 'Reissue', resetMfa: false }, by(caller))],
  openConsole: (caller) => [new OpenConsoleSession(id, 'administrator', by(caller))],
  openReadOnlyConsole: (caller) => [new OpenConsoleSession(id, 'read-only', by(caller))],
  openCommandLine: (caller) => [new OpenCommandLineSession(id, 'administrator', by(caller))],
  openReadOnlyCommandLine: (caller) => [new OpenCommandLineSession(id, 'read-only', by(caller))],
  readGuardrails: (caller) => [new GetGuardrails('payer-1', caller)],
  applyGuardrails: (caller) => [new ApplyGuardrails('payer-1', `jcs1:${'0'.repeat(64)}`, by(caller))],
  readStatistics: (caller) => [new GetStatistics({ by: 'day', organization: 'acme' }, caller)],
  readHardening: (caller) => [new GetHardening(id, caller)],
  readRollout: (caller) => [new GetRollout(caller)],
  decideRollout: (caller) => [new DecideRollout({ type: 'Pause' }, by(caller))],
  checkHardening: (caller) => [new CheckHardening(id, caller)],
  decideExceptions: (caller) => [new DecideException(id, 'role/CTLOperationsRole/global', undefined, by(caller))],
  listExceptions: (caller) => [new ListExceptions({ limit: 1, organization: 'acme' }, caller)],
  readOperations: (caller) => [
    ...[new GetPayers(caller), new GetQueue(undefined, 1, caller), new GetProjections(caller)],
    new SearchProviders({ limit: 1 }, caller),
  ],
  pauseVending: (caller) => [new ChangePayer('payer-1', { type: 'PauseVending' }, by(caller))],
  resumeVending: (caller) => [new ChangePayer('payer-1', { type: 'ResumeVending' }, by(caller))],
  readQuarantine: (caller) => [new GetQuarantine(caller)],
  decideQuarantine: (caller) => [new DecideQuarantine('Lift', `provider-${id}`, 'A test.', by(caller))],
  readReconciliation: (caller) => [new GetReconciliation(caller)],
  reconcile: (caller) => [new StartReconciliation(caller)],
  subscribeWebhook: (caller) => [
    new SubscribeWebhook({ url: 'https://hooks.customer.example/', types: [] }, { caller, key: 'authorized' }),
  ],
  listWebhooks: (caller) => [new ListWebhooks({ limit: 1 }, caller)],
  readWebhook: (caller) => [new GetWebhook(webhookId, caller), new GetDeliveries(webhookId, caller)],
  changeWebhook: (caller) => [
    new ChangeWebhook(webhookId, { type: 'Disable', words: 'A test.' }, by(caller)),
    // An operator tests none of an organization's.
    new TestWebhook(caller.roles.includes('operator') ? webhookOfAll : webhookId, caller),
  ],
  exportEvents: (caller) => [new ExportLog({}, undefined, AbortSignal.abort(), caller)],
  followChanges: (caller) => [new FollowChanges(caller)],
  readEvidence: (caller) => [new GetEvidence(id, undefined, caller)],
  verifyLog: (caller) => [new VerifyLog(undefined, undefined, caller)],
  readHeads: (caller) => [new GetAuditKeys(caller), new GetHead(caller), new GetConsistency(1, 1, caller)],
};

const production = { name: 'Production', origin: 'new', territory: 'US' } as const;
const by = (caller: Caller) => ({ caller, key: undefined });

const as = (organization: string | undefined, ...held: readonly Role[]): Caller => ({
  actor: `issuer#${held.join('-')}`,
  subject: held.join('-'),
  organization,
  roles: held,
  service: { organizations: organization === undefined ? [] : [organization], mayAcceptTerms: true },
  onBehalfOf: 'u-1',
});

/** What comes of it: `done`, or the code of the refusal. */
async function outcome(asked: Asked): Promise<string> {
  try {
    await (asked instanceof Command ? app.get(CommandBus).execute(asked) : app.get(QueryBus).execute(asked));
    return 'done';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

const table = (Object.keys(actions) as Action[]).flatMap((action) => roles.map((role) => [action, role] as const));

test.each(table)('%s by %s: allowed or forbidden as the table says', async (action, role) => {
  const allowed = reachOf(action, role) !== undefined;
  const before = api.store.head();
  for (const asked of asking[action](as('acme', role))) {
    const came = await outcome(asked);
    expect([asked.constructor.name, came === 'forbidden']).toEqual([asked.constructor.name, !allowed]);
  }
  if (!allowed) expect(api.store.head()).toBe(before);
});

/** What names nothing that could be another organization's. */
const ofNobody: readonly Action[] = [
  ...(['readCatalogue', 'readHeads', 'subscribeWebhook', 'listWebhooks'] as const),
  // What belongs to others is left out of it.
  'followChanges',
];
const own = table.filter(
  ([action, role]) =>
    reachOf(action, role) !== 'all' && reachOf(action, role) !== undefined && !ofNobody.includes(action),
);

test.each(own)('%s by %s of another organization: there is no such thing', async (action, role) => {
  for (const asked of asking[action](as('globex', role))) expect(await outcome(asked)).toBe('not-found');
});

test('every handler is tried here', () => {
  const asked = Object.values(asking).flatMap((ask) => ask(as('acme', 'operator')));
  const tried = asked.map((one) => `${one.constructor.name}Handler`);
  expect([...new Set(tried)].sort()).toEqual(handlers.map(({ name }) => name).sort());
});

test('a token without a role of ours is told so', () => {
  expect(() => authorize('rename', as('acme'))).toThrow(/your token has no role known here/);
});

test('nobody commands with the reach of a role that only reads', () => {
  const caller = as('acme', 'auditor', 'administrator');
  expect(authorize('rename', caller)).toMatchObject({ roles: ['administrator'], reach: 'own' });
  expect(authorize('readHistory', caller)).toMatchObject({ roles: ['auditor', 'administrator'], reach: 'all' });
  expect(rolesFor('resume')).toEqual(['administrator', 'operator']);
});

test('a service reaches the organizations of its token, all of them where it says so, and none where it says nothing', () => {
  const reaches = (organizations: readonly string[]) => {
    const service = { organizations, mayAcceptTerms: false };
    const caller = authorize('readProviders', { ...as('acme', 'service'), service });
    return ['acme', 'globex', '*'].filter((organization) => seesOrganization(caller, organization));
  };
  expect([reaches([]), reaches(['globex']), reaches(['*'])]).toEqual([[], ['globex'], ['acme', 'globex', '*']]);
  expect(seesOrganization(authorize('readProviders', as(undefined, 'member')), 'acme')).toBe(false);
});

test('statistics of all organizations are for who reads all; a token without an organization reads none', async () => {
  const query = new GetStatistics({ by: 'day' }, as(undefined, 'member'));
  expect(await outcome(query)).toBe('invalid');
  expect(await outcome(new GetStatistics({ by: 'day' }, as('acme', 'service')))).toBe('done');
});

test('an administrator whose token names no organization subscribes to nobody, and sees no webhook', async () => {
  const asked = { url: 'https://hooks.customer.example/', types: [] };
  const nobodys = as(undefined, 'administrator');
  const by = { caller: nobodys, key: 'of-nobody' };
  const before = api.store.head();
  expect(await outcome(new SubscribeWebhook(asked, by))).toBe('forbidden');
  expect(api.store.head()).toBe(before);
  expect(await app.get(QueryBus).execute(new ListWebhooks({ limit: 10 }, nobodys))).toEqual({ items: [] });
});

test('who is a service and an administrator acts as the administrator alone, unless a person is named', () => {
  const service = { organizations: ['globex'], mayAcceptTerms: true };
  const { onBehalfOf: _, ...both } = as('acme', 'administrator', 'service');
  const caller = { ...both, service };
  const reach = (onBehalfOf?: string) =>
    authorizedSender('acceptTerms', { caller: { ...caller, ...(onBehalfOf && { onBehalfOf }) }, key: undefined })
      .caller;
  expect(reach()).toMatchObject({ roles: ['administrator'], within: ['acme'] });
  expect(reach('person-1').within).toContain('globex');
});
