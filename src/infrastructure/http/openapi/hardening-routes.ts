/** What is said of the routes about the hardening of accounts in use. */
import * as answers from './hardening-answers.js';
import { command, type RouteWords } from './words.js';

const exception = (call: string, summary: string): RouteWords => ({
  call,
  tag: 'Providers',
  summary,
  answer: answers.exceptionAnswer,
  problems: [...command],
  decidedOn: true,
  tagged: true,
});

const rollout = (call: string, summary: string): RouteWords => ({
  call,
  tag: 'Operations',
  summary,
  answer: answers.rolloutAnswer,
  problems: ['wrong-stage', 'stale-plan', 'quarantined', 'conflict', 'idempotency-key-reused'],
  key: 'optional',
});

/** By method and path. */
export const hardeningRoutes: Readonly<Record<string, RouteWords>> = {
  'GET /v1/providers/{id}/hardening': {
    call: 'readHardening',
    tag: 'Providers',
    summary: 'How an account in use stands against what it was hardened with.',
    answer: answers.hardeningAnswer,
    problems: ['not-found', 'wrong-stage', 'quarantined'],
    tagged: true,
  },
  'POST /v1/providers/{id}/hardening-checks': {
    call: 'checkHardening',
    tag: 'Providers',
    summary: 'Look at the hardening of an account now.',
    answer: answers.checkAnswer,
    problems: ['not-found', 'wrong-stage', 'quarantined'],
  },
  'GET /v1/baseline-rollouts': {
    call: 'readRollout',
    tag: 'Operations',
    summary: 'What a newer baseline would change, and how far its rollout has come.',
    answer: answers.rolloutPlan,
    problems: ['quarantined'],
  },
  'POST /v1/baseline-rollouts': rollout('startRollout', 'Bring the baseline that was shown to the accounts in use.'),
  'POST /v1/baseline-rollouts/pause': rollout('pauseRollout', 'Let a rollout rest.'),
  'POST /v1/baseline-rollouts/resume': rollout('resumeRollout', 'Let a rollout go on.'),
  'GET /v1/exceptions': {
    call: 'listExceptions',
    tag: 'Operations',
    summary: 'Exceptions from the hardening, over all accounts.',
    answer: answers.exceptionPage,
    problems: ['not-found'],
  },
  'PUT /v1/providers/{id}/exceptions/{object}': {
    ...exception('grantException', 'Leave an object as it is, for a time.'),
    onlyNew: true,
  },
  'DELETE /v1/providers/{id}/exceptions/{object}': exception(
    'revokeException',
    'Hold an object to the baseline again.',
  ),
};
