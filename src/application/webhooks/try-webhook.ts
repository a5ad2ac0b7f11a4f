/** Whether a webhook works: a test that is sent at once, and what came of the last requests. */
import { randomUUID } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler, type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { LRUCache } from 'lru-cache';
import { Refusal } from '../../domain/refusal.js';
import { authorize } from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import type { Delivery } from '../ports/webhook-sender.js';
import { requireMayUse } from './change-webhook.js';
import { WEBHOOKS, type WebhookService } from './webhook-service.js';
import { loadWebhook } from './webhook-view.js';

export class TestWebhook extends Command<Delivery> {
  constructor(
    readonly id: string,
    readonly caller: Caller,
  ) {
    super();
  }
}

/** One test of a webhook in so long, since each is a request to an address that a caller has named. */
const pauseMs = 5_000;
const remembered = 10_000;

@CommandHandler(TestWebhook)
export class TestWebhookHandler implements ICommandHandler<TestWebhook> {
  readonly #testedAt = new LRUCache<string, number>({ max: remembered });

  constructor(
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
    @Inject(WEBHOOKS) private readonly service: WebhookService,
  ) {}

  /** Also one that is disabled can be tested, so that it is enabled once it works. */
  async execute({ id, ...sent }: TestWebhook): Promise<Delivery> {
    const caller = authorize('changeWebhook', sent.caller);
    const webhook = await loadWebhook(this.on.streams, caller, id);
    requireMayUse(caller, webhook);
    const now = this.on.clock.now();
    requirePause(now - (this.#testedAt.get(id) ?? Number.NEGATIVE_INFINITY));
    this.#testedAt.set(id, now);
    const messageId = `test-${randomUUID()}`;
    const body = JSON.stringify({ type: 'test', at: new Date(now).toISOString(), data: { webhook: id } });
    const message = { id: messageId, type: 'test', body };
    return this.service.attempt({ id, webhook }, message, 1, new AbortController().signal);
  }
}

function requirePause(ms: number): void {
  if (ms >= pauseMs) return;
  const seconds = Math.ceil((pauseMs - ms) / 1_000);
  const wrong = { field: 'id', problem: 'was tested a moment ago', allowed: `one test in ${pauseMs / 1_000} seconds` };
  throw new Refusal(
    'rate-limited',
    `This webhook was tested a moment ago; test it again in ${seconds} seconds.`,
    [wrong],
    { retryAfterSeconds: seconds, limit: 1 },
  );
}

export class GetDeliveries extends Query<{ readonly items: readonly Delivery[] }> {
  constructor(
    readonly id: string,
    readonly caller: Caller,
  ) {
    super();
  }
}

@QueryHandler(GetDeliveries)
export class GetDeliveriesHandler implements IQueryHandler<GetDeliveries> {
  constructor(
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
    @Inject(WEBHOOKS) private readonly service: WebhookService,
  ) {}

  async execute({ id, ...sent }: GetDeliveries): Promise<{ readonly items: readonly Delivery[] }> {
    await loadWebhook(this.on.streams, authorize('readWebhook', sent.caller), id);
    return { items: this.service.deliveries.last(id) };
  }
}
