/** What witnesses ask of the log: the keys of its signed heads, the last head, and that the log has only grown. */
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetEvidence, VerifyLog } from '../../../application/audit/auditor-calls.js';
import { GetAuditKeys, GetConsistency, GetHead } from '../../../application/audit/witness-calls.js';
import type { Caller } from '../../../application/authorization/identity.js';
import { From } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { Count, Optional, Text } from '../kit/fields.js';
import { ofThisLog, positionForm, positionWords } from '../kit/freshness.js';
import { Allow } from '../kit/route-action.js';
import type { WireReply } from '../kit/wire.js';
import { ProviderPath } from './inputs.js';

class ConsistencyQuery {
  @Count(999_999_999)
  readonly from!: number;
  @Count(999_999_999)
  readonly to!: number;
}

class EvidenceQuery {
  @Optional()
  @Text(positionForm, positionWords)
  readonly position?: string;
}

class VerifyBody {
  @Optional()
  @Text(/^[\s\S]{1,4000}$/, 'the text of a checkpoint')
  readonly head?: string;
  @Optional()
  @Text(/^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$/, 'a key such as <name>+<key id>+<base64>')
  readonly key?: string;
}

@Controller('v1/audit')
export class AuditController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  /** Reads the whole log in a thread of its own; nothing is recorded by it. */
  @Post('verify')
  @HttpCode(200)
  @Allow('verifyLog')
  verify(@Body(checked(VerifyBody)) { head, key }: VerifyBody, @From() caller: Caller) {
    return this.queries.execute(new VerifyLog(head, key, caller));
  }

  @Get('providers/:id/evidence')
  @Allow('readEvidence')
  async evidence(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Query(checked(EvidenceQuery)) { position }: EvidenceQuery,
    @From() caller: Caller,
    @Res({ passthrough: true }) reply: WireReply,
  ) {
    const pack = await ofThisLog('position', () => this.queries.execute(new GetEvidence(id, position, caller)));
    reply.header('content-type', 'application/zip');
    reply.header('content-disposition', `attachment; filename="evidence-${id}.zip"`);
    return Buffer.from(pack);
  }

  @Get('keys')
  @Allow('readHeads')
  keys(@From() caller: Caller) {
    return this.queries.execute(new GetAuditKeys(caller));
  }

  @Get('head')
  @Allow('readHeads')
  head(@From() caller: Caller) {
    return this.queries.execute(new GetHead(caller));
  }

  @Get('consistency')
  @Allow('readHeads')
  consistency(@Query(checked(ConsistencyQuery)) { from, to }: ConsistencyQuery, @From() caller: Caller) {
    return this.queries.execute(new GetConsistency(from, to, caller));
  }
}
