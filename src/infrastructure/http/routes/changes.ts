/** Live changes of one provider as server-sent events, resumable by Last-Event-ID. */

import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { authorize, seesAll } from '../../../application/authorization/authorization.js';
import type { Caller } from '../../../application/authorization/identity.js';
import { loadAuthorized } from '../../../application/authorized-providers.js';
import { DEPENDENCIES, type Dependencies } from '../../../application/dependencies.js';
import type { Changes } from '../../../application/history/live-feed.js';
import { From } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { eventStreamType } from '../kit/event-stream.js';
import { ofThisLog } from '../kit/freshness.js';
import { lastEventId } from '../kit/last-event-id.js';
import { CHANGES } from '../kit/parts.js';
import { Allow } from '../kit/route-action.js';
import type { WireReply, WireRequest } from '../kit/wire.js';
import { ChangesQuery, ProviderPath } from './inputs.js';
import { LiveChanges } from './live-changes.js';
import { ofProvider } from './live-sources.js';

@Controller('v1/providers/:id/changes')
export class ChangesController {
  constructor(
    @Inject(LiveChanges) private readonly live: LiveChanges,
    @Inject(CHANGES) private readonly feed: Changes,
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
  ) {}

  /** A browser that reconnects sends Last-Event-ID by itself, so that header wins over `after`. */
  @Get()
  @Allow('readHistory')
  async changes(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Query(checked(ChangesQuery)) query: ChangesQuery,
    @From() from: Caller,
    @Req() request: WireRequest,
    @Res() reply: WireReply,
  ): Promise<void> {
    const resumed = lastEventId(request);
    const caller = authorize('readHistory', from);
    if (request.method !== 'HEAD') this.live.requirePlace(caller);
    await loadAuthorized(this.on, caller, id);
    if (request.method === 'HEAD') return void reply.header('content-type', eventStreamType).send('');
    const { store, clock } = this.on;
    const wanted = { providerId: id, after: resumed ?? query.after, seesAll: seesAll(caller) };
    const source = ofProvider({ changes: this.feed, store, clock }, wanted);
    await ofThisLog(resumed === undefined ? 'after' : 'Last-Event-ID', () =>
      this.live.serve(source, caller, () => this.live.openOn(request, reply)),
    );
  }
}
