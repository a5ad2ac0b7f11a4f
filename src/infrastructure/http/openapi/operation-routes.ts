/** What is said of the routes that operators, auditors and orchestrators call. */
import Type, { type TSchema } from 'typebox';
import type { ProblemCode } from '../kit/problems.js';
import * as operations from './operation-answers.js';
import { statusPage } from './provider-answers.js';
import { resumptionAnswer, resumptionPlan } from './resumption-answers.js';
import { statisticsAnswer } from './statistics-answers.js';
import { command, type RouteWords } from './words.js';

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
  'GET /v1/statistics': operation(
    'readStatistics',
    'What happened over time, for one organization or all of them.',
    statisticsAnswer,
    ['not-found', 'quarantined'],
  ),
  'GET /v1/queue': operation('readQueue', 'Who waits for a payer, in the order of service.', operations.queueAnswer),
  'GET /v1/projections': operation('readProjections', 'Where each read model stands.', operations.projectionsAnswer),
  'GET /v1/providers': operation('searchProviders', 'A search over all providers.', statusPage),
  'GET /v1/quarantine': operation(
    'readQuarantine',
    'Which streams are set aside or cannot be read.',
    operations.quarantineAnswer,
  ),
  'POST /v1/quarantine': decide('setAside', 'Set a stream aside that cannot be read.'),
  'POST /v1/quarantine/lift': decide('liftQuarantine', 'Put a stream that was set aside back into use.'),
  'POST /v1/resumptions': {
    ...operation('resumeHalted', 'Let all go on who halted for the same.', resumptionAnswer, command),
    key: 'optional',
    dryRun: resumptionPlan,
  },
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

/** By method and path. */
export const operationRoutes: Readonly<Record<string, RouteWords>> = {
  ...payers,
  ...watched,
  ...service,
};
