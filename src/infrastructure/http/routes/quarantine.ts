/** Streams that cannot be read: what stands still because of them, and an operator's decision to set them aside or use them again. */

import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../../application/authorization/identity.js';
import { readModelNames } from '../../../application/ports/read-model-health.js';
import { DecideQuarantine, GetQuarantine } from '../../../application/quarantine/quarantine-commands.js';
import type { Sender } from '../../../application/streams/causes.js';
import { From, SentBy } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { Text, Words } from '../kit/fields.js';
import { ReadsFrom } from '../kit/freshness.js';
import { Allow } from '../kit/route-action.js';
import { ReadQuery } from './inputs.js';

class DecisionBody {
  @Text(/^[a-z]{1,32}-[A-Za-z0-9-]{1,128}$/, 'the name of a stream, such as provider-<id>')
  readonly stream!: string;
  @Words(/^[^\p{Cc}]{1,500}$/u, '1 to 500 printable characters that say why; operators and auditors read them')
  readonly reason!: string;
}

@Controller('v1/quarantine')
export class QuarantineController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  @Get()
  @Allow('readQuarantine')
  @ReadsFrom(...readModelNames)
  async list(@Query(checked(ReadQuery)) _: ReadQuery, @From() caller: Caller) {
    return this.queries.execute(new GetQuarantine(caller));
  }

  @Post()
  @HttpCode(200)
  @Allow('decideQuarantine')
  async setAside(@Body(checked(DecisionBody)) body: DecisionBody, @SentBy() by: Sender) {
    return this.decide('SetAside', body, by);
  }

  @Post('lift')
  @HttpCode(200)
  @Allow('decideQuarantine')
  async lift(@Body(checked(DecisionBody)) body: DecisionBody, @SentBy() by: Sender) {
    return this.decide('Lift', body, by);
  }

  /** What is in force now, and the position to give a read as `minPosition`. */
  private async decide(decision: 'SetAside' | 'Lift', { stream, reason }: DecisionBody, by: Sender) {
    const { setAside, position, hash } = await this.commands.execute(
      new DecideQuarantine(decision, stream, reason, by),
    );
    return { stream, quarantined: setAside !== undefined, ...setAside, position, hash };
  }
}
