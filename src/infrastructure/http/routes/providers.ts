/** One provider: where it stands, and what its people do to it. */

import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../../application/authorization/identity.js';
import { type Change, ChangeProvider } from '../../../application/commands/change-provider.js';
import { statusModels } from '../../../application/quarantine/standstill.js';
import { GetStatus } from '../../../application/queries/providers.js';
import type { Sender } from '../../../application/streams/causes.js';
import { TryAcceptance } from '../../../application/what-if/what-if.js';
import { From, SentBy } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { answerUnlessKnown, DecidedOn } from '../kit/conditional.js';
import { OneOf, Optional, Several, Text, Words } from '../kit/fields.js';
import { ofThisLog, ReadsFrom } from '../kit/freshness.js';
import { Allow } from '../kit/route-action.js';
import type { WireReply, WireRequest } from '../kit/wire.js';
import { commandAnswer } from './answers.js';
import { At, DryRunQuery, momentOf, NoBody, ProviderPath, ReadQuery } from './inputs.js';

class AcceptedBody {
  @OneOf('reseller', 'aws')
  readonly party!: 'reseller' | 'aws';
  @Text(/^[\w.-]{1,64}$/, 'a version as GET /v1/terms shows it')
  readonly version!: string;
  @Text(/^[0-9a-f]{64}$/, 'SHA-256 in 64 lower-case hexadecimal digits')
  readonly digest!: string;
}

export class AcceptanceBody {
  @Several(() => AcceptedBody, 10, 'a list of accepted documents')
  readonly documents!: AcceptedBody[];
}

class RenameBody {
  @Words(/^.{1,1000}$/su, '1 to 64 printable characters')
  readonly name!: string;
}

class StatusQuery extends ReadQuery {
  @Optional()
  @At()
  readonly at?: string;
}

@Controller('v1/providers/:id')
export class ProvidersController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  @Get()
  @Allow('readProviders')
  @ReadsFrom(...statusModels)
  async status(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Query(checked(StatusQuery)) { at }: StatusQuery,
    @From() caller: Caller,
    @Req() request: WireRequest,
    @Res({ passthrough: true }) reply: WireReply,
  ) {
    const status = new GetStatus(id, caller, at === undefined ? undefined : momentOf(at));
    const answer = await ofThisLog('at', () => this.queries.execute(status));
    return answerUnlessKnown(answer, request, reply);
  }

  @Post('terms-acceptance')
  @HttpCode(200)
  @Allow('acceptTerms', 'tryAcceptance')
  async acceptTerms(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Query(checked(DryRunQuery)) { dryRun }: DryRunQuery,
    @Body(checked(AcceptanceBody)) body: AcceptanceBody,
    @SentBy() by: Sender,
    @DecidedOn() decidedOn: string | undefined,
  ) {
    const documents = body.documents.map(({ party, version, digest }) => ({ party, version, digest }));
    if (dryRun === 'true') return this.queries.execute(new TryAcceptance(id, documents, by));
    return this.change(id, { type: 'AcceptTerms', documents }, by, decidedOn);
  }

  @Post('withdraw')
  @HttpCode(200)
  @Allow('withdraw')
  async withdraw(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Body(checked(NoBody)) _: NoBody,
    @SentBy() by: Sender,
    @DecidedOn() decidedOn: string | undefined,
  ) {
    return this.change(id, { type: 'Withdraw' }, by, decidedOn);
  }

  @Post('rename')
  @HttpCode(200)
  @Allow('rename')
  async rename(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Body(checked(RenameBody)) { name }: RenameBody,
    @SentBy() by: Sender,
    @DecidedOn() decidedOn: string | undefined,
  ) {
    return this.change(id, { type: 'Rename', name }, by, decidedOn);
  }

  @Post('resume')
  @HttpCode(200)
  @Allow('resume')
  async resume(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Body(checked(NoBody)) _: NoBody,
    @SentBy() by: Sender,
    @DecidedOn() decidedOn: string | undefined,
  ) {
    return this.change(id, { type: 'Resume' }, by, decidedOn);
  }

  private async change(id: string, change: Change, by: Sender, decidedOn: string | undefined) {
    return commandAnswer(id, await this.commands.execute(new ChangeProvider(id, change, by, decidedOn)));
  }
}
