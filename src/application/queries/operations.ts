/** What the reseller's operators watch: the payers with their room, the queue and the read models. */
import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { everyPayer } from '../../domain/payer.js';
import type { Waiting } from '../../domain/queue/queue.js';
import { authorize } from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import type { ListPage } from '../ports/provider-lists.js';
import type { ProjectionHealth } from '../ports/read-model-health.js';
import type { Load } from '../ports/read-models.js';
import { noLoad, roomOf, waitWords } from '../provisioning/payer-capacity.js';
import { pauseOf } from '../provisioning/vending.js';
import { queueModels, requireFilled, standstillOf } from '../quarantine/standstill.js';
import { cursorAfter, placeAfter } from './queue-cursor.js';
import { unread } from './unread.js';

/** A payer with its room; `vending` also says `paused` while all payers are. */
export interface PayerView extends Load {
  readonly id: string;
  readonly territories: readonly string[];
  readonly accountsAllowed: number;
  /** Accounts that can still be begun, those under way and kept places taken off. */
  readonly roomLeft: number;
  readonly creationsAtOnce: number;
  readonly freeSlots: number;
  readonly vending: BrakeView;
}

type BrakeView =
  | { readonly state: 'open' }
  | { readonly state: 'paused'; readonly since?: string; readonly reason: string; readonly words: string };

/** Somebody who waits for a payer; `position` is 1 for who comes next. */
export interface QueueView {
  readonly position: number;
  readonly providerId: string;
  readonly name: string;
  readonly organization: string;
  readonly territory: string;
  readonly since: string;
  /** The only payer that may take it. */
  readonly returnsTo?: string;
  readonly reason: string;
  readonly words: string;
}

/** A read model with its lag; at most a page of a thousand events is counted, `more` says that there are others. */
export interface ProjectionView extends Pick<ProjectionHealth, 'name' | 'caughtUp' | 'filling'> {
  readonly position?: string;
  readonly behind: { readonly events: number; readonly more: boolean; readonly seconds: number };
  /** Why it stands still, where it does. */
  readonly stopped?: string;
}

export class GetPayers extends Query<{ readonly all: BrakeView; readonly items: readonly PayerView[] }> {
  constructor(readonly caller: Caller) {
    super();
  }
}

export class GetQueue extends Query<ListPage<QueueView> & { readonly total: number }> {
  constructor(
    /** Where an earlier page ended; from the front without one. */
    readonly cursor: string | undefined,
    readonly limit: number,
    readonly caller: Caller,
  ) {
    super();
  }
}

export class GetProjections extends Query<{ readonly items: readonly ProjectionView[] }> {
  constructor(readonly caller: Caller) {
    super();
  }
}

@QueryHandler(GetPayers)
export class GetPayersHandler implements IQueryHandler<GetPayers> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ caller }: GetPayers) {
    authorize('readOperations', caller);
    const { settings, readModels } = this.on;
    requireFilled(readModels, ['payer-load']);
    const loads = readModels.loads();
    const items = settings.payers.map(async (payer) => {
      const { id, territories, accountsAllowed, creationsAtOnce } = payer;
      const { accounts, creating, kept } = loads[id] ?? noLoad;
      const { roomLeft, freeSlots } = roomOf(payer, { accounts, creating, kept });
      const limits = { accounts, accountsAllowed, roomLeft, creating, kept, creationsAtOnce, freeSlots };
      return { id, territories, ...limits, vending: await this.brake(id) };
    });
    return { all: await this.brake(everyPayer), items: await Promise.all(items) };
  }

  private async brake(id: string): Promise<BrakeView> {
    const pause = await pauseOf(this.on.streams, id);
    if (!pause) return { state: 'open' };
    const { since, reason, words } = pause;
    return { state: 'paused', ...(since !== undefined && { since }), reason, words };
  }
}

@QueryHandler(GetQueue)
export class GetQueueHandler implements IQueryHandler<GetQueue> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ cursor, limit, caller }: GetQueue) {
    authorize('readOperations', caller);
    requireFilled(this.on.readModels, queueModels);
    const { order } = this.on.readModels.line(this.on.settings.payers);
    const after = cursor === undefined ? 0 : placeAfter(cursor, order);
    const page = order.slice(after, after + limit);
    const items = page.map((waiting, n) => this.view(waiting, after + n + 1));
    const more = after + limit < order.length;
    return { total: order.length, items, ...(more ? { next: cursorAfter(page) } : {}) };
  }

  private view({ providerId, organization, territory, since, returnsTo }: Waiting, position: number): QueueView {
    const row = this.on.readModels.provider(providerId);
    const told = row?.steps.AssignPayer?.waitsFor ?? notToldYet;
    const { reason, words } = standstillOf(this.on.readModels, true) ?? told;
    const name = row && 'name' in row.provider ? row.provider.name : '';
    const place = { position, providerId, name, organization, territory, since };
    return { ...place, ...(returnsTo !== null && { returnsTo }), reason, words };
  }
}

const notToldYet = { reason: 'slot-awaited', words: waitWords['slot-awaited'] };

@QueryHandler(GetProjections)
export class GetProjectionsHandler implements IQueryHandler<GetProjections> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ caller }: GetProjections) {
    authorize('readOperations', caller);
    const { readModels, store, clock } = this.on;
    const items = readModels.health().map(async ({ name, position, caughtUp, filling, stopped }) => {
      const behind = await unread(store, position, clock.now());
      return { name, ...(position && { position }), caughtUp, filling, behind, ...(stopped && { stopped }) };
    });
    return { items: await Promise.all(items) };
  }
}
