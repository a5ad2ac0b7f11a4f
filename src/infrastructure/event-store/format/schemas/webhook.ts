/** The stored shapes of a webhook's events. */
import Type from 'typebox';
import { count, exactly, text, texts } from './parts.js';

export const webhookSchemas = {
  WebhookSubscribed: exactly({ organization: Type.Optional(text), url: text, types: texts }),
  WebhookRotated: exactly({ generation: count, formerUntil: text }),
  WebhookDisabled: exactly({
    reason: Type.Union([Type.Literal('failing'), Type.Literal('gone'), Type.Literal('person')]),
    words: text,
  }),
  WebhookEnabled: exactly({}),
  WebhookReplayed: exactly({ after: Type.Optional(text) }),
  WebhookRemoved: exactly({}),
};
