/** What differs between the log and AWS's lists of accounts: the last report, and a new one on demand. */
import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import type { Reconciliation } from '../../../application/reconciliation/reconciliation.js';
import { checked } from '../kit/checked.js';
import { RECONCILIATION } from '../kit/parts.js';
import { NoBody } from './bodies.js';
import { Allow } from './calls.js';

@Controller('v1/reconciliation')
export class ReconciliationController {
  constructor(@Inject(RECONCILIATION) private readonly reconciliation: Reconciliation) {}

  /** Without `last` none has been made yet; without `running` none is under way. */
  @Get()
  @Allow('readReconciliation')
  report() {
    const [last, since] = [this.reconciliation.last(), this.reconciliation.running()];
    return { ...(last ? { last } : {}), ...(since === undefined ? {} : { running: { since } }) };
  }

  /** Nothing is recorded by it, so that its answer has no position. */
  @Post()
  @HttpCode(202)
  @Allow('reconcile')
  start(@Body(checked(NoBody)) _: NoBody) {
    return { running: { since: this.reconciliation.start() } };
  }
}
