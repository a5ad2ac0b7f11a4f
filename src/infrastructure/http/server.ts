/** Serves the HTTP module until it is told to close. */
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { fastifyAdapter, watchRequests } from './adapter.js';
import { watchConnections } from './connections.js';
import { httpModule } from './http.module.js';
import { nestLogger } from './nest-logger.js';
import type { HttpParts } from './parts.js';
import { Routes } from './routes.js';

export interface HttpServer {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Ends live connections, lets requests finish for up to ten seconds, then closes. */
  close(): Promise<void>;
}

const patienceMs = 10_000;

/** The application, ready to serve but not listening yet. */
async function createHttpServer(parts: HttpParts): Promise<NestFastifyApplication> {
  const adapter = fastifyAdapter();
  const app = await NestFactory.create<NestFastifyApplication>(httpModule(parts), adapter, {
    logger: nestLogger(parts.log),
    bodyParser: false,
    abortOnError: false,
  });
  watchRequests(adapter, app.get(Routes), parts.log);
  return app.init();
}

/** Starts serving at host and port (0: any free one); throws when the port is taken. */
export async function startHttp(parts: HttpParts & { host: string; port: number }): Promise<HttpServer> {
  const app = await createHttpServer(parts);
  const server = app.getHttpServer();
  const closeIdle = watchConnections(server);
  try {
    await app.listen(parts.port, parts.host);
  } catch (error) {
    await app.close();
    throw error;
  }
  const { address, port, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    async close() {
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
