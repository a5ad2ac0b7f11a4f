/** What is said of the routes about the hardening of accounts in use. */
import * as answers from './hardening-answers.js';
import { command, type RouteWords } from './words.js';

const exception = (call: string, summary: string): RouteWords => ({
  call,
  tag: 'Providers',
  summary,
  answer: answers.exceptionAnswer,
  problems: [...command],
});

/** By method and path. */
export const hardeningRoutes: Readonly<Record<string, RouteWords>> = {
  'GET /v1/providers/{id}/hardening': {
    call: 'readHardening',
    tag: 'Providers',
    summary: 'How an account in use stands against what it was hardened with.',
    answer: answers.hardeningAnswer,
    problems: ['not-found', 'wrong-stage', 'quarantined'],
  },
  'POST /v1/providers/{id}/hardening-checks': {
    call: 'checkHardening',
    tag: 'Providers',
    summary: 'Look at the hardening of an account now.',
    answer: answers.checkAnswer,
    problems: ['not-found', 'wrong-stage', 'quarantined'],
  },
  'PUT /v1/providers/{id}/exceptions/{object}': exception('grantException', 'Leave an object as it is, for a time.'),
  'DELETE /v1/providers/{id}/exceptions/{object}': exception(
    'revokeException',
    'Hold an object to the baseline again.',
  ),
};
