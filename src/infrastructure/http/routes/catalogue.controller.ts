/** What can be asked for: territories, terms, and the ways to get an account. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../../application/authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../../../application/dependencies.js';
import { GetOptions, GetTerms, GetTerritories } from '../../../application/queries/catalogue.js';
import { From } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { caughtUp } from '../kit/freshness.js';
import { Allow } from './calls.js';
import { OrganizationPath, ReadQuery, TerritoryQuery } from './queries.js';

@Controller('v1')
export class CatalogueController {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
  ) {}

  @Get('territories')
  @Allow('readCatalogue')
  async territories(@Query(checked(ReadQuery)) query: ReadQuery) {
    await caughtUp(this.on.readModels, query);
    return this.queries.execute(new GetTerritories());
  }

  @Get('terms')
  @Allow('readCatalogue')
  async terms(@Query(checked(TerritoryQuery)) query: TerritoryQuery) {
    await caughtUp(this.on.readModels, query);
    return this.queries.execute(new GetTerms(query.territory));
  }

  @Get('organizations/:organization/options')
  @Allow('readOptions')
  async options(
    @Param(checked(OrganizationPath)) { organization }: OrganizationPath,
    @Query(checked(TerritoryQuery)) query: TerritoryQuery,
    @From() caller: Caller,
  ) {
    await caughtUp(this.on.readModels, query);
    return this.queries.execute(new GetOptions(organization, query.territory, caller));
  }
}
