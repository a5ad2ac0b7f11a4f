/** What may become of a webhook: another secret, rest and work again, everything once more from a position, and its end. */
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Refusal } from '../../domain/refusal.js';
import {
  decideWebhook,
  formerSignsMs,
  type StandingWebhook,
  type Webhook,
  type WebhookCommand,
} from '../../domain/webhooks/webhook.js';
import type { AuthorizedCaller } from '../authorization/authorization.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { requireOwn } from '../ports/event-store-errors.js';
import { webhooks } from '../streams/aggregates.js';
import { authorizedSender, causeOf, type Sender } from '../streams/causes.js';
import { type OnRecord, onRecord } from '../streams/on-record.js';
import { destroySecrets, shownAgainMs, signingSecret } from './signing-secrets.js';
import { isOwn, loadAlsoRemoved, loadWebhook, viewOf, type WebhookView } from './webhook-view.js';

export type WebhookAsked =
  | { readonly type: 'Rotate' }
  | { readonly type: 'Disable'; readonly words: string }
  | { readonly type: 'Enable' }
  | { readonly type: 'Replay'; readonly after: string | undefined }
  | { readonly type: 'Remove' };

/** The webhook; after a change of its secret with the new one, which is shown once. */
export type ChangedWebhook = WebhookView & OnRecord & { readonly secret?: string };

export class ChangeWebhook extends Command<ChangedWebhook> {
  constructor(
    readonly id: string,
    readonly asked: WebhookAsked,
    readonly by: Sender,
  ) {
    super();
  }
}

@CommandHandler(ChangeWebhook)
export class ChangeWebhookHandler implements ICommandHandler<ChangeWebhook> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ id, asked, ...sent }: ChangeWebhook): Promise<ChangedWebhook> {
    const by = authorizedSender('changeWebhook', sent.by);
    const { streams, store, clock } = this.on;
    if (asked.type === 'Remove') await loadAlsoRemoved(streams, by.caller, id);
    else {
      const before = await loadWebhook(streams, by.caller, id);
      if (asked.type !== 'Disable') requireMayUse(by.caller, before);
    }
    if (asked.type === 'Replay' && asked.after !== undefined) requireOwn(store, asked.after);
    const command = commandOf(asked, clock.now());
    const changed = await streams.change(webhooks, id, causeOf(by, `webhook-${id}`, asked), (webhook) =>
      decideWebhook(command, webhook),
    );
    const secret = await this.#secretAfter(id, asked, changed.state, changed.recorded.length > 0);
    return { ...this.#viewOf(id, changed.state), ...(secret !== undefined && { secret }), ...onRecord(changed) };
  }

  #viewOf(id: string, webhook: Webhook): WebhookView {
    if (webhook.stage === 'unknown') throw new Error(`The webhook ${id} was changed and is not there.`);
    return viewOf(id, webhook, this.on.clock.now());
  }

  /** The fact comes first: a secret of which nothing is on record would sign nothing. */
  async #secretAfter(
    id: string,
    { type }: WebhookAsked,
    webhook: Webhook,
    isNew: boolean,
  ): Promise<string | undefined> {
    if (webhook.stage === 'unknown') return undefined;
    const { vault } = this.on;
    const { generation } = webhook;
    if (webhook.stage === 'removed') await destroySecrets(vault, id, generation, generation - 1);
    if (type !== 'Rotate' || webhook.stage === 'removed' || webhook.formerUntil === undefined) return undefined;
    // Two sign at most: the new one and the one before it.
    await destroySecrets(vault, id, generation - 2);
    const rotatedAt = Date.parse(webhook.formerUntil) - formerSignsMs;
    if (!isNew && this.on.clock.now() - rotatedAt >= shownAgainMs) return undefined;
    return signingSecret(vault, id, generation);
  }
}

function commandOf(asked: WebhookAsked, now: number): WebhookCommand {
  if (asked.type === 'Rotate') return { ...asked, formerUntil: new Date(now + formerSignsMs).toISOString() };
  return asked.type === 'Disable' ? { ...asked, reason: 'person' } : asked;
}

/** An operator may stop any webhook; what it sends and the secret of it concern those for whom it was subscribed. */
export function requireMayUse(caller: AuthorizedCaller, webhook: StandingWebhook): void {
  if (isOwn(caller, webhook)) return;
  throw new Refusal('forbidden', 'This webhook is of an organization; only its administrators may do this.', [
    { field: 'id', problem: 'is a webhook of an organization', allowed: 'a webhook that tells of all organizations' },
  ]);
}
