/** What differs between the log and AWS's lists of accounts: the last report, and a new one on demand. */
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler, type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { authorize } from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import type { Report } from './compare.js';
import type { Reconciliation } from './reconciliation.js';

/** The injection token of the {@link Reconciliation}. */
export const RECONCILIATION = Symbol('Reconciliation');

/** Without `last` none has been made yet; without `running` none is under way. */
export interface ReconciliationView {
  readonly last?: Report;
  readonly running?: { readonly since: string };
}

export class GetReconciliation extends Query<ReconciliationView> {
  constructor(readonly caller: Caller) {
    super();
  }
}

/** Nothing is recorded by it, so that its answer has no position. */
export class StartReconciliation extends Command<Required<Pick<ReconciliationView, 'running'>>> {
  constructor(readonly caller: Caller) {
    super();
  }
}

@QueryHandler(GetReconciliation)
export class GetReconciliationHandler implements IQueryHandler<GetReconciliation> {
  constructor(@Inject(RECONCILIATION) private readonly reconciliation: Reconciliation) {}

  async execute({ caller }: GetReconciliation): Promise<ReconciliationView> {
    authorize('readReconciliation', caller);
    const [last, since] = [this.reconciliation.last(), this.reconciliation.running()];
    return { ...(last ? { last } : {}), ...(since === undefined ? {} : { running: { since } }) };
  }
}

@CommandHandler(StartReconciliation)
export class StartReconciliationHandler implements ICommandHandler<StartReconciliation> {
  constructor(@Inject(RECONCILIATION) private readonly reconciliation: Reconciliation) {}

  async execute({ caller }: StartReconciliation) {
    authorize('reconcile', caller);
    return { running: { since: this.reconciliation.start() } };
  }
}
