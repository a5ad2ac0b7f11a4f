/** What is said of the routes that customers, and services for them, call. */
import type { ProblemCode } from '../kit/problems.js';
import * as catalogues from './catalogue-answers.js';
import * as providers from './provider-answers.js';
import * as sessions from './session-answers.js';
import { whatIfAnswer } from './what-if-answers.js';
import { command, type RouteWords } from './words.js';

const change = (call: string, summary: string, more: readonly ProblemCode[] = []): RouteWords => ({
  call,
  tag: 'Providers',
  summary,
  answer: providers.commandAnswer,
  problems: [...command, ...more],
  key: 'optional',
  decidedOn: true,
});

const organizations: Readonly<Record<string, RouteWords>> = {
  'PUT /v1/organizations/{organization}': {
    call: 'reportOrganization',
    tag: 'Organizations',
    summary: 'Report the facts about a customer organization, all of them.',
    answer: providers.organizationAnswer,
    problems: ['not-found', 'conflict', 'quarantined'],
    decidedOn: true,
  },
  'GET /v1/organizations/{organization}/options': {
    call: 'listOptions',
    tag: 'Organizations',
    summary: 'The ways to get an account, each offered or not and why.',
    answer: catalogues.optionsAnswer,
    problems: ['not-found'],
  },
  'POST /v1/organizations/{organization}/providers': {
    call: 'requestProvider',
    tag: 'Organizations',
    summary: 'Ask for a provider: an AWS account of the organization’s own.',
    answer: providers.commandAnswer,
    problems: [...command, 'ineligible'],
    key: 'required',
    dryRun: whatIfAnswer,
  },
  'GET /v1/organizations/{organization}/providers': {
    call: 'listProviders',
    tag: 'Organizations',
    summary: 'The providers of an organization, the newest first.',
    answer: providers.statusPage,
    problems: ['not-found'],
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
    problems: ['not-found', 'quarantined'],
  },
  'GET /v1/changes': {
    call: 'followChanges',
    tag: 'Providers',
    summary: 'Everything that the reader may see from a position on: as lines up to now, or as events that go on.',
    answer: 'application/x-ndjson',
    or: 'text/event-stream',
    problems: ['not-caught-up'],
  },
  'POST /v1/providers/{id}/terms-acceptance': {
    ...change('acceptTerms', 'Accept the terms in force.', ['stale-terms', 'ineligible']),
    dryRun: whatIfAnswer,
  },
  'POST /v1/providers/{id}/withdraw': change('withdrawProvider', 'Withdraw a request before an account is made.'),
  'POST /v1/providers/{id}/rename': change('renameProvider', 'Give a provider another name.'),
  'POST /v1/providers/{id}/resume': change('resumeProvider', 'Let a halted provider go on.'),
};

const access: Readonly<Record<string, RouteWords>> = {
  'POST /v1/providers/{id}/credentials/reveal': {
    call: 'revealCredentials',
    tag: 'Credentials',
    summary: 'Show the temporary password, as long as it can be used.',
    answer: sessions.revealAnswer,
    problems: command,
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
    answer: sessions.consoleAnswer,
    problems: [...command, 'console-unavailable'],
    key: 'optional',
  },
  'POST /v1/providers/{id}/cli-sessions': {
    call: 'openCommandLine',
    tag: 'Credentials',
    summary: 'Get keys for the command line with a role, good for an hour.',
    answer: sessions.commandLineAnswer,
    problems: [...command, 'session-unavailable'],
    key: 'optional',
  },
};

/** By method and path. */
export const providerRoutes: Readonly<Record<string, RouteWords>> = {
  ...organizations,
  ...oneProvider,
  ...access,
};
