/** Subscribes a webhook: for the organization of an administrator, or for all of them where an operator asks. */
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Refusal } from '../../domain/refusal.js';
import { decideWebhook, mostWebhooks, type Webhook } from '../../domain/webhooks/webhook.js';
import { seesAll } from '../authorization/authorization.js';
import { typesForCustomers } from '../authorization/redaction.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { ReadModelsUnavailable } from '../ports/read-models.js';
import { webhooks } from '../streams/aggregates.js';
import { authorizedSender, causeOf, idOf, type Sender } from '../streams/causes.js';
import { KeyedMutex } from '../streams/keyed-mutex.js';
import { type OnRecord, onRecord } from '../streams/on-record.js';
import { headSigned } from './messages/signed-head.js';
import { shownAgainMs, signingSecret } from './signing-secrets.js';
import { WEBHOOKS, type WebhookService } from './webhook-service.js';
import { viewOf, type WebhookView } from './webhook-view.js';

/** A webhook with the secret that was just made, which is shown once. */
export type SubscribedWebhook = WebhookView & OnRecord & { readonly secret?: string };

export class SubscribeWebhook extends Command<SubscribedWebhook> {
  constructor(
    readonly asked: { readonly url: string; readonly types: readonly string[] },
    readonly by: Sender & { readonly key: string },
  ) {
    super();
  }
}

const patienceMs = 5_000;

@CommandHandler(SubscribeWebhook)
export class SubscribeWebhookHandler implements ICommandHandler<SubscribeWebhook> {
  readonly #inTurn = new KeyedMutex();

  constructor(
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
    @Inject(WEBHOOKS) private readonly service: WebhookService,
  ) {}

  async execute({ asked, ...sent }: SubscribeWebhook): Promise<SubscribedWebhook> {
    const by = authorizedSender('subscribeWebhook', sent.by);
    const { caller } = by;
    if (!seesAll(caller) && caller.organization === undefined) throw noOrganization;
    requireRight(asked, this.service, seesAll(caller));
    const organization = seesAll(caller) ? undefined : caller.organization;
    const id = idOf('webhook', caller.actor, by.key);
    const of = { ...(organization !== undefined && { organization }), ...asked };
    return this.#inTurn.run(organization ?? '', async () => {
      const { state: before } = await this.on.streams.load(webhooks, id);
      if (before.stage === 'unknown') await this.#requireRoom(organization);
      const changed = await this.on.streams.change(webhooks, id, causeOf(by, `webhook-${id}`, asked), (webhook) =>
        decideWebhook({ type: 'Subscribe', asked: of }, webhook),
      );
      return { ...(await this.#shown(id, changed.state)), ...onRecord(changed) };
    });
  }

  async #shown(id: string, webhook: Webhook) {
    if (webhook.stage === 'unknown') throw new Error(`The webhook ${id} was subscribed and is not there.`);
    const now = this.on.clock.now();
    const isNew = webhook.stage !== 'removed' && webhook.generation === 1;
    const shows = isNew && now - Date.parse(webhook.subscribedAt) < shownAgainMs;
    const secret = shows ? await signingSecret(this.on.vault, id, webhook.generation) : undefined;
    return { ...viewOf(id, webhook, now), ...(secret !== undefined && { secret }) };
  }

  /** What was just subscribed counts, so the read model must hold it; two instances at once may still pass the bound by one. */
  async #requireRoom(organization: string | undefined): Promise<void> {
    const { store, readModels } = this.on;
    const head = store.head();
    if (head !== undefined && !(await readModels.waitFor(head, patienceMs, undefined, ['webhooks'])))
      throw new ReadModelsUnavailable('The read model webhooks does not hold yet what is recorded.');
    const most = organization === undefined ? mostWebhooks.ofAll : mostWebhooks.ofOrganization;
    const standing = readModels.webhooks({ owner: organization ?? '', afterId: '', limit: most });
    if (standing.length < most) return;
    throw new Refusal('wrong-stage', `There are ${most} webhooks, and no more are allowed; remove one first.`, [
      { field: 'url', problem: 'would be one webhook too many', allowed: `${most} webhooks` },
    ]);
  }
}

/** No organization on record means all of them, so nobody gets there by a claim that is missing. */
const noOrganization = new Refusal(
  'forbidden',
  'Your token names no organization, so there is none to subscribe for.',
  [
    {
      field: 'Authorization',
      problem: 'names no organization',
      allowed: 'the token of an administrator of an organization',
    },
  ],
);

/** Throws an `invalid` refusal that names whatever is wrong with the address or the types. */
function requireRight(asked: SubscribeWebhook['asked'], service: WebhookService, all: boolean): void {
  const known = [...(all ? service.eventTypes : typesForCustomers), headSigned];
  const unknown = asked.types.find((type) => !known.includes(type));
  const wrong = [
    ...[service.targetProblem(asked.url) ?? []].flat(),
    ...(unknown === undefined
      ? []
      : [{ field: 'types', problem: `holds ${JSON.stringify(unknown)}`, allowed: known.sort().join(', ') }]),
  ];
  const [first] = wrong;
  if (first) throw new Refusal('invalid', `${first.field} ${first.problem}; allowed: ${first.allowed}.`, wrong);
}
