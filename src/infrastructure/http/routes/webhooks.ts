/** Webhooks: facts by signed requests, for those who cannot hold a connection. */
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../../application/authorization/identity.js';
import type { Sender } from '../../../application/streams/causes.js';
import { ChangeWebhook, type WebhookAsked } from '../../../application/webhooks/change-webhook.js';
import { GetWebhook, ListWebhooks } from '../../../application/webhooks/read-webhooks.js';
import { SubscribeWebhook } from '../../../application/webhooks/subscribe-webhook.js';
import { GetDeliveries, TestWebhook } from '../../../application/webhooks/try-webhook.js';
import { From, type KeyedSender, SentBy, SentOnceBy } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { Count, Optional, Text, Texts, Words } from '../kit/fields.js';
import { ofThisLog, ReadsFrom } from '../kit/freshness.js';
import { Allow } from '../kit/route-action.js';
import { ChangesQuery, NoBody, ProviderPath, ReadQuery } from './inputs.js';

class SubscribeBody {
  @Text(/^https?:\/\/[^\s?#@]{1,492}$/, 'an https address without user, password, query and fragment')
  readonly url!: string;
  @Optional()
  @Texts(/^[A-Za-z.]{1,64}$/, 100, 'at most 100 types of events, or head.signed; left out: every fact that you may see')
  readonly types?: string[];
}

class DisableBody {
  @Words(/^[^\p{Cc}]{1,200}$/u, '1 to 200 printable characters that say why')
  readonly words!: string;
}

class ReplayBody extends ChangesQuery {}

class WebhooksQuery extends ReadQuery {
  @Optional()
  @Count(100)
  readonly limit?: number;
  @Optional()
  @Text(/^[\w-]{1,200}$/, 'the `next` of an earlier page')
  readonly cursor?: string;
}

const usualPage = 50;

@Controller('v1/webhooks')
export class WebhooksController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  @Post()
  @Allow('subscribeWebhook')
  subscribe(@Body(checked(SubscribeBody)) { url, types = [] }: SubscribeBody, @SentOnceBy() by: KeyedSender) {
    return this.commands.execute(new SubscribeWebhook({ url, types }, by));
  }

  @Get()
  @Allow('listWebhooks')
  @ReadsFrom('webhooks')
  list(@Query(checked(WebhooksQuery)) { limit = usualPage, cursor }: WebhooksQuery, @From() caller: Caller) {
    const page = { limit, ...(cursor !== undefined && { cursor }) };
    return this.queries.execute(new ListWebhooks(page, caller));
  }

  @Get(':id')
  @Allow('readWebhook')
  read(@Param(checked(ProviderPath)) { id }: ProviderPath, @From() caller: Caller) {
    return this.queries.execute(new GetWebhook(id, caller));
  }

  @Delete(':id')
  @HttpCode(200)
  @Allow('changeWebhook')
  remove(@Param(checked(ProviderPath)) { id }: ProviderPath, @SentBy() by: Sender) {
    return this.change(id, { type: 'Remove' }, by);
  }

  @Post(':id/rotate')
  @HttpCode(200)
  @Allow('changeWebhook')
  rotate(@Param(checked(ProviderPath)) { id }: ProviderPath, @Body(checked(NoBody)) _: NoBody, @SentBy() by: Sender) {
    return this.change(id, { type: 'Rotate' }, by);
  }

  @Post(':id/disable')
  @HttpCode(200)
  @Allow('changeWebhook')
  disable(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Body(checked(DisableBody)) { words }: DisableBody,
    @SentBy() by: Sender,
  ) {
    return this.change(id, { type: 'Disable', words }, by);
  }

  @Post(':id/enable')
  @HttpCode(200)
  @Allow('changeWebhook')
  enable(@Param(checked(ProviderPath)) { id }: ProviderPath, @Body(checked(NoBody)) _: NoBody, @SentBy() by: Sender) {
    return this.change(id, { type: 'Enable' }, by);
  }

  @Post(':id/replay')
  @HttpCode(200)
  @Allow('changeWebhook')
  replay(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Body(checked(ReplayBody)) { after }: ReplayBody,
    @SentBy() by: Sender,
  ) {
    return ofThisLog('after', () => this.change(id, { type: 'Replay', after }, by));
  }

  @Post(':id/test')
  @HttpCode(200)
  @Allow('changeWebhook')
  test(@Param(checked(ProviderPath)) { id }: ProviderPath, @Body(checked(NoBody)) _: NoBody, @From() caller: Caller) {
    return this.commands.execute(new TestWebhook(id, caller));
  }

  @Get(':id/deliveries')
  @Allow('readWebhook')
  deliveries(@Param(checked(ProviderPath)) { id }: ProviderPath, @From() caller: Caller) {
    return this.queries.execute(new GetDeliveries(id, caller));
  }

  private change(id: string, asked: WebhookAsked, by: Sender) {
    return this.commands.execute(new ChangeWebhook(id, asked, by));
  }
}
