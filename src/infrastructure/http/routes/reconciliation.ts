/** What differs between the log and AWS's lists of accounts: the last report, and a new one on demand. */
import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../../application/authorization/identity.js';
import { GetReconciliation, StartReconciliation } from '../../../application/reconciliation/reconciliation-calls.js';
import { From } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { Allow } from '../kit/route-action.js';
import { NoBody } from './inputs.js';

@Controller('v1/reconciliation')
export class ReconciliationController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  @Get()
  @Allow('readReconciliation')
  report(@From() caller: Caller) {
    return this.queries.execute(new GetReconciliation(caller));
  }

  @Post()
  @HttpCode(202)
  @Allow('reconcile')
  start(@Body(checked(NoBody)) _: NoBody, @From() caller: Caller) {
    return this.commands.execute(new StartReconciliation(caller));
  }
}
