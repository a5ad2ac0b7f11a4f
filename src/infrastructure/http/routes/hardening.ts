/** The hardening of an account in use: what was found, a look on demand, and exceptions from the baseline. */
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../../application/authorization/identity.js';
import { CheckHardening, DecideException, GetHardening } from '../../../application/hardening/hardening-calls.js';
import type { Sender } from '../../../application/streams/causes.js';
import { From, SentBy } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { DecidedOn, OnlyNew, tagWith } from '../kit/conditional.js';
import { Text, Words } from '../kit/fields.js';
import { Allow } from '../kit/route-action.js';
import type { WireReply } from '../kit/wire.js';
import { NoBody, ProviderPath, timeForm } from './inputs.js';

class ExceptionPath extends ProviderPath {
  @Text(
    /^[a-z-]{1,32}\/[\w+=,.@-]{1,128}\/[a-z0-9-]{1,32}$/,
    'an object as findings name it, such as opt-in-region/eu-south-1/eu-south-1, with its slashes written %2F',
  )
  readonly object!: string;
}

class ExceptionBody {
  @Text(/^[\w.:#/-]{1,200}$/, 'the opaque id of who answers for it')
  readonly owner!: string;
  @Words(/^[^\p{Cc}]{1,500}$/u, '1 to 500 printable characters that say why')
  readonly reason!: string;
  @Text(timeForm, 'a time such as 2027-03-01T00:00:00.000Z, at most 365 days ahead')
  readonly until!: string;
}

@Controller('v1/providers/:id')
export class HardeningController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  @Get('hardening')
  @Allow('readHardening')
  async hardening(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @From() caller: Caller,
    @Res({ passthrough: true }) reply: WireReply,
  ) {
    const answer = await this.queries.execute(new GetHardening(id, caller));
    tagWith(answer.position, reply);
    return answer;
  }

  @Post('hardening-checks')
  @HttpCode(202)
  @Allow('checkHardening')
  check(@Param(checked(ProviderPath)) { id }: ProviderPath, @Body(checked(NoBody)) _: NoBody, @From() caller: Caller) {
    return this.commands.execute(new CheckHardening(id, caller));
  }

  @Put('exceptions/:object')
  @Allow('decideExceptions')
  async grant(
    @Param(checked(ExceptionPath)) { id, object }: ExceptionPath,
    @Body(checked(ExceptionBody)) { owner, reason, until }: ExceptionBody,
    @SentBy() by: Sender,
    @DecidedOn() decidedOn: string | undefined,
    @OnlyNew() onlyNew: boolean,
    @Res({ passthrough: true }) reply: WireReply,
  ) {
    return this.decide(new DecideException(id, object, { owner, reason, until }, by, decidedOn, onlyNew), reply);
  }

  @Delete('exceptions/:object')
  @HttpCode(200)
  @Allow('decideExceptions')
  async revoke(
    @Param(checked(ExceptionPath)) { id, object }: ExceptionPath,
    @SentBy() by: Sender,
    @DecidedOn() decidedOn: string | undefined,
    @Res({ passthrough: true }) reply: WireReply,
  ) {
    return this.decide(new DecideException(id, object, undefined, by, decidedOn), reply);
  }

  private async decide(asked: DecideException, reply: WireReply) {
    const { hardening, ...on } = await this.commands.execute(asked);
    tagWith(on.position, reply);
    return { ...hardening, ...on };
  }
}
