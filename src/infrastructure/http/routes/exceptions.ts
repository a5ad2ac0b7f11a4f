/** Exceptions from the hardening, over all accounts that the caller may know of. */
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Caller } from '../../../application/authorization/identity.js';
import { exceptionModels, ListExceptions } from '../../../application/hardening/list-exceptions.js';
import {
  type ExceptionOrder,
  type ExceptionState,
  exceptionOrders,
  exceptionStates,
} from '../../../application/ports/exception-rows.js';
import { From } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { Count, OneOf, Optional, Text } from '../kit/fields.js';
import { ReadsFrom } from '../kit/freshness.js';
import { Allow } from '../kit/route-action.js';
import { ReadQuery, timeForm } from './inputs.js';

class ExceptionsQuery extends ReadQuery {
  @Optional()
  @Count(200)
  readonly limit?: number;
  @Optional()
  @Text(/^[\w-]{1,2000}$/, 'the `next` of an earlier page')
  readonly cursor?: string;
  @Optional()
  @Text(/^[A-Za-z0-9-]{1,64}$/, '1 to 64 letters, digits and hyphens')
  readonly organization?: string;
  @Optional()
  @OneOf(...exceptionStates)
  readonly state?: ExceptionState;
  @Optional()
  @Text(timeForm, 'a time such as 2027-03-01T00:00:00.000Z: those that end by then')
  readonly endingBy?: string;
  @Optional()
  @OneOf(...exceptionOrders)
  readonly sort?: ExceptionOrder;
  @Optional()
  @OneOf('asc', 'desc')
  readonly order?: 'asc' | 'desc';
}

const usualPage = 50;

@Controller('v1/exceptions')
export class ExceptionsController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get()
  @Allow('listExceptions')
  @ReadsFrom(...exceptionModels)
  list(@Query(checked(ExceptionsQuery)) query: ExceptionsQuery, @From() caller: Caller) {
    const { minPosition, limit = usualPage, ...asked } = query;
    return this.queries.execute(new ListExceptions({ limit, ...asked }, caller));
  }
}
