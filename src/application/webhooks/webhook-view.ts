/** A webhook as its readers see it, and who they are. */
import { noSuchWebhook, type StandingWebhook, type Webhook } from '../../domain/webhooks/webhook.js';
import { type AuthorizedCaller, seesAll, seesOrganization } from '../authorization/authorization.js';
import { webhooks } from '../streams/aggregates.js';
import type { Streams } from '../streams/streams.js';

export interface WebhookView {
  readonly id: string;
  /** Missing where facts of all organizations are told. */
  readonly organization?: string;
  readonly url: string;
  /** Empty: every fact that the subscriber may see. */
  readonly types: readonly string[];
  readonly state: 'enabled' | 'disabled' | 'removed';
  readonly subscribedAt: string;
  /** Since when it is so (ISO). */
  readonly since: string;
  /** Why it is disabled. */
  readonly reason?: string;
  readonly words?: string;
  /** Which secret signs, counted from 1, and until when the one before it does too. */
  readonly secretGeneration: number;
  readonly formerSecretUntil?: string;
}

export function viewOf(id: string, webhook: Exclude<Webhook, { stage: 'unknown' }>, now: number): WebhookView {
  const { organization, url, types, stage: state, subscribedAt, since, generation, formerUntil } = webhook;
  return {
    id,
    ...(organization !== undefined && { organization }),
    ...{ url, types, state, subscribedAt, since },
    ...(webhook.stage === 'disabled' && { reason: webhook.reason, words: webhook.words }),
    secretGeneration: generation,
    ...(formerSigns(webhook, now) && { formerSecretUntil: formerUntil }),
  };
}

/** Whether the secret before the present one signs too. */
export const formerSigns = ({ formerUntil }: Pick<StandingWebhook, 'formerUntil'>, now: number): boolean =>
  formerUntil !== undefined && Date.parse(formerUntil) > now;

/** Whether the caller is of those for whom the webhook was subscribed. */
export const isOwn = (caller: AuthorizedCaller, { organization }: StandingWebhook): boolean =>
  organization === undefined ? seesAll(caller) : !seesAll(caller) && caller.organization === organization;

/** The webhook of this id; throws a `not-found` refusal where the caller may not know of one, or it is removed. */
export async function loadWebhook(streams: Streams, caller: AuthorizedCaller, id: string): Promise<StandingWebhook> {
  const webhook = await loadAlsoRemoved(streams, caller, id);
  if (webhook.stage === 'removed') throw noSuchWebhook();
  return webhook;
}

/** The same, also of one that is removed: its removal may be asked for again, until its secrets are gone. */
export async function loadAlsoRemoved(
  streams: Streams,
  caller: AuthorizedCaller,
  id: string,
): Promise<Exclude<Webhook, { stage: 'unknown' }>> {
  const { state } = await streams.load(webhooks, id);
  if (state.stage === 'unknown') throw noSuchWebhook();
  if (!seesOrganization(caller, state.organization ?? '')) throw noSuchWebhook();
  return state;
}
