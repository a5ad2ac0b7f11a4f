/** What happened to one provider, and the proof that a fact of it is in the log. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetReceipt } from '../../../application/audit/witness-calls.js';
import type { Caller } from '../../../application/authorization/identity.js';
import { statusModels } from '../../../application/quarantine/standstill.js';
import { GetHistory } from '../../../application/queries/provider-history.js';
import { From } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { Count, Optional, Text } from '../kit/fields.js';
import { ofThisLog, positionForm, positionWords, ReadsFrom } from '../kit/freshness.js';
import { Allow } from '../kit/route-action.js';
import { ProviderPath, ReadQuery } from './inputs.js';

export class HistoryQuery extends ReadQuery {
  @Optional()
  @Count(200)
  readonly limit?: number;
  @Optional()
  @Text(positionForm, 'the `next` of an earlier page')
  readonly cursor?: string;
}

class ReceiptQuery {
  @Text(positionForm, positionWords)
  readonly position!: string;
}

const usualPage = 100;

@Controller('v1/providers/:id')
export class ProviderHistoryController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get('history')
  @Allow('readHistory')
  @ReadsFrom(...statusModels, 'audit-history')
  async history(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Query(checked(HistoryQuery)) query: HistoryQuery,
    @From() caller: Caller,
  ) {
    const page = new GetHistory(id, query.cursor, query.limit ?? usualPage, caller);
    return ofThisLog('cursor', () => this.queries.execute(page));
  }

  /** Read from the log and the tree themselves, so it waits for no read model. */
  @Get('receipt')
  @Allow('readHistory')
  async receipt(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Query(checked(ReceiptQuery)) { position }: ReceiptQuery,
    @From() caller: Caller,
  ) {
    return ofThisLog('position', () => this.queries.execute(new GetReceipt(id, position, caller)));
  }
}
