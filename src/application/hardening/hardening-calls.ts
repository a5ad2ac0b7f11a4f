/** The hardening of an account in use, as people see it, have it looked at, and except objects from it. */
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler, type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { objectKey } from '../../domain/baseline/plan.js';
import { coveringGuardrail } from '../../domain/guardrails/covering.js';
import { grantException, revokeException } from '../../domain/hardening/exceptions.js';
import { keyParts } from '../../domain/hardening/findings.js';
import { Refusal } from '../../domain/refusal.js';
import { type AuthorizedCaller, authorize, seesAll } from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import { loadAuthorized } from '../authorized-providers.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import type { Position } from '../ports/event-store.js';
import { hardenings } from '../streams/aggregates.js';
import { authorizedSender, causeOf, type Sender } from '../streams/causes.js';
import { type OnRecord, onRecord } from '../streams/on-record.js';
import { requireAbsent, requireUnchanged } from '../streams/unchanged.js';
import { type AccountInUse, inUse } from './account-in-use.js';
import { type HardeningParts, heldOf } from './hardening-parts.js';
import { type HardeningView, hardeningView } from './hardening-view.js';

/** What handlers need of it, and how a look is asked for. */
export interface HardeningService extends HardeningParts {
  readonly nudge: (providerId: string) => void;
}

/** The injection token of the {@link HardeningService}. */
export const HARDENING = Symbol('Hardening');

/** With the position of the last fact behind it; an exception may be decided on just that. */
export type HardeningNow = HardeningView & Pick<OnRecord, 'position'>;

export class GetHardening extends Query<HardeningNow> {
  constructor(
    readonly providerId: string,
    readonly caller: Caller,
  ) {
    super();
  }
}

export class CheckHardening extends Command<{ readonly id: string; readonly lastCheckedAt?: string }> {
  constructor(
    readonly providerId: string,
    readonly caller: Caller,
  ) {
    super();
  }
}

export interface ExceptionAsked {
  readonly owner: string;
  readonly reason: string;
  /** ISO time. */
  readonly until: string;
}

/** Grants an exception, or takes it back where none is asked for. */
export class DecideException extends Command<OnRecord & { readonly hardening: HardeningView }> {
  constructor(
    readonly providerId: string,
    readonly object: string,
    readonly asked: ExceptionAsked | undefined,
    readonly by: Sender,
    /** The fact that it was decided on, where the caller names one. */
    readonly decidedOn?: Position,
    /** Whether it is granted only where the object has none. */
    readonly onlyNew = false,
  ) {
    super();
  }
}

/** The account of a provider for a caller who may see it; throws a refusal where nobody works in one. */
async function accountFor(on: Dependencies, caller: AuthorizedCaller, providerId: string): Promise<AccountInUse> {
  const account = inUse(providerId, await loadAuthorized(on, caller, providerId));
  if (account) return account;
  throw new Refusal('wrong-stage', 'Only an account that is in use is held to its hardening; this one is not.');
}

@QueryHandler(GetHardening)
export class GetHardeningHandler implements IQueryHandler<GetHardening> {
  constructor(
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
    @Inject(HARDENING) private readonly hardening: HardeningService,
  ) {}

  async execute({ providerId, ...sent }: GetHardening): Promise<HardeningNow> {
    const caller = authorize('readHardening', sent.caller);
    const account = await accountFor(this.on, caller, providerId);
    const { state, position } = await this.on.streams.load(hardenings, providerId);
    const held = await heldOf(this.on, this.hardening, account);
    const view = hardeningView(providerId, state, { looks: this.hardening.looks, held, seesAll: seesAll(caller) });
    return { ...view, position };
  }
}

@CommandHandler(CheckHardening)
export class CheckHardeningHandler implements ICommandHandler<CheckHardening> {
  constructor(
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
    @Inject(HARDENING) private readonly hardening: HardeningService,
  ) {}

  async execute({ providerId, ...sent }: CheckHardening) {
    await accountFor(this.on, authorize('checkHardening', sent.caller), providerId);
    this.hardening.nudge(providerId);
    const latest = this.hardening.looks.latest(providerId);
    return { id: providerId, ...(latest ? { lastCheckedAt: latest.at } : {}) };
  }
}

@CommandHandler(DecideException)
export class DecideExceptionHandler implements ICommandHandler<DecideException> {
  constructor(
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
    @Inject(HARDENING) private readonly hardening: HardeningService,
  ) {}

  async execute({ providerId, object, asked, decidedOn, onlyNew, ...sent }: DecideException) {
    const by = authorizedSender('decideExceptions', sent.by);
    const { streams, clock } = this.on;
    const account = await accountFor(this.on, by.caller, providerId);
    const held = await heldOf(this.on, this.hardening, account);
    const objects = new Set(held.parts.flatMap((part) => part.objects.map(objectKey)));
    const guardrail = asked && (await this.guardrailOver(account, object, objects));
    const cause = causeOf(by, providerId, { object, asked: asked ?? 'none' });
    const changed = await streams.change(hardenings, providerId, cause, (hardening, { position }) => {
      requireUnchanged(decidedOn, position, this.on.formerLogs);
      requireAbsent(onlyNew && object in hardening.exceptions);
      if (!asked) return revokeException(object, hardening);
      const now = new Date(clock.now()).toISOString();
      return grantException({ ...asked, object, objects, guardrail, now }, hardening);
    });
    const { looks } = this.hardening;
    const view = hardeningView(providerId, changed.state, { looks, held, seesAll: seesAll(by.caller) });
    return { ...onRecord(changed), hardening: view };
  }

  /** The guardrail in force that covers the object; an object of the customer's own is covered by none. */
  private async guardrailOver({ payerId, accountId }: AccountInUse, object: string, known: ReadonlySet<string>) {
    const parts = keyParts(object);
    if (!parts || !known.has(object)) return undefined;
    const { kind, name, place } = parts;
    if (kind === 'user' || kind === 'customer-group' || kind === 'root') return undefined;
    return coveringGuardrail(await this.hardening.applied(payerId), { kind, name, place, accountId });
  }
}
