/** The whole log for auditors, as lines of JSON from any position on. */
import { Readable } from 'node:stream';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ExportLog } from '../../../application/audit/export-log.js';
import type { Caller } from '../../../application/authorization/identity.js';
import { From } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { Optional, Text } from '../kit/fields.js';
import { ofThisLog, positionForm, positionWords } from '../kit/freshness.js';
import { Allow } from '../kit/route-action.js';
import type { WireReply } from '../kit/wire.js';

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const timeWords = 'a time in UTC such as 2026-11-24T08:00:00.000Z';

class ExportQuery {
  @Optional()
  @Text(positionForm, positionWords)
  readonly after?: string;
  @Optional()
  @Text(/^[A-Za-z0-9-]{1,64}$/, '1 to 64 letters, digits and hyphens')
  readonly organization?: string;
  @Optional()
  @Text(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a UUID in lower case')
  readonly provider?: string;
  @Optional()
  @Text(/^[A-Za-z]{1,64}$/, 'the type of a fact, such as TermsAccepted')
  readonly type?: string;
  @Optional()
  @Text(/^[\x21-\x7e]{1,512}$/, 'an actor as the history tells it')
  readonly actor?: string;
  @Optional()
  @Text(time, timeWords)
  readonly from?: string;
  @Optional()
  @Text(time, timeWords)
  readonly to?: string;
}

@Controller('v1/audit/events')
export class AuditExportController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  /**
   * Each page is read only when the one before it has gone out, and none when the reader is gone. The first is read before
   * anything is answered, because a log on a server tells only then that no event lies at the place.
   */
  @Get()
  @Allow('exportEvents')
  async events(
    @Query(checked(ExportQuery)) { after, provider, ...filter }: ExportQuery,
    @From() caller: Caller,
    @Res() reply: WireReply,
  ): Promise<void> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const wanted = { ...filter, ...(provider !== undefined && { providerId: provider }) };
    const query = new ExportLog(wanted, after, gone.signal, caller);
    const exported = await ofThisLog('after', () => this.queries.execute(query));
    const pages = exported[Symbol.asyncIterator]();
    const first = await ofThisLog('after', () => pages.next());
    reply
      .header('content-type', 'application/x-ndjson; charset=utf-8')
      .send(Readable.from(beginningWith(first, pages), { objectMode: false }));
  }
}

async function* beginningWith(
  first: IteratorResult<string>,
  rest: AsyncIterator<string>,
): AsyncGenerator<string, void> {
  try {
    for (let page = first; !page.done; page = await rest.next()) yield page.value;
  } finally {
    await rest.return?.();
  }
}
