/** What is said of each route beyond what its inputs and its action say: what it is for, what it answers, how it is refused. */
import Type, { type TSchema } from 'typebox';
import type { ProblemCode } from '../kit/problems.js';
import * as operations from './operation-answers.js';
import * as providers from './provider-answers.js';

/** What a route is said to be. */
export interface RouteWords {
  /** A unique name of the call, which generated clients use. */
  readonly call: string;
  readonly tag:
    | 'Organizations'
    | 'Catalogue'
    | 'Providers'
    | 'Credentials'
    | 'Audit'
    | 'Payers'
    | 'Operations'
    | 'Service';
  readonly summary: string;
  /** What it answers with when it succeeds; a text where the answer is a stream of events. */
  readonly answer: TSchema | 'text/event-stream';
  /** How it can be refused, beyond what every route of its kind can be refused for. */
  readonly problems?: readonly ProblemCode[];
  /** Whether an Idempotency-Key has a meaning here, and whether it must be there. */
  readonly key?: 'optional' | 'required';
  /** Whether a read with `If-None-Match` may be answered with 304. */
  readonly conditional?: true;
}

const command = ['not-found', 'wrong-stage', 'quarantined', 'conflict', 'idempotency-key-reused'] as const;
const use = [...command, 'rate-limited'] as const;

const change = (call: string, summary: string, more: readonly ProblemCode[] = []): RouteWords => ({
  call,
  tag: 'Providers',
  summary,
  answer: providers.commandAnswer,
  problems: [...command, ...more],
  key: 'optional',
});

const operation = (
  call: string,
  summary: string,
  answer: TSchema,
  problems: readonly ProblemCode[] = [],
): RouteWords => ({
  call,
  tag: 'Operations',
  summary,
  answer,
  problems,
});

const organizations: Readonly<Record<string, RouteWords>> = {
  'PUT /v1/organizations/{organization}': {
    call: 'reportOrganization',
    tag: 'Organizations',
    summary: 'Report the facts about a customer organization, all of them.',
    answer: providers.organizationAnswer,
    problems: ['conflict', 'quarantined'],
  },
  'GET /v1/organizations/{organization}/options': {
    call: 'listOptions',
    tag: 'Organizations',
    summary: 'The ways to get an account, each offered or not and why.',
    answer: providers.optionsAnswer,
    problems: ['not-found'],
  },
  'POST /v1/organizations/{organization}/providers': {
    call: 'requestProvider',
    tag: 'Organizations',
    summary: 'Ask for a provider: an AWS account of the organization’s own.',
    answer: providers.commandAnswer,
    problems: [...command, 'ineligible', 'rate-limited'],
    key: 'required',
  },
  'GET /v1/organizations/{organization}/providers': {
    call: 'listProviders',
    tag: 'Organizations',
    summary: 'The providers of an organization, the newest first.',
    answer: providers.statusPage,
    problems: ['not-found'],
  },
};

const catalogue: Readonly<Record<string, RouteWords>> = {
  'GET /v1/me': {
    call: 'whoAmI',
    tag: 'Catalogue',
    summary: 'Who calls, as this service understands the token.',
    answer: providers.meAnswer,
  },
  'GET /v1/territories': {
    call: 'listTerritories',
    tag: 'Catalogue',
    summary: 'The territories that are served.',
    answer: providers.territoriesAnswer,
  },
  'GET /v1/terms': {
    call: 'readTerms',
    tag: 'Catalogue',
    summary: 'The terms in force for a territory, with their digests.',
    answer: providers.termsAnswer,
  },
};

const oneProvider: Readonly<Record<string, RouteWords>> = {
  'GET /v1/providers/{id}': {
    call: 'readProvider',
    tag: 'Providers',
    summary: 'Where a provider stands: its stage, its steps, what it waits for.',
    answer: providers.statusAnswer,
    problems: ['not-found'],
    conditional: true,
  },
  'GET /v1/providers/{id}/history': {
    call: 'readHistory',
    tag: 'Providers',
    summary: 'The facts of a provider that the reader may see, the oldest first.',
    answer: providers.historyPage,
    problems: ['not-found'],
  },
  'GET /v1/providers/{id}/changes': {
    call: 'followProvider',
    tag: 'Providers',
    summary: 'The facts of a provider as they happen, as server-sent events.',
    answer: 'text/event-stream',
    problems: ['not-found', 'rate-limited'],
  },
  'POST /v1/providers/{id}/terms-acceptance': change('acceptTerms', 'Accept the terms in force.', [
    'stale-terms',
    'ineligible',
  ]),
  'POST /v1/providers/{id}/withdraw': change('withdrawProvider', 'Withdraw a request before an account is made.'),
  'POST /v1/providers/{id}/rename': change('renameProvider', 'Give a provider another name.'),
  'POST /v1/providers/{id}/resume': change('resumeProvider', 'Let a halted provider go on.'),
};

const access: Readonly<Record<string, RouteWords>> = {
  'POST /v1/providers/{id}/credentials/reveal': {
    call: 'revealCredentials',
    tag: 'Credentials',
    summary: 'Show the temporary password, as long as it can be used.',
    answer: providers.revealAnswer,
    problems: use,
    key: 'optional',
  },
  'POST /v1/providers/{id}/credentials/reissue': {
    ...change('reissueCredentials', 'Ask for a new temporary password.'),
    tag: 'Credentials',
  },
  'POST /v1/providers/{id}/console-sessions': {
    call: 'openConsole',
    tag: 'Credentials',
    summary: 'Open the AWS console with a role.',
    answer: providers.consoleAnswer,
    problems: [...use, 'console-unavailable'],
    key: 'optional',
  },
};

const audit: Readonly<Record<string, RouteWords>> = {
  'GET /v1/providers/{id}/receipt': {
    call: 'readReceipt',
    tag: 'Audit',
    summary: 'The proof that one fact of a provider is in the log.',
    answer: operations.receiptAnswer,
    problems: ['not-found', 'head-pending'],
  },
  'POST /v1/audit/verify': {
    call: 'verifyLog',
    tag: 'Audit',
    summary: 'Verify the whole log against a signed head.',
    answer: operations.verificationAnswer,
  },
  'GET /v1/audit/keys': {
    call: 'readAuditKeys',
    tag: 'Audit',
    summary: 'The keys that sign heads of the log.',
    answer: operations.keysAnswer,
  },
  'GET /v1/audit/head': {
    call: 'readHead',
    tag: 'Audit',
    summary: 'The head of the log that was signed last.',
    answer: operations.headAnswer,
    problems: ['head-pending'],
  },
  'GET /v1/audit/consistency': {
    call: 'readConsistency',
    tag: 'Audit',
    summary: 'The proof that one head of the log grew out of another.',
    answer: operations.consistencyAnswer,
  },
};

const brake = (call: string, summary: string): RouteWords => ({
  call,
  tag: 'Payers',
  summary,
  answer: operations.payerAnswer,
  problems: ['not-found', 'conflict', 'quarantined', 'idempotency-key-reused'],
  key: 'optional',
});

const payers: Readonly<Record<string, RouteWords>> = {
  'POST /v1/payers/{id}/pause': brake('pauseVending', 'Pause the making of accounts at a payer.'),
  'POST /v1/payers/{id}/resume': brake('resumeVending', 'Let accounts be made at a payer again.'),
  'GET /v1/payers/{id}/guardrails': {
    call: 'readGuardrails',
    tag: 'Payers',
    summary: 'What guardrails stand at a payer, and what an application would change.',
    answer: operations.guardrailsAnswer,
    problems: ['not-found', 'wrong-stage', 'quarantined', 'organization-unavailable'],
  },
  'POST /v1/payers/{id}/guardrails': {
    call: 'applyGuardrails',
    tag: 'Payers',
    summary: 'Apply just the plan of guardrails that was shown.',
    answer: operations.guardrailsApplied,
    problems: [...command, 'stale-plan', 'organization-unavailable'],
    key: 'optional',
  },
};

const decide = (call: string, summary: string): RouteWords => ({
  ...operation(call, summary, operations.decisionAnswer, command),
  key: 'optional',
});

const watched: Readonly<Record<string, RouteWords>> = {
  'GET /v1/payers': operation('listPayers', 'The payers with their room.', operations.payersAnswer, ['quarantined']),
  'GET /v1/queue': operation('readQueue', 'Who waits for a payer, in the order of service.', operations.queueAnswer),
  'GET /v1/projections': operation('readProjections', 'Where each read model stands.', operations.projectionsAnswer),
  'GET /v1/providers': operation('searchProviders', 'A search over all providers.', providers.statusPage),
  'GET /v1/quarantine': operation(
    'readQuarantine',
    'Which streams are set aside or cannot be read.',
    operations.quarantineAnswer,
  ),
  'POST /v1/quarantine': decide('setAside', 'Set a stream aside that cannot be read.'),
  'POST /v1/quarantine/lift': decide('liftQuarantine', 'Put a stream that was set aside back into use.'),
  'GET /v1/reconciliation': operation(
    'readReconciliation',
    'The last comparison with AWS.',
    operations.reconciliationAnswer,
  ),
  'POST /v1/reconciliation': operation('reconcile', 'Compare with AWS now.', operations.reconciliationStarted),
};

const service: Readonly<Record<string, RouteWords>> = {
  'GET /health/live': {
    call: 'isLive',
    tag: 'Service',
    summary: 'Whether the process runs.',
    answer: operations.liveAnswer,
  },
  'GET /health/ready': {
    call: 'isReady',
    tag: 'Service',
    summary: 'Whether requests can be served, and how each part stands.',
    answer: operations.readyAnswer,
  },
  'GET /openapi.json': {
    call: 'readApiDocument',
    tag: 'Service',
    summary: 'This description.',
    answer: Type.Object({ openapi: Type.String() }),
  },
};

/** Every route by method and path, as the document writes them; a test finds a route that is missing here. */
export const routeWords: Readonly<Record<string, RouteWords>> = {
  ...organizations,
  ...catalogue,
  ...oneProvider,
  ...access,
  ...audit,
  ...payers,
  ...watched,
  ...service,
};
