/** One provider: where it stands, what happened to it, and what its people do to it. */
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../../application/authorization/identity.js';
import { type Change, ChangeProvider } from '../../../application/commands/change-provider.js';
import { DEPENDENCIES, type Dependencies } from '../../../application/dependencies.js';
import { GetHistory, GetStatus } from '../../../application/queries/providers.js';
import type { Sender } from '../../../application/streams/causes.js';
import { From, SentBy } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { caughtUp, ofThisLog } from '../kit/freshness.js';
import { commandAnswer } from './answers.js';
import { AcceptanceBody, NoBody, RenameBody } from './bodies.js';
import { Allow } from './calls.js';
import { HistoryQuery, ProviderPath, ReadQuery } from './queries.js';

const usualPage = 100;

@Controller('v1/providers/:id')
export class ProvidersController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
  ) {}

  @Get()
  @Allow('readProviders')
  async status(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Query(checked(ReadQuery)) query: ReadQuery,
    @From() caller: Caller,
  ) {
    await caughtUp(this.on.readModels, query);
    return this.queries.execute(new GetStatus(id, caller));
  }

  @Get('history')
  @Allow('readHistory')
  async history(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Query(checked(HistoryQuery)) query: HistoryQuery,
    @From() caller: Caller,
  ) {
    await caughtUp(this.on.readModels, query);
    const page = new GetHistory(id, query.cursor, query.limit ?? usualPage, caller);
    return ofThisLog('cursor', () => this.queries.execute(page));
  }

  @Post('terms-acceptance')
  @HttpCode(200)
  @Allow('acceptTerms')
  async acceptTerms(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Body(checked(AcceptanceBody)) body: AcceptanceBody,
    @SentBy() by: Sender,
  ) {
    const documents = body.documents.map(({ party, version, digest }) => ({ party, version, digest }));
    return this.change(id, { type: 'AcceptTerms', documents }, by);
  }

  @Post('withdraw')
  @HttpCode(200)
  @Allow('withdraw')
  async withdraw(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Body(checked(NoBody)) _: NoBody,
    @SentBy() by: Sender,
  ) {
    return this.change(id, { type: 'Withdraw' }, by);
  }

  @Post('rename')
  @HttpCode(200)
  @Allow('rename')
  async rename(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Body(checked(RenameBody)) { name }: RenameBody,
    @SentBy() by: Sender,
  ) {
    return this.change(id, { type: 'Rename', name }, by);
  }

  @Post('resume')
  @HttpCode(200)
  @Allow('resume')
  async resume(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Body(checked(NoBody)) _: NoBody,
    @SentBy() by: Sender,
  ) {
    return this.change(id, { type: 'Resume' }, by);
  }

  private async change(id: string, change: Change, by: Sender) {
    return commandAnswer(id, await this.commands.execute(new ChangeProvider(id, change, by)));
  }
}
