/** The routes that the service is measured against: the same guard, and for commands the same checks, with nothing behind them. */
import { Body, Controller, Get, Header, HttpCode, Inject, Module, Param, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { TokenVerifier } from '../src/application/authorization/identity.js';
import type { Log } from '../src/application/ports/log.js';
import type { Sender } from '../src/application/streams/causes.js';
import { fastifyAdapter } from '../src/infrastructure/http/kit/adapter.js';
import { SentBy } from '../src/infrastructure/http/kit/caller.js';
import { checked } from '../src/infrastructure/http/kit/checked.js';
import { FairScheduler } from '../src/infrastructure/http/kit/fair-scheduler.js';
import { InFlight } from '../src/infrastructure/http/kit/in-flight.js';
import { PathMethods } from '../src/infrastructure/http/kit/path-methods.js';
import { admitRequests, watchRequests } from '../src/infrastructure/http/kit/request-hooks.js';
import { Allow } from '../src/infrastructure/http/kit/route-action.js';
import { ProviderPath } from '../src/infrastructure/http/routes/inputs.js';
import { AcceptanceBody } from '../src/infrastructure/http/routes/providers.js';
import { openMetrics } from '../src/infrastructure/metrics/registry.js';

export type BareKind = 'command' | 'status';

interface BareParts {
  readonly tokenVerifier: TokenVerifier;
  /** What the bare status route answers with. */
  readonly statusBody: string;
  readonly log: Log;
}

@Controller('v1/providers/:id')
class BareCommandController {
  @Post('terms-acceptance')
  @HttpCode(200)
  @Allow('acceptTerms')
  async acceptTerms(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Body(checked(AcceptanceBody)) body: AcceptanceBody,
    @SentBy() by: Sender,
  ) {
    const { length } = body.documents;
    return { id, stage: length > 0 && by ? 'accepted' : 'requested', name: 'Production', position: `${id}:1` };
  }
}

const STATUS_BODY = Symbol('the bytes of a status');

@Controller('v1/providers/:id')
class BareStatusController {
  constructor(@Inject(STATUS_BODY) private readonly body: string) {}

  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  @Allow('readProviders')
  async status() {
    return this.body;
  }
}

/** Starts the route on a free port of the loopback interface, and answers with the port. */
export async function startBare(kind: BareKind, { tokenVerifier, statusBody, log }: BareParts): Promise<number> {
  class BareModule {}
  Module({
    controllers: [kind === 'command' ? BareCommandController : BareStatusController],
    providers: [{ provide: STATUS_BODY, useValue: statusBody }],
  })(BareModule);
  const adapter = kind === 'command' ? fastifyAdapter() : new FastifyAdapter();
  const app = await NestFactory.create<NestFastifyApplication>(BareModule, adapter, {
    logger: false,
    bodyParser: kind !== 'command',
  });
  if (kind === 'command') watchRequests(adapter, log, openMetrics());
  const shared = { scheduler: new FairScheduler(), inFlight: new InFlight(Number.POSITIVE_INFINITY) };
  const admission = { tokens: tokenVerifier, counted: () => ({}), wire: () => undefined, ...shared };
  admitRequests(adapter, admission, new PathMethods());
  await app.listen(0, '127.0.0.1');
  return (app.getHttpServer().address() as { port: number }).port;
}
