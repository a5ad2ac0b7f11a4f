/** What can be asked for: territories, terms, and the ways to get an account. */

import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../../application/authorization/identity.js';
import { GetOptions, GetTerms, GetTerritories } from '../../../application/queries/catalogue.js';
import { From } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { Text } from '../kit/fields.js';
import { ReadsFrom } from '../kit/freshness.js';
import { Allow } from '../kit/route-action.js';
import { OrganizationPath, ReadQuery } from './inputs.js';

class TerritoryQuery extends ReadQuery {
  @Text(/^[A-Za-z0-9-]{1,16}$/, 'a territory code such as US')
  readonly territory!: string;
}

@Controller('v1')
export class CatalogueController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get('territories')
  @Allow('readCatalogue')
  @ReadsFrom()
  async territories(@Query(checked(ReadQuery)) _: ReadQuery, @From() caller: Caller) {
    return this.queries.execute(new GetTerritories(caller));
  }

  @Get('terms')
  @Allow('readCatalogue')
  @ReadsFrom()
  async terms(@Query(checked(TerritoryQuery)) query: TerritoryQuery, @From() caller: Caller) {
    return this.queries.execute(new GetTerms(query.territory, caller));
  }

  @Get('organizations/:organization/options')
  @Allow('readOptions')
  @ReadsFrom('organizations')
  async options(
    @Param(checked(OrganizationPath)) { organization }: OrganizationPath,
    @Query(checked(TerritoryQuery)) query: TerritoryQuery,
    @From() caller: Caller,
  ) {
    return this.queries.execute(new GetOptions(organization, query.territory, caller));
  }
}
