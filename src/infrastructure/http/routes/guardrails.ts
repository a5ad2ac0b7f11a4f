/** The guardrails over a payer's customers: what an application would change, and the application of just that. */
import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../../application/authorization/identity.js';
import { ApplyGuardrails, GetGuardrails } from '../../../application/guardrails/guardrail-calls.js';
import { standing } from '../../../application/guardrails/guardrails-view.js';
import type { Sender } from '../../../application/streams/causes.js';
import { From, SentBy } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { Text } from '../kit/fields.js';
import { Allow } from '../kit/route-action.js';

class PayerPath {
  @Text(/^[a-z0-9][a-z0-9-]{0,31}$/, 'the id of a payer in the configuration')
  readonly id!: string;
}

class ApplyBody {
  @Text(/^jcs1:[0-9a-f]{64}$/, 'the digest of the plan that was shown')
  readonly digest!: string;
}

@Controller('v1/payers/:id/guardrails')
export class GuardrailsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  @Get()
  @Allow('readGuardrails')
  plan(@Param(checked(PayerPath)) { id }: PayerPath, @From() caller: Caller) {
    return this.queries.execute(new GetGuardrails(id, caller));
  }

  @Post()
  @HttpCode(200)
  @Allow('applyGuardrails')
  async apply(
    @Param(checked(PayerPath)) { id }: PayerPath,
    @Body(checked(ApplyBody)) { digest }: ApplyBody,
    @SentBy() by: Sender,
  ) {
    const { guardrails, position } = await this.commands.execute(new ApplyGuardrails(id, digest, by));
    return { id, ...standing(guardrails), position };
  }
}
