/** Live changes of one provider as server-sent events, resumable by Last-Event-ID. */

import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { authorize, seesAll } from '../../../application/authorization/authorization.js';
import type { Caller } from '../../../application/authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../../../application/dependencies.js';
import { loadVisible } from '../../../application/visible-providers.js';
import { From } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { eventStreamType, openEventStream } from '../kit/event-stream.js';
import { Optional, Text } from '../kit/fields.js';
import { ofThisLog, positionForm, positionWords } from '../kit/freshness.js';
import type { LiveLimits } from '../kit/live-limits.js';
import { LIVE_LIMITS } from '../kit/parts.js';
import { Problem } from '../kit/problems.js';
import { Allow } from '../kit/route-action.js';
import type { WireReply, WireRequest } from '../kit/wire.js';
import { ProviderPath } from './inputs.js';
import { LiveChanges } from './live-changes.js';

class ChangesQuery {
  @Optional()
  @Text(positionForm, positionWords)
  readonly after?: string;
}

@Controller('v1/providers/:id/changes')
export class ChangesController {
  constructor(
    @Inject(LiveChanges) private readonly live: LiveChanges,
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
    @Inject(LIVE_LIMITS) private readonly limits: LiveLimits,
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
    await loadVisible(this.on, caller, id);
    if (request.method === 'HEAD') return void reply.header('content-type', eventStreamType).send('');
    const wanted = { providerId: id, after: resumed ?? query.after, seesAll: seesAll(caller), caller };
    await ofThisLog(resumed === undefined ? 'after' : 'Last-Event-ID', () =>
      this.live.serve(wanted, () => {
        reply.hijack();
        return openEventStream(reply.raw, request.id, this.limits);
      }),
    );
  }
}

function lastEventId({ headers }: WireRequest): string | undefined {
  const id = headers['last-event-id'];
  if (id === undefined || id === '') return undefined;
  if (typeof id === 'string' && positionForm.test(id)) return id;
  const wrong = { field: 'Last-Event-ID', problem: 'is no position', allowed: positionWords };
  throw new Problem('invalid', `Last-Event-ID is no position; allowed: ${positionWords}.`, [wrong]);
}
