/** The simulator as an HTTP server: requests read whole, answers sent late or not at all where the simulator says so. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Simulator, WireRequest, WireResponse } from './core.js';

interface ServerOptions {
  readonly simulator: Simulator;
  /** 0 takes a free port. */
  readonly port: number;
  readonly host?: string;
  /** The simulator's clock, milliseconds since the epoch. */
  readonly now?: () => number;
}

export interface SimulatorServer {
  /** Without a slash at its end. */
  readonly url: string;
  /** Breaks the open connections and stops listening; the simulator itself stays open. */
  close(): Promise<void>;
}

const bodyLimit = 1024 * 1024;

/** Serves the simulator, on the loopback interface unless told otherwise; rejects when the port cannot be had. */
export async function serveSimulator(options: ServerOptions): Promise<SimulatorServer> {
  const { simulator, port, host = '127.0.0.1', now = Date.now } = options;
  const closing = new AbortController();
  const server = createServer((message, reply) => {
    answer(simulator, now, closing.signal, message, reply).catch((error) => failed(reply, error));
  });
  await listening(server, port, host);
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close: () => closed(server, closing),
  };
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closed(server: Server, closing: AbortController): Promise<void> {
  closing.abort();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function answer(
  simulator: Simulator,
  now: () => number,
  closing: AbortSignal,
  message: IncomingMessage,
  reply: ServerResponse,
): Promise<void> {
  const body = await bodyOf(message);
  if (body === undefined) {
    reply.writeHead(413, { connection: 'close' }).end(`The body is longer than ${bodyLimit} bytes.`);
    return;
  }
  const { response, effects } = simulator.handle(wireRequest(message, body), now());
  if (effects.delayMs > 0) await wait(effects.delayMs, undefined, { signal: closing });
  if (effects.drop) {
    reply.destroy();
    return;
  }
  reply.writeHead(response.status, { ...response.headers, ...lengthOf(response) }).end(response.body);
}

/** AWS says how long its answers are; an answer of status 204 has no body and so no length. */
function lengthOf({ status, body }: WireResponse): Record<string, number> {
  return status === 204 ? {} : { 'content-length': Buffer.byteLength(body) };
}

/** A mistake in the simulator must be seen by whoever called it; a connection that is gone already cannot show it. */
function failed(reply: ServerResponse, error: unknown): void {
  if (reply.headersSent || reply.destroyed) reply.destroy();
  else reply.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end(`The simulator failed: ${error}\n`);
}

/** The whole body, or nothing when it is longer than the simulator takes. */
async function bodyOf(message: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > bodyLimit) return undefined;
  }
  return Buffer.concat(chunks);
}

function wireRequest(message: IncomingMessage, body: Uint8Array): WireRequest {
  // The text after the first question mark is the query; a URL parser would normalise the path, which AWS does not.
  const [path = '/', ...query] = (message.url ?? '/').split('?');
  return {
    method: message.method ?? 'GET',
    path,
    query: Object.fromEntries(new URLSearchParams(query.join('?'))),
    headers: Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)])),
    body,
  };
}
