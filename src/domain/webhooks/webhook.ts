/** A webhook from its subscription to its removal. */
import { foreignEvent } from '../foreign-event.js';
import { Refusal } from '../refusal.js';
import type { WebhookDisabled, WebhookEvent, WebhookRotated, WebhookSubscribed } from './events.js';

/** Who is told of what, and with which secret. Times are ISO. */
export interface Subscription {
  /** `undefined` where facts of all organizations are told. */
  readonly organization: string | undefined;
  readonly url: string;
  readonly types: readonly string[];
  readonly subscribedAt: string;
  /** Since when it has been enabled, or was disabled. */
  readonly since: string;
  /** Of the secret that signs; the vault holds it under this number. */
  readonly generation: number;
  /** Until when the secret before it signs too, where there is one. */
  readonly formerUntil: string | undefined;
  /** How often deliveries have begun anew, and after which position the last time; none: where that was recorded. */
  readonly starts: number;
  readonly startsAfter: StartsAfter;
}

/** `its-fact`: the position of the event itself; `log`: the start of the log; otherwise a position. */
export type StartsAfter =
  | { readonly from: 'its-fact' }
  | { readonly from: 'log' }
  | { readonly from: 'position'; readonly position: string };

export type Webhook =
  | { readonly stage: 'unknown' }
  | ({ readonly stage: 'enabled' } & Subscription)
  | ({ readonly stage: 'disabled'; readonly reason: WebhookDisabled['reason']; readonly words: string } & Subscription)
  | ({ readonly stage: 'removed' } & Subscription);

/** A webhook that is not removed. */
export type StandingWebhook = Extract<Webhook, { stage: 'enabled' | 'disabled' }>;

export const unknownWebhook: Webhook = { stage: 'unknown' };

/** How many webhooks there may be at once: of one organization, and of those that tell of all. */
export const mostWebhooks = { ofOrganization: 10, ofAll: 20 } as const;

/** How long the former secret signs beside a new one. */
export const formerSignsMs = 86_400_000;

export type WebhookCommand =
  | { readonly type: 'Subscribe'; readonly asked: Omit<WebhookSubscribed, 'type'> }
  | { readonly type: 'Rotate'; readonly formerUntil: string }
  | { readonly type: 'Disable'; readonly reason: WebhookDisabled['reason']; readonly words: string }
  | { readonly type: 'Enable' }
  | { readonly type: 'Replay'; readonly after: string | undefined }
  | { readonly type: 'Remove' };

export const noSuchWebhook = (): Refusal => new Refusal('not-found', 'There is no such webhook.');

/** What a command means for a webhook: the events to record, or none if it already took effect. Throws a refusal where there is none. */
export function decideWebhook(command: WebhookCommand, webhook: Webhook): readonly WebhookEvent[] {
  if (command.type === 'Subscribe') return subscribe(command.asked, webhook);
  if (webhook.stage === 'removed' && command.type === 'Remove') return [];
  if (webhook.stage === 'unknown' || webhook.stage === 'removed') throw noSuchWebhook();
  switch (command.type) {
    case 'Rotate':
      return [{ type: 'WebhookRotated', generation: webhook.generation + 1, formerUntil: command.formerUntil }];
    case 'Disable':
      return webhook.stage === 'disabled'
        ? []
        : [{ type: 'WebhookDisabled', reason: command.reason, words: command.words }];
    case 'Enable':
      return webhook.stage === 'enabled' ? [] : [{ type: 'WebhookEnabled' }];
    case 'Replay':
      return [{ type: 'WebhookReplayed', ...(command.after !== undefined && { after: command.after }) }];
    case 'Remove':
      return [{ type: 'WebhookRemoved' }];
    default:
      return command satisfies never;
  }
}

/** Types are kept sorted and each once, so that two ways of asking for the same are one. */
function subscribe(asked: Omit<WebhookSubscribed, 'type'>, webhook: Webhook): readonly WebhookEvent[] {
  if (webhook.stage !== 'unknown') throw new Refusal('wrong-stage', 'This webhook has been subscribed already.');
  return [{ type: 'WebhookSubscribed', ...asked, types: [...new Set(asked.types)].sort() }];
}

/** The webhook after an event, recorded at an ISO time. History that breaks its life is corrupt, so it stops the reader. */
export function evolveWebhook(webhook: Webhook, event: WebhookEvent, at: string): Webhook {
  if (event.type === 'WebhookSubscribed') return subscribed(webhook, event, at);
  if (webhook.stage === 'unknown' || webhook.stage === 'removed') return misplaced(webhook, event);
  switch (event.type) {
    case 'WebhookRotated':
      return rotated(webhook, event);
    case 'WebhookDisabled':
      return { ...subscriptionOf(webhook), stage: 'disabled', since: at, reason: event.reason, words: event.words };
    case 'WebhookEnabled':
      return { ...subscriptionOf(webhook), stage: 'enabled', since: at };
    case 'WebhookReplayed': {
      const { after: position } = event;
      const startsAfter: StartsAfter = position === undefined ? { from: 'log' } : { from: 'position', position };
      return { ...webhook, starts: webhook.starts + 1, startsAfter };
    }
    case 'WebhookRemoved':
      return { ...subscriptionOf(webhook), stage: 'removed', since: at };
    default:
      return foreignEvent(event);
  }
}

function subscribed(webhook: Webhook, { organization, url, types }: WebhookSubscribed, at: string): Webhook {
  if (webhook.stage !== 'unknown') throw new Error(`WebhookSubscribed in stage ${webhook.stage}`);
  return {
    stage: 'enabled',
    ...{ organization, url, types, subscribedAt: at, since: at },
    ...{ generation: 1, formerUntil: undefined, starts: 1, startsAfter: { from: 'its-fact' } },
  };
}

function rotated(webhook: StandingWebhook, { generation, formerUntil }: WebhookRotated): Webhook {
  if (generation !== webhook.generation + 1)
    throw new Error(`WebhookRotated to secret ${generation} after secret ${webhook.generation}`);
  return { ...webhook, generation, formerUntil };
}

/** A newer version's events are told from those that are known and out of their order. */
function misplaced({ stage }: Webhook, event: WebhookEvent): never {
  if (event.type.startsWith('Webhook')) throw new Error(`${event.type} in stage ${stage}`);
  return foreignEvent(event as never);
}

function subscriptionOf(webhook: StandingWebhook): Subscription {
  const { organization, url, types, subscribedAt, since, generation, formerUntil, starts, startsAfter } = webhook;
  return { organization, url, types, subscribedAt, since, generation, formerUntil, starts, startsAfter };
}

/** The vault's name of a webhook's secrets, each under its generation. */
export const webhookSecret = (id: string): string => `webhook-${id}`;
