/** What happened over time, for dashboards. */
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../../application/authorization/identity.js';
import { GetStatistics } from '../../../application/queries/statistics.js';
import { type PeriodName, periodNames } from '../../../domain/periods.js';
import { From } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { OneOf, Optional, Text } from '../kit/fields.js';
import { ReadsFrom } from '../kit/freshness.js';
import { Allow } from '../kit/route-action.js';
import { ReadQuery } from './inputs.js';

const day = /^\d{4}-\d\d-\d\d$/;
const dayWords = 'a day (UTC) such as 2026-11-24';

class StatisticsQuery extends ReadQuery {
  @Optional()
  @Text(day, dayWords)
  readonly from?: string;
  @Optional()
  @Text(day, dayWords)
  readonly to?: string;
  @Optional()
  @OneOf(...periodNames)
  readonly by?: PeriodName;
  @Optional()
  @Text(/^[A-Za-z0-9-]{1,64}$/, '1 to 64 letters, digits and hyphens')
  readonly organization?: string;
}

@Controller('v1/statistics')
export class StatisticsController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get()
  @Allow('readStatistics')
  @ReadsFrom('statistics', 'payer-load')
  async statistics(
    @Query(checked(StatisticsQuery)) { minPosition, by = 'day', ...asked }: StatisticsQuery,
    @From() caller: Caller,
  ) {
    return this.queries.execute(new GetStatistics({ ...asked, by }, caller));
  }
}
