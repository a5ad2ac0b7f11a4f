/** What operators and auditors watch over all organizations: payers, queue, read models, and a search of providers. */

import { Controller, Get, Inject, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../../application/authorization/identity.js';
import { queueModels, statusModels } from '../../../application/quarantine/standstill.js';
import { GetPayers, GetProjections, GetQueue } from '../../../application/queries/operations.js';
import { SearchProviders } from '../../../application/queries/providers.js';
import { From } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { Count, Optional, Text } from '../kit/fields.js';
import { ReadsFrom } from '../kit/freshness.js';
import { Allow } from '../kit/route-action.js';
import { NarrowedQuery, ReadQuery } from './inputs.js';

class QueueQuery extends ReadQuery {
  @Optional()
  @Count(200)
  readonly limit?: number;
  @Optional()
  @Text(/^[\w-]{1,200}$/, 'the `next` of an earlier page')
  readonly cursor?: string;
}

class SearchQuery extends NarrowedQuery {
  @Optional()
  @Text(/^[A-Za-z0-9-]{1,64}$/, '1 to 64 letters, digits and hyphens')
  readonly organization?: string;
}

const usualPage = 50;
const usualQueuePage = 100;

@Controller('v1')
export class OperationsController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get('payers')
  @Allow('readOperations')
  @ReadsFrom('payer-load')
  async payers(@Query(checked(ReadQuery)) _: ReadQuery, @From() caller: Caller) {
    return this.queries.execute(new GetPayers(caller));
  }

  /** Places shift while the queue is served; the cursor goes on behind those who were on the page. */
  @Get('queue')
  @Allow('readOperations')
  @ReadsFrom(...queueModels)
  async queue(@Query(checked(QueueQuery)) query: QueueQuery, @From() caller: Caller) {
    return this.queries.execute(new GetQueue(query.cursor, query.limit ?? usualQueuePage, caller));
  }

  /** Never waits for a read model: it is asked when one lags. */
  @Get('projections')
  @Allow('readOperations')
  projections(@From() caller: Caller) {
    return this.queries.execute(new GetProjections(caller));
  }

  @Get('providers')
  @Allow('readOperations')
  @ReadsFrom(...statusModels)
  async search(@Query(checked(SearchQuery)) query: SearchQuery, @From() caller: Caller) {
    const { minPosition, limit = usualPage, ...asked } = query;
    return this.queries.execute(new SearchProviders({ limit, ...asked }, caller));
  }
}
