/** What calls about webhooks answer with. */
import Type from 'typebox';
import { count, maybe, named, oneOf, onRecord, pageOf, text, texts, time, uuid } from './shapes.js';

const webhook = {
  id: uuid,
  organization: maybe(text),
  url: text,
  types: texts,
  state: oneOf('enabled', 'disabled', 'removed'),
  subscribedAt: time,
  since: time,
  reason: maybe(oneOf('failing', 'gone', 'person')),
  words: maybe(text),
  secretGeneration: count,
  formerSecretUntil: maybe(time),
};

const secret = Type.String({ description: 'The secret that signs, as Standard Webhooks writes it; shown this once.' });

const delivery = {
  at: time,
  messageId: text,
  type: text,
  tries: count,
  outcome: oneOf('delivered', 'refused', 'failed'),
  status: maybe(count),
  error: maybe(text),
  ms: count,
};

export const deliveryAnswer = named('Delivery', delivery);
export const deliveriesAnswer = named('Deliveries', { items: Type.Array(deliveryAnswer) });
export const webhookAnswer = named('Webhook', webhook);
export const webhookPage = pageOf('WebhookPage', webhookAnswer);
export const webhookChanged = named('WebhookChanged', { ...webhook, ...onRecord });
export const webhookWithSecret = named('WebhookWithSecret', { ...webhook, secret: maybe(secret), ...onRecord });
