/** A newer baseline for the accounts in use: what it would change, and its rollout. */
import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../../application/authorization/identity.js';
import { DecideRollout, GetRollout, type RolloutAsked } from '../../../application/hardening/rollout-calls.js';
import type { Sender } from '../../../application/streams/causes.js';
import { From, SentBy } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { Count, Text, Texts } from '../kit/fields.js';
import { Allow } from '../kit/route-action.js';
import { NoBody } from './inputs.js';

class StartBody {
  @Text(/^jcs1:[0-9a-f]{64}$/, 'the digest of the plan that was shown')
  readonly digest!: string;
  @Texts(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 50, 'a list of ids of providers, at most 50')
  readonly canaries!: string[];
  @Count(10_000)
  readonly perHour!: number;
  @Count(1_000)
  readonly stopAfterFailures!: number;
}

@Controller('v1/baseline-rollouts')
export class RolloutsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  @Get()
  @Allow('readRollout')
  plan(@From() caller: Caller) {
    return this.queries.execute(new GetRollout(caller));
  }

  @Post()
  @HttpCode(200)
  @Allow('decideRollout')
  start(@Body(checked(StartBody)) { digest, canaries, perHour, stopAfterFailures }: StartBody, @SentBy() by: Sender) {
    return this.decide({ type: 'Start', digest, canaries, perHour, stopAfterFailures }, by);
  }

  @Post('pause')
  @HttpCode(200)
  @Allow('decideRollout')
  pause(@Body(checked(NoBody)) _: NoBody, @SentBy() by: Sender) {
    return this.decide({ type: 'Pause' }, by);
  }

  @Post('resume')
  @HttpCode(200)
  @Allow('decideRollout')
  resume(@Body(checked(NoBody)) _: NoBody, @SentBy() by: Sender) {
    return this.decide({ type: 'Resume' }, by);
  }

  private async decide(asked: RolloutAsked, by: Sender) {
    const { view, ...on } = await this.commands.execute(new DecideRollout(asked, by));
    return { ...view, ...on };
  }
}
