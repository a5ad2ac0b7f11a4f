/** An operator sees what guardrails would change at a payer, and applies just what was shown. */
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler, type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { decideApplied, type PayerGuardrails } from '../../domain/guardrails/payer-guardrails.js';
import { describeChange } from '../../domain/guardrails/plan.js';
import { Refusal } from '../../domain/refusal.js';
import { authorize } from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import type { Position } from '../ports/event-store.js';
import { payerGuardrails } from '../streams/aggregates.js';
import { authorizedSender, causeOf, type Sender } from '../streams/causes.js';
import { doneBy } from '../streams/known-commands.js';
import { type GuardrailsView, planView, standing } from './guardrails-view.js';
import { type GuardrailParts, type GuardrailUnits, type PayerPlan, planOf } from './payer-plans.js';

/** The injection token of the {@link GuardrailParts}. */
export const GUARDRAILS = Symbol('Guardrails');

export class GetGuardrails extends Query<GuardrailsView> {
  constructor(
    readonly payerId: string,
    readonly caller: Caller,
  ) {
    super();
  }
}

export class ApplyGuardrails extends Command<{
  position: Position | undefined;
  guardrails: PayerGuardrails;
}> {
  constructor(
    readonly payerId: string,
    /** Of the plan that was shown. */
    readonly digest: string,
    readonly by: Sender,
  ) {
    super();
  }
}

/** How long AWS may take over all calls of one plan or application; milliseconds. */
const takesAtMostMs = 90_000;

@QueryHandler(GetGuardrails)
export class GetGuardrailsHandler implements IQueryHandler<GetGuardrails> {
  constructor(
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
    @Inject(GUARDRAILS) private readonly guardrails: GuardrailParts,
  ) {}

  async execute({ payerId, caller }: GetGuardrails): Promise<GuardrailsView> {
    authorize('readGuardrails', caller);
    const units = unitsOf(this.guardrails, payerId);
    const { state } = await this.on.streams.load(payerGuardrails, payerId);
    const plan = await planOf(this.guardrails, units, state, AbortSignal.timeout(takesAtMostMs));
    return { id: payerId, ...standing(state), plan: planView(plan) };
  }
}

@CommandHandler(ApplyGuardrails)
export class ApplyGuardrailsHandler implements ICommandHandler<ApplyGuardrails> {
  constructor(
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
    @Inject(GUARDRAILS) private readonly guardrails: GuardrailParts,
  ) {}

  async execute({ payerId, digest, ...sent }: ApplyGuardrails) {
    const by = authorizedSender('applyGuardrails', sent.by);
    const units = unitsOf(this.guardrails, payerId);
    const cause = causeOf(by, `guardrails-${payerId}`, { digest });
    return this.guardrails.mutex.run(payerId, async () => {
      const { state, commands } = await this.on.streams.load(payerGuardrails, payerId);
      // A repeat of a command that took effect changes nothing at AWS.
      const plan = doneBy(commands, cause.commandId) ? undefined : await this.applied(units, state, digest);
      const { position, state: guardrails } = await this.on.streams.change(payerGuardrails, payerId, cause, (now) =>
        plan ? decideApplied(factOf(plan), now) : [],
      );
      return { position, guardrails };
    });
  }

  /** Does what was shown. It is recorded once all of it is done; what a crash cuts off is in the next plan. */
  private async applied(units: GuardrailUnits, state: PayerGuardrails, digest: string): Promise<PayerPlan> {
    const signal = AbortSignal.timeout(takesAtMostMs);
    const plan = await planOf(this.guardrails, units, state, signal);
    if (plan.digest !== digest) throw stale(plan);
    for (const change of plan.changes) await this.guardrails.organizations.change(units.id, change, signal);
    return plan;
  }
}

const factOf = ({ stage, organizationalUnit, policies, digest, changes }: PayerPlan) =>
  ({
    type: 'GuardrailsApplied',
    stage,
    organizationalUnit,
    policies,
    planDigest: digest,
    changes: changes.map((change) => describeChange(change).words),
  }) as const;

const stale = (plan: PayerPlan): Refusal =>
  new Refusal(
    'stale-plan',
    'This is not the plan that would be applied now. Nothing was changed; look at the present plan and send its digest.',
    [{ field: 'digest', problem: 'is of another plan', allowed: plan.digest }],
    { plan: planView(plan) },
  );

function unitsOf({ units }: GuardrailParts, payerId: string): GuardrailUnits {
  const found = units.find(({ id }) => id === payerId);
  if (found) return found;
  const known = units.map(({ id }) => id).join(', ');
  throw new Refusal('not-found', `There is no payer '${payerId}'; there are: ${known}.`, [
    { field: 'id', problem: 'is no payer of the configuration', allowed: known },
  ]);
}
