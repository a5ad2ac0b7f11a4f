/** An organization's facts, and the providers it has and asks for. */

import { Body, Controller, Get, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../../application/authorization/identity.js';
import { ReportOrganization } from '../../../application/commands/report-organization.js';
import { RequestProvider } from '../../../application/commands/request-provider.js';
import { DEPENDENCIES, type Dependencies } from '../../../application/dependencies.js';
import { statusModels } from '../../../application/quarantine/standstill.js';
import { ListProviders } from '../../../application/queries/providers.js';
import { TryRequest } from '../../../application/what-if/what-if.js';
import { From, type KeyedSender, SentOnceBy } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { DecidedOn } from '../kit/conditional.js';
import { Flag, OneOf, Optional, Text, Texts, Words } from '../kit/fields.js';
import { ofThisLog, ReadsFrom } from '../kit/freshness.js';
import { ineligible } from '../kit/problem-of.js';
import { Allow } from '../kit/route-action.js';
import type { WireReply } from '../kit/wire.js';
import { commandAnswer } from './answers.js';
import { At, DryRunQuery, momentOf, NarrowedQuery, OrganizationPath } from './inputs.js';

const territory = /^[A-Za-z0-9-]{1,16}$/;
const territoryWords = 'a territory code such as US';
/** The form of a territory in the configuration; in another one, an office would never be found to be in its territory. */
const officeTerritory = /^[A-Z]{2,8}$/;

export class FactsBody {
  @Flag()
  readonly billable!: boolean;
  @Flag()
  readonly reseller!: boolean;
  @Flag()
  readonly customerOfReseller!: boolean;
  @Flag()
  readonly staff!: boolean;
  @Flag()
  readonly demo!: boolean;
  @Texts(officeTerritory, 100, `at most 100 codes, each ${territoryWords}`)
  readonly officeTerritories!: string[];
}

export class RequestBody {
  @Words(/^.{1,1000}$/su, '1 to 64 printable characters')
  readonly name!: string;
  @OneOf('new')
  readonly origin!: 'new';
  @Text(territory, territoryWords)
  readonly territory!: string;
}

const usualPage = 50;

class PastListQuery extends NarrowedQuery {
  @Optional()
  @At()
  readonly at?: string;
}

@Controller('v1/organizations/:organization')
export class OrganizationsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
  ) {}

  /** PUT is repeatable as it is, so an Idempotency-Key plays no part. */
  @Put()
  @Allow('reportOrganization')
  async report(
    @Param(checked(OrganizationPath)) { organization }: OrganizationPath,
    @Body(checked(FactsBody)) body: FactsBody,
    @From() caller: Caller,
    @DecidedOn() decidedOn: string | undefined,
  ) {
    const by = { caller, key: undefined };
    const report = new ReportOrganization(organization, { ...body }, by, decidedOn);
    return { organization, ...(await this.commands.execute(report)) };
  }

  @Get('providers')
  @Allow('readProviders')
  @ReadsFrom(...statusModels)
  async list(
    @Param(checked(OrganizationPath)) { organization }: OrganizationPath,
    @Query(checked(PastListQuery)) query: PastListQuery,
    @From() caller: Caller,
  ) {
    const { at, minPosition, limit = usualPage, ...narrowed } = query;
    const list = { limit, ...narrowed };
    const asked = new ListProviders(organization, list, caller, at === undefined ? undefined : momentOf(at));
    return ofThisLog('at', () => this.queries.execute(asked));
  }

  /** A refusal is on record too, so its answer carries the provider's id and the position. */
  @Post('providers')
  @Allow('requestProvider', 'tryRequest')
  async request(
    @Param(checked(OrganizationPath)) { organization }: OrganizationPath,
    @Query(checked(DryRunQuery)) { dryRun }: DryRunQuery,
    @Body(checked(RequestBody)) body: RequestBody,
    @SentOnceBy() by: KeyedSender,
    @Res({ passthrough: true }) reply: WireReply,
  ) {
    if (dryRun === 'true') {
      reply.code(200);
      return this.queries.execute(new TryRequest(organization, { ...body }, by));
    }
    const done = await this.commands.execute(new RequestProvider(organization, { ...body }, by));
    const answer = commandAnswer(done.providerId, done);
    if (done.provider.stage === 'refused')
      throw ineligible(done.provider.reasons, this.on.settings.reseller.contact, answer);
    reply.header('location', `/v1/providers/${done.providerId}`);
    return answer;
  }
}
