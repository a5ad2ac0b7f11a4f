/** Reads of providers: one's status, an organization's list, a search over all. */
import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { underneath } from '../../domain/provider/stages.js';
import { Refusal } from '../../domain/refusal.js';
import { authorize, requireOrganization, seesAll } from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import type { Moment } from '../history/as-of.js';
import type { ListOf, ListPage, PageOf, ProviderRow, ProviderSearch, ReadModels } from '../ports/read-models.js';
import { type Standstill, wholenessOf } from '../quarantine/standstill.js';
import { statusAsOf } from './past-status.js';
import { SettledViews } from './settled-views.js';
import { type StatusView, statusView } from './status-view.js';
import { surroundings } from './surroundings.js';
import { visibleRow } from './visible-row.js';

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
}

/** What an organization's list is narrowed to, beside a stage. */
interface Narrowed {
  /** How the name begins, in any case. */
  readonly name?: string;
  readonly origin?: string;
}

export class ListProviders extends Query<StatusPage> {
  constructor(
    readonly organization: string,
    readonly list: ListOf & Narrowed,
    readonly caller: Caller,
    readonly at?: Moment,
  ) {
    super();
  }
}

export class SearchProviders extends Query<StatusPage> {
  constructor(
    readonly search: ProviderSearch & Pick<Narrowed, 'origin'>,
    readonly page: PageOf,
    readonly caller: Caller,
  ) {
    super();
  }
}

@QueryHandler(GetStatus)
export class GetStatusHandler implements IQueryHandler<GetStatus> {
  private readonly settled = new SettledViews();

  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ providerId, at, ...sent }: GetStatus): Promise<StatusView> {
    const caller = authorize('readProviders', sent.caller);
    const row = visibleRow(this.on, providerId, caller);
    if (at) return (await statusAsOf(this.on.store, providerId, at, seesAll(caller))) ?? notYet();
    return this.settled.of(row, surroundings(this.on, caller)(row));
  }
}

@QueryHandler(ListProviders)
export class ListProvidersHandler implements IQueryHandler<ListProviders> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ organization, list, at, ...sent }: ListProviders): Promise<StatusPage> {
    const caller = authorize('readProviders', sent.caller);
    requireOrganization(caller, organization);
    const wholeness = wholenessOf(this.on.readModels, seesAll(caller));
    if (at) return { ...(await this.asOf(organization, list, at, seesAll(caller))), ...wholeness };
    const { items, ...page } = rowsOf(this.on.readModels, organization, list);
    const around = surroundings(this.on, caller);
    return { items: items.map((row) => statusView(row, around(row))), ...page, ...wholeness };
  }

  /** Who is in the list now, as they were; a page may be short, since who was not there yet, or at another stage, is left out. */
  private async asOf(
    organization: string,
    { stage, ...list }: ListProviders['list'],
    at: Moment,
    all: boolean,
  ): Promise<StatusPage> {
    const { items, ...page } = rowsOf(this.on.readModels, organization, list);
    const then = await Promise.all(items.map(({ providerId }) => statusAsOf(this.on.store, providerId, at, all)));
    const there = then.filter((view) => view !== undefined);
    return { items: there.filter((view) => stage === undefined || view.stage === stage), ...page };
  }
}

@QueryHandler(SearchProviders)
export class SearchProvidersHandler implements IQueryHandler<SearchProviders> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ search: { origin, ...search }, page, ...sent }: SearchProviders) {
    const caller = authorize('readOperations', sent.caller);
    const wholeness = wholenessOf(this.on.readModels, seesAll(caller));
    const { items, ...rest } = this.on.readModels.search(search, page);
    const around = surroundings(this.on, caller);
    return { items: ofOrigin(items, origin).map((row) => statusView(row, around(row))), ...rest, ...wholeness };
  }
}

/** The newest first, or by name where the beginning of one is given; what is left out by its origin makes a page short. */
function rowsOf(
  readModels: ReadModels,
  organization: string,
  { name, origin, stage, ...page }: ListProviders['list'],
): ListPage<ProviderRow> {
  const ofStage = stage === undefined ? {} : { stage };
  const { items, ...rest } =
    name === undefined
      ? readModels.providersOf(organization, { ...page, ...ofStage })
      : readModels.search({ organization, name, ...ofStage }, page);
  return { items: ofOrigin(items, origin), ...rest };
}

function ofOrigin(rows: readonly ProviderRow[], origin: string | undefined): readonly ProviderRow[] {
  if (origin === undefined) return rows;
  return rows.filter(({ provider }) => {
    const known = underneath(provider);
    return 'origin' in known && known.origin.kind === origin;
  });
}

function notYet(): never {
  throw new Refusal('not-found', 'There was no such provider yet.', [
    { field: 'at', problem: 'lies before its first fact', allowed: 'a later position or time' },
  ]);
}
