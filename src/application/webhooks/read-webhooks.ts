/** The webhooks that a caller may know of. */
import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { authorize, seesAll } from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import type { ListPage, PageOf } from '../ports/provider-lists.js';
import { requireFilled } from '../quarantine/standstill.js';
import { loadWebhook, viewOf, type WebhookView } from './webhook-view.js';

export class ListWebhooks extends Query<ListPage<WebhookView>> {
  constructor(
    readonly page: PageOf,
    readonly caller: Caller,
  ) {
    super();
  }
}

@QueryHandler(ListWebhooks)
export class ListWebhooksHandler implements IQueryHandler<ListWebhooks> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ page, ...sent }: ListWebhooks): Promise<ListPage<WebhookView>> {
    const caller = authorize('listWebhooks', sent.caller);
    const { readModels, clock } = this.on;
    requireFilled(readModels, ['webhooks']);
    // No owner means all of them, so nobody gets there by a claim that is missing.
    if (!seesAll(caller) && caller.organization === undefined) return { items: [] };
    const owner = seesAll(caller) ? undefined : caller.organization;
    const rows = readModels.webhooks({ owner, afterId: page.cursor ?? '', limit: page.limit + 1 });
    const items = rows.slice(0, page.limit).map(({ id, webhook }) => viewOf(id, webhook, clock.now()));
    const last = items.at(-1);
    return rows.length > page.limit && last ? { items, next: last.id } : { items };
  }
}

export class GetWebhook extends Query<WebhookView> {
  constructor(
    readonly id: string,
    readonly caller: Caller,
  ) {
    super();
  }
}

@QueryHandler(GetWebhook)
export class GetWebhookHandler implements IQueryHandler<GetWebhook> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ id, ...sent }: GetWebhook): Promise<WebhookView> {
    const caller = authorize('readWebhook', sent.caller);
    return viewOf(id, await loadWebhook(this.on.streams, caller, id), this.on.clock.now());
  }
}
