/** Reads of providers: one's status, an organization's list, a search over all. */
import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Refusal } from '../../domain/refusal.js';
import { type AuthorizedCaller, authorize, requireOrganization, seesAll } from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import type { Moment } from '../history/as-of.js';
import type { Position } from '../ports/event-store.js';
import type { ListOrder, ListPage, PageOf, ProviderFilter } from '../ports/provider-lists.js';
import type { ProviderRow, ReadModels } from '../ports/read-models.js';
import { type Standstill, servedOf, statusModels, wholenessOf } from '../quarantine/standstill.js';
import { authorizedRow } from './authorized-row.js';
import { statusAsOf } from './past-status.js';
import { SettledViews } from './settled-views.js';
import { type StatusView, statusView } from './status-view.js';
import { surroundings } from './surroundings.js';

export class GetStatus extends Query<StatusView> {
  constructor(
    readonly providerId: string,
    readonly caller: Caller,
    /** As it was then; now, unless given. */
    readonly at?: Moment,
  ) {
    super();
  }
}

/** A page of statuses; `standstill` says why it may not hold everything. */
export interface StatusPage extends ListPage<StatusView> {
  readonly standstill?: Standstill;
  /** Up to where in the log it holds everything; none before the first fact, and of a list as it was. */
  readonly position?: Position;
}

/** What a list is asked for: narrowed as a filter says, in an order where one is given. */
export interface ListAsked extends ProviderFilter, PageOf {
  readonly sort?: ListOrder;
  readonly order?: 'asc' | 'desc';
}

export class ListProviders extends Query<StatusPage> {
  constructor(
    readonly organization: string,
    readonly list: Omit<ListAsked, 'organization'>,
    readonly caller: Caller,
    readonly at?: Moment,
  ) {
    super();
  }
}

export class SearchProviders extends Query<StatusPage> {
  constructor(
    readonly list: ListAsked,
    readonly caller: Caller,
  ) {
    super();
  }
}

@QueryHandler(GetStatus)
export class GetStatusHandler implements IQueryHandler<GetStatus> {
  private readonly settled = new SettledViews();

  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ providerId, at, caller: sender }: GetStatus): Promise<StatusView> {
    if (!at) return this.present(providerId, sender);
    const caller = authorize('readProviders', sender);
    authorizedRow(this.on, providerId, caller);
    return (await statusAsOf(this.on.store, providerId, at, seesAll(caller))) ?? notYet();
  }

  /** The status as it is now; the same object as before where nothing has changed. Throws as the query does. */
  present(providerId: string, sender: Caller): StatusView {
    const caller = authorize('readProviders', sender);
    const row = authorizedRow(this.on, providerId, caller);
    return this.settled.of(row, surroundings(this.on, caller)(row));
  }
}

@QueryHandler(ListProviders)
export class ListProvidersHandler implements IQueryHandler<ListProviders> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ organization, list, at, ...sent }: ListProviders): Promise<StatusPage> {
    const caller = authorize('readProviders', sent.caller);
    requireOrganization(caller, organization);
    if (!at) return presentPage(this.on, { ...list, organization }, caller);
    const wholeness = wholenessOf(this.on.readModels, seesAll(caller));
    return { ...(await this.asOf(organization, list, at, seesAll(caller))), ...wholeness };
  }

  /** Who is in the list now, as they were; a page may be short, since who was not there yet, or at another stage, is left out. */
  private async asOf(
    organization: string,
    { stage, ...list }: ListProviders['list'],
    at: Moment,
    all: boolean,
  ): Promise<StatusPage> {
    const { items, ...page } = rowsOf(this.on.readModels, { ...list, organization });
    const then = await Promise.all(items.map(({ providerId }) => statusAsOf(this.on.store, providerId, at, all)));
    const there = then.filter((view) => view !== undefined);
    return { items: there.filter((view) => stage === undefined || view.stage === stage), ...page };
  }
}

@QueryHandler(SearchProviders)
export class SearchProvidersHandler implements IQueryHandler<SearchProviders> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ list, ...sent }: SearchProviders) {
    return presentPage(this.on, list, authorize('readOperations', sent.caller));
  }
}

/** The page as it is now, with up to where in the log it holds everything. */
function presentPage(on: Dependencies, list: ListAsked, caller: AuthorizedCaller): StatusPage {
  const wholeness = wholenessOf(on.readModels, seesAll(caller));
  const [status] = servedOf(on.readModels, statusModels);
  const { items, ...page } = rowsOf(on.readModels, list);
  const around = surroundings(on, caller);
  const position = status?.position;
  return {
    items: items.map((row) => statusView(row, around(row))),
    ...page,
    ...wholeness,
    ...(position !== undefined && { position }),
  };
}

/** Where no order is asked for: the newest first, or by name where the beginning of one is given. */
function rowsOf(readModels: ReadModels, { limit, cursor, sort, order, ...filter }: ListAsked): ListPage<ProviderRow> {
  const by = sort ?? (filter.name === undefined ? 'requestedAt' : 'name');
  const descending = order === undefined ? by.endsWith('At') : order === 'desc';
  return readModels.list(filter, { limit, ...(cursor !== undefined && { cursor }), sort: by, descending });
}

function notYet(): never {
  throw new Refusal('not-found', 'There was no such provider yet.', [
    { field: 'at', problem: 'lies before its first fact', allowed: 'a later position or time' },
  ]);
}
