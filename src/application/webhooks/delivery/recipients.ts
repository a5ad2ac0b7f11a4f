/** Who is told of what, and how: webhooks by signed requests, people by notices. */
import { Refusal } from '../../../domain/refusal.js';
import { decideWebhook, type StandingWebhook } from '../../../domain/webhooks/webhook.js';
import { authorize } from '../../authorization/authorization.js';
import type { Role } from '../../authorization/identity.js';
import type { Dependencies } from '../../dependencies.js';
import { feedFor, type OwnerOf } from '../../history/change-feed.js';
import type { Log } from '../../ports/log.js';
import type { WebhookRow } from '../../ports/webhook-rows.js';
import { webhooks } from '../../streams/aggregates.js';
import { sagaCause } from '../../streams/causes.js';
import type { Attempt } from '../attempts/attempt.js';
import { messagesFor } from '../messages/fact-messages.js';
import type { MessageOf } from '../messages/message.js';
import { noticesFor } from '../notices/notice-words.js';
import type { LaneParts } from './lanes.js';

export interface Recipient extends Pick<LaneParts, 'attempt' | 'disable'> {
  readonly id: string;
  readonly webhook: StandingWebhook;
  readonly messageOf: MessageOf;
}

/** A topic with whom it is for; no organization: the operators. */
export interface NoticeTopic {
  readonly organization: string | undefined;
  readonly topic: string;
}

export interface RecipientParts extends Pick<Dependencies, 'readModels' | 'streams'> {
  readonly attempt: Attempt;
  readonly notices: { readonly topics: readonly NoticeTopic[]; readonly attempt: Attempt };
  readonly log: Log;
}

/** A webhook, which is sent what the feed tells whoever has subscribed it. */
export const webhookRecipient = (on: RecipientParts, ownerOf: OwnerOf, { id, webhook }: WebhookRow): Recipient => ({
  id,
  webhook,
  attempt: on.attempt,
  messageOf: messagesFor(feedFor(ownerOf, subscriberOf(webhook.organization)), webhook.types),
  disable: (...why) => disable(on, ...why),
});

/** Whoever reads in the subscriber's place sees what the subscriber's role sees. */
function subscriberOf(organization: string | undefined) {
  const role: Role = organization === undefined ? 'operator' : 'administrator';
  const caller = { actor: 'partner-cloud#webhooks', subject: 'webhooks', organization, roles: [role] };
  return authorize('followChanges', caller);
}

/** What was removed or disabled meanwhile needs no more; where nothing can be recorded now, it is tried on. */
async function disable(
  { streams, log }: RecipientParts,
  id: string,
  reason: 'failing' | 'gone',
  words: string,
): Promise<boolean> {
  try {
    const cause = sagaCause(id, 'Deliver', 'WebhookDisabled');
    await streams.change(webhooks, id, cause, (webhook) => decideWebhook({ type: 'Disable', reason, words }, webhook));
    log.warn({ webhook: id, reason }, 'A webhook was disabled.');
    return true;
  } catch (error) {
    return error instanceof Refusal;
  }
}

/** The topics of the configuration, each told from when it was first there; a notice is tried until it is taken. */
export const noticeRecipients = (on: RecipientParts, ownerOf: OwnerOf): readonly Recipient[] =>
  on.notices.topics.map(({ organization, topic }) => ({
    id: organization === undefined ? 'notices' : `notices-${organization}`,
    webhook: standing(organization, topic),
    attempt: on.notices.attempt,
    messageOf: noticesFor({ ...on, ownerOf }, organization),
    disable: async () => false,
  }));

const standing = (organization: string | undefined, url: string): StandingWebhook => ({
  ...{ stage: 'enabled', organization, url, types: [], subscribedAt: '', since: '' },
  ...{ generation: 1, formerUntil: undefined, starts: 1, startsAfter: { from: 'its-fact' } },
});
