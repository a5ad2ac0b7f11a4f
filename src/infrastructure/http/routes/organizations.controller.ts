/** An organization's facts, and the providers it has and asks for. */
import { Body, Controller, Get, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { requireOrganization } from '../../../application/authorization/authorization.js';
import type { Caller } from '../../../application/authorization/identity.js';
import { ReportOrganization } from '../../../application/commands/report-organization.js';
import { RequestProvider } from '../../../application/commands/request-provider.js';
import { DEPENDENCIES, type Dependencies } from '../../../application/dependencies.js';
import { ListProviders } from '../../../application/queries/providers.js';
import { From, type KeyedSender, SentOnceBy } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { caughtUp } from '../kit/freshness.js';
import { ineligible } from '../kit/problem-of.js';
import type { WireReply } from '../kit/wire.js';
import { commandAnswer } from './answers.js';
import { FactsBody, RequestBody } from './bodies.js';
import { Allow } from './calls.js';
import { ListQuery, OrganizationPath } from './queries.js';

const usualPage = 50;

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
  ) {
    const by = { caller, key: undefined };
    return { organization, ...(await this.commands.execute(new ReportOrganization(organization, { ...body }, by))) };
  }

  @Get('providers')
  @Allow('readProviders')
  async list(
    @Param(checked(OrganizationPath)) { organization }: OrganizationPath,
    @Query(checked(ListQuery)) query: ListQuery,
    @From() caller: Caller,
  ) {
    await caughtUp(this.on.readModels, query);
    const { cursor, stage, limit = usualPage } = query;
    const list = { limit, ...(cursor === undefined ? {} : { cursor }), ...(stage === undefined ? {} : { stage }) };
    return this.queries.execute(new ListProviders(organization, list, caller));
  }

  /** A refusal is on record too, so its answer carries the provider's id and the position. */
  @Post('providers')
  @Allow('requestProvider')
  async request(
    @Param(checked(OrganizationPath)) { organization }: OrganizationPath,
    @Body(checked(RequestBody)) body: RequestBody,
    @SentOnceBy() by: KeyedSender,
    @Res({ passthrough: true }) reply: WireReply,
  ) {
    requireOrganization(by.caller, organization);
    const done = await this.commands.execute(new RequestProvider(organization, { ...body }, by));
    const answer = commandAnswer(done.providerId, done);
    if (done.provider.stage === 'refused')
      throw ineligible(done.provider.reasons, this.on.settings.reseller.contact, answer);
    reply.header('location', `/v1/providers/${done.providerId}`);
    return answer;
  }
}
