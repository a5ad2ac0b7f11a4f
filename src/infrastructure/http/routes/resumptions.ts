/** After an outage all who halted for it go on with one call, which is first asked who they are. */
import { Body, Controller, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ResumeHalted, TryResumption } from '../../../application/commands/resume-halted.js';
import type { Sender } from '../../../application/streams/causes.js';
import { steps } from '../../../domain/provider/steps.js';
import { SentBy } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { OneOf, Optional, Text } from '../kit/fields.js';
import { Allow } from '../kit/route-action.js';
import { DryRunQuery } from './inputs.js';

class HaltedBody {
  @Optional()
  @Text(/^[a-z0-9-]{1,64}$/, 'a reason as halts name it, such as aws-unavailable')
  readonly reason?: string;
  @Optional()
  @OneOf(...steps)
  readonly step?: string;
  @Optional()
  @Text(/^[a-z0-9][a-z0-9-]{0,31}$/, 'the id of a payer in the configuration')
  readonly payer?: string;
}

@Controller('v1/resumptions')
export class ResumptionsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  @Post()
  @HttpCode(200)
  @Allow('resumeHalted')
  async resume(
    @Query(checked(DryRunQuery)) { dryRun }: DryRunQuery,
    @Body(checked(HaltedBody)) { reason, step, payer }: HaltedBody,
    @SentBy() by: Sender,
  ) {
    const halted = {
      ...(reason !== undefined && { reason }),
      ...(step !== undefined && { step }),
      ...(payer !== undefined && { payer }),
    };
    if (dryRun === 'true') return this.queries.execute(new TryResumption(halted, by.caller));
    return this.commands.execute(new ResumeHalted(halted, by));
  }
}
