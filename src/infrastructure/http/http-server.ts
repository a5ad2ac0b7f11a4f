/** Serves the HTTP module until it is told to close. */
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { GetStatusHandler } from '../../application/queries/providers.js';
import { answerLost, type ConsoleFiles, serveConsole } from './console.js';
import { httpModule } from './http.module.js';
import { fastifyAdapter } from './kit/adapter.js';
import { callLimits, openCallLimits } from './kit/call-limits.js';
import { watchConnections } from './kit/connections.js';
import { allowOrigins } from './kit/cors.js';
import { answerDirectly } from './kit/direct-answers.js';
import { FairScheduler } from './kit/fair-scheduler.js';
import { InFlight } from './kit/in-flight.js';
import { nestLogger } from './kit/nest-logger.js';
import { observeCommands } from './kit/observed-commands.js';
import type { HttpParts } from './kit/parts.js';
import { PathMethods } from './kit/path-methods.js';
import { addHeads } from './kit/receipts.js';
import { admitRequests, refuseOnce, watchRequests } from './kit/request-hooks.js';
import { traceRequests } from './kit/traced-requests.js';
import { watchWire, wireLimits } from './kit/wire-limits.js';
import { directStatus } from './routes/direct-status.js';
import { LiveChanges } from './routes/live-changes.js';

export interface HttpServer {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** How many live connections are open. */
  liveConnections(): number;
  /** Takes no more requests: a new one is told to come again, those under way go on, live connections end. */
  refuse(): void;
  /** Refuses as well, lets requests finish for up to ten seconds, then closes. */
  close(): Promise<void>;
}

/** The parts, and the web console where there is one. */
type Served = HttpParts & { readonly console?: ConsoleFiles };

const patienceMs = 10_000;

/** The application, ready to serve but not listening yet. */
async function createHttpServer(parts: Served, stopping: () => boolean): Promise<NestFastifyApplication> {
  const { metrics } = parts.dependencies;
  const limits = { ...wireLimits, ...parts.wire };
  const adapter = fastifyAdapter((reason) => metrics.count('partner_cloud_http_refused_total', { reason }), limits);
  const wire = watchWire(adapter.getHttpServer(), limits);
  const app = await NestFactory.create<NestFastifyApplication>(httpModule(parts), adapter, {
    logger: nestLogger(parts.log),
    bodyParser: false,
    abortOnError: false,
  });
  observeCommands(app.get(CommandBus, { strict: false }), metrics);
  watchRequests(adapter, parts.log, metrics);
  traceRequests(adapter);
  addHeads(adapter, parts.audit);
  refuseOnce(stopping, adapter);
  allowOrigins(adapter, parts.allowedOrigins ?? []);
  const counted = openCallLimits({ ...callLimits, ...parts.calls });
  const paths = app.get(PathMethods);
  if (parts.console) answerLost(adapter, parts.console, (url) => paths.methodsAt(url));
  const shared = { scheduler: app.get(FairScheduler), inFlight: app.get(InFlight) };
  admitRequests(adapter, { tokens: parts.tokenVerifier, counted, wire, ...shared }, paths);
  answerDirectly(adapter, { 'GET /v1/providers/:id': directStatus(app.get(GetStatusHandler, { strict: false })) });
  if (parts.console) await serveConsole(adapter, parts.console);
  return app.init();
}

/** Starts serving at host and port (0: any free one); throws when the port is taken. */
export async function startHttp(parts: Served & { host: string; port: number }): Promise<HttpServer> {
  let stopping = false;
  const app = await createHttpServer(parts, () => stopping);
  const server = app.getHttpServer();
  const closeIdle = watchConnections(server);
  try {
    await app.listen(parts.port, parts.host);
  } catch (error) {
    await app.close();
    throw error;
  }
  const refuse = (): void => {
    stopping = true;
    app.get(LiveChanges).end();
  };
  const { address, port, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    liveConnections: () => app.get(LiveChanges).open,
    refuse,
    async close() {
      refuse();
      const impatient = setTimeout(() => server.closeAllConnections(), patienceMs);
      closeIdle();
      try {
        await app.close();
      } finally {
        clearTimeout(impatient);
      }
    },
  };
}
