/** Who calls, as this service understands the token: a page or a service need not know where its provider puts which claim. */
import { Controller, Get, Query } from '@nestjs/common';
import type { Caller } from '../../../application/authorization/identity.js';
import { From } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { ReadsFrom } from '../kit/freshness.js';
import { Allow } from '../kit/route-action.js';
import { ReadQuery } from './inputs.js';

@Controller('v1/me')
export class MeController {
  @Get()
  @Allow('readCatalogue')
  @ReadsFrom()
  me(@Query(checked(ReadQuery)) _: ReadQuery, @From() { subject, organization, roles, service }: Caller) {
    return { subject, ...(organization !== undefined && { organization }), roles, ...service };
  }
}
