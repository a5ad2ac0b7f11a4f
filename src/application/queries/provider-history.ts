/** The history of a provider: each fact that its reader may know of, what it came from, and what it changed. */
import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { authorize, seesAll } from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { entriesOf, type HistoryEntry } from '../history/history.js';
import type { Position } from '../ports/event-store.js';
import type { ListPage } from '../ports/provider-lists.js';
import { requireFilled } from '../quarantine/standstill.js';
import { authorizedRow } from './authorized-row.js';
import { type Difference, differencesOf, openLives } from './differences.js';

export class GetHistory extends Query<ListPage<HistoryEntry & Partial<Difference>>> {
  constructor(
    readonly providerId: string,
    readonly after: Position | undefined,
    readonly limit: number,
    readonly caller: Caller,
  ) {
    super();
  }
}

@QueryHandler(GetHistory)
export class GetHistoryHandler implements IQueryHandler<GetHistory> {
  private readonly lives = openLives();

  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({
    providerId,
    after,
    limit,
    ...sent
  }: GetHistory): Promise<ListPage<HistoryEntry & Partial<Difference>>> {
    const caller = authorize('readHistory', sent.caller);
    authorizedRow(this.on, providerId, caller);
    requireFilled(this.on.readModels, ['audit-history']);
    const { items, ...page } = this.on.readModels.historyOf(providerId, after, limit);
    const entries = await entriesOf(this.on.store, items, seesAll(caller));
    const told = { providerId, rows: items, lives: this.lives };
    const differences = await differencesOf(this.on.store, told, seesAll(caller));
    return { items: entries.map((entry) => ({ ...entry, ...differences.get(entry.position) })), ...page };
  }
}
