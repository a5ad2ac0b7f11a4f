/**
 * Everything that the caller may see, from any position on: as lines of JSON up to now, or as server-sent events that go on.
 * The last signed head of the log is among it, and each that is signed while somebody listens.
 */
import { Readable } from 'node:stream';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { AUDIT, type Audit, wholeHead } from '../../../application/audit/audit.js';
import type { Caller } from '../../../application/authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../../../application/dependencies.js';
import { type Between, pagesBetween } from '../../../application/history/change-feed.js';
import type { Changes } from '../../../application/history/live-feed.js';
import { requireOwn } from '../../../application/ports/event-store-errors.js';
import type { SignedHead } from '../../../application/ports/signed-heads.js';
import { statusModels } from '../../../application/quarantine/standstill.js';
import { FollowChanges } from '../../../application/queries/follow-changes.js';
import { headLine, headSigned } from '../../../application/webhooks/messages/signed-head.js';
import { From } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { eventStreamType } from '../kit/event-stream.js';
import { FairScheduler } from '../kit/fair-scheduler.js';
import { caughtUp, ofThisLog } from '../kit/freshness.js';
import { lastEventId } from '../kit/last-event-id.js';
import { CHANGES } from '../kit/parts.js';
import { Allow } from '../kit/route-action.js';
import { tenantOf } from '../kit/tenant.js';
import type { WireReply, WireRequest } from '../kit/wire.js';
import { feedLines, reaching } from './feed-lines.js';
import { ChangesQuery } from './inputs.js';
import { LiveChanges } from './live-changes.js';
import { ofAll } from './live-sources.js';

@Controller('v1/changes')
export class ChangeFeedController {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(LiveChanges) private readonly live: LiveChanges,
    @Inject(CHANGES) private readonly changes: Changes,
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
    @Inject(FairScheduler) private readonly scheduler: FairScheduler,
    @Inject(AUDIT) private readonly audit: Audit,
  ) {}

  /** Server-sent events where they are asked for by `Accept`; a browser's Last-Event-ID wins over `after`. */
  @Get()
  @Allow('followChanges')
  async feed(
    @Query(checked(ChangesQuery)) query: ChangesQuery,
    @From() from: Caller,
    @Req() request: WireRequest,
    @Res() reply: WireReply,
  ): Promise<void> {
    const isLive = wantsEvents(request) && request.method !== 'HEAD';
    if (isLive) this.live.requirePlace(from);
    const { caller, entryFor } = await this.queries.execute(new FollowChanges(from));
    const resumed = lastEventId(request);
    const after = resumed ?? query.after;
    const { store, readModels, clock } = this.on;
    if (after !== undefined)
      await ofThisLog(resumed === undefined ? 'after' : 'Last-Event-ID', () => requireOwn(store, after));
    const head = store.head();
    // Whose a provider is that was asked for until now is known from the read model.
    if (head !== undefined) await caughtUp(readModels, head, statusModels);
    const turn = () => this.scheduler.turn(tenantOf(caller), 'page');
    if (!wantsEvents(request)) return this.lines(reply, { after, entryFor, turn }, from);
    if (!isLive) return void reply.header('content-type', eventStreamType).send('');
    await this.live.serve(ofAll({ changes: this.changes, store, clock }, { after, entryFor, turn }), caller, () => {
      const stream = this.live.openOn(request, reply);
      stream.onGone(this.audit.onSigned((head) => stream.tell(headSigned, lineOf(head))));
      return stream;
    });
  }

  /** Each page is read only when the one before it has gone out, and none when the reader is gone or their token has expired. */
  private lines(
    reply: WireReply,
    wanted: Omit<Between, 'upTo'>,
    { knownUntil = Number.POSITIVE_INFINITY }: Caller,
  ): void {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const { store, clock } = this.on;
    const upTo = store.head();
    const texts = feedLines(pagesBetween(store, { ...wanted, upTo }, gone.signal), {
      after: wanted.after,
      isOver: () => clock.now() >= knownUntil,
      end: () => [...[this.audit.lastHead() ?? []].flat().map(lineOf), reaching(upTo ?? wanted.after)],
    });
    reply
      .header('content-type', 'application/x-ndjson; charset=utf-8')
      .send(Readable.from(texts, { objectMode: false }));
  }
}

const wantsEvents = ({ headers }: WireRequest): boolean => headers.accept?.includes('text/event-stream') ?? false;

/** A head as the feed has it. */
const lineOf = (head: SignedHead) => headLine(wholeHead(head));
