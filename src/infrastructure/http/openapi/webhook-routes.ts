/** What is said of the routes about webhooks. */
import type { TSchema } from 'typebox';
import * as answers from './webhook-answers.js';
import type { RouteWords } from './words.js';

const change = (call: string, summary: string, answer: TSchema = answers.webhookChanged): RouteWords => ({
  call,
  tag: 'Webhooks',
  summary,
  answer,
  problems: ['not-found', 'quarantined', 'conflict', 'idempotency-key-reused'],
  key: 'optional',
});

/** By method and path. */
export const webhookRoutes: Readonly<Record<string, RouteWords>> = {
  'POST /v1/webhooks': {
    ...change('subscribeWebhook', 'Have facts sent to an address by signed requests.', answers.webhookWithSecret),
    problems: ['wrong-stage', 'quarantined', 'conflict', 'idempotency-key-reused'],
    key: 'required',
  },
  'GET /v1/webhooks': {
    call: 'listWebhooks',
    tag: 'Webhooks',
    summary: 'The webhooks of the organization, or all of them.',
    answer: answers.webhookPage,
  },
  'GET /v1/webhooks/{id}': {
    call: 'readWebhook',
    tag: 'Webhooks',
    summary: 'One webhook as it is now, and why it is disabled where it is.',
    answer: answers.webhookAnswer,
    problems: ['not-found', 'quarantined'],
  },
  'DELETE /v1/webhooks/{id}': change('removeWebhook', 'Send nothing more, and destroy the secrets.'),
  'POST /v1/webhooks/{id}/rotate': change(
    'rotateWebhookSecret',
    'Make another secret; the former one signs beside it for a day.',
    answers.webhookWithSecret,
  ),
  'POST /v1/webhooks/{id}/disable': change('disableWebhook', 'Let a webhook rest.'),
  'POST /v1/webhooks/{id}/enable': change('enableWebhook', 'Let a webhook go on where it stood.'),
  'POST /v1/webhooks/{id}/test': {
    call: 'testWebhook',
    tag: 'Webhooks',
    summary: 'Send a test now, and see what comes of it.',
    answer: answers.deliveryAnswer,
    problems: ['not-found', 'quarantined'],
  },
  'GET /v1/webhooks/{id}/deliveries': {
    call: 'listDeliveries',
    tag: 'Webhooks',
    summary: 'What came of the last requests.',
    answer: answers.deliveriesAnswer,
    problems: ['not-found', 'quarantined'],
  },
  'POST /v1/webhooks/{id}/replay': change('replayWebhook', 'Send everything after a position again.'),
};
