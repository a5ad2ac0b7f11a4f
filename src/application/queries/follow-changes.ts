/** Everything that a caller may see of the log, as a call that any way in makes. */
import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type AuthorizedCaller, authorize } from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { type EntryFor, feedFor, type OwnerOf, openOwners } from '../history/change-feed.js';

/** What each entry of the log is to the caller, in the roles that may follow it. */
export interface Feed {
  readonly caller: AuthorizedCaller;
  readonly entryFor: EntryFor;
}

export class FollowChanges extends Query<Feed> {
  constructor(readonly caller: Caller) {
    super();
  }
}

@QueryHandler(FollowChanges)
export class FollowChangesHandler implements IQueryHandler<FollowChanges> {
  readonly #ownerOf: OwnerOf;

  /** One memory of owners serves every reader: making one for each took longer than all else that opening a feed takes. */
  constructor(@Inject(DEPENDENCIES) { readModels }: Dependencies) {
    this.#ownerOf = openOwners(readModels);
  }

  async execute({ caller: from }: FollowChanges): Promise<Feed> {
    const caller = authorize('followChanges', from);
    return { caller, entryFor: feedFor(this.#ownerOf, caller) };
  }
}
