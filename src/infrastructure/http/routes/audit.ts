/** What witnesses ask of the log: the keys of its signed heads, the last head, and that the log has only grown. */
import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetAuditKeys, GetConsistency, GetHead, VerifyLog } from '../../../application/audit/audit-calls.js';
import type { Caller } from '../../../application/authorization/identity.js';
import { From } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { Count, Optional, Text } from '../kit/fields.js';
import { Allow } from '../kit/route-action.js';

class ConsistencyQuery {
  @Count(999_999_999)
  readonly from!: number;
  @Count(999_999_999)
  readonly to!: number;
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
