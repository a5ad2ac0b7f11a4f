/** What witnesses ask of the log: the keys of its signed heads, the last head, and that the log has only grown. */
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetAuditKeys, GetConsistency, GetHead } from '../../../application/audit/audit-calls.js';
import type { Caller } from '../../../application/authorization/identity.js';
import { From } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { Count } from '../kit/fields.js';
import { Allow } from '../kit/route-action.js';

class ConsistencyQuery {
  @Count(999_999_999)
  readonly from!: number;
  @Count(999_999_999)
  readonly to!: number;
}

@Controller('v1/audit')
export class AuditController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

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
