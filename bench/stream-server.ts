/** The process that holds many change streams open: the service, or bare `node:http` that writes the same bytes to whoever is there. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { organizations, providers } from '../src/application/streams/aggregates.js';
import { sagaCause } from '../src/application/streams/causes.js';
import { facts, requested } from './events.js';
import { runFolder } from './folders.js';
import { openParts } from './parts.js';
import { providerIdOf } from './requested-log.js';
import { serveParts } from './serve-parts.js';

/** What the parent learns once it listens; `last` is in the last thing that a stream is told at first. */
export interface StreamsServed {
  readonly port: number;
  readonly path: string;
  readonly token: string;
  readonly last: string;
}

/** Memory in bytes; the beginning of what is measured; one fact for all; the processor's milliseconds since; the end. */
export type StreamsAsked = 'memory' | 'begin' | 'tell' | 'cpu' | 'stop';

interface Serving extends StreamsServed {
  tell(): Promise<void> | void;
  close(): Promise<void>;
}

const most = { mostOpen: 20_000, mostOpenPerCaller: 20_000, mostOpenPerOrganization: 20_000 };

async function serveOurs(): Promise<Serving> {
  const parts = await openParts(runFolder());
  const { streams } = parts.dependencies;
  const id = providerIdOf(0);
  const by = sagaCause(id, 'bench', id);
  await streams.change(organizations, 'acme', by, () => [{ type: 'OrganizationRegistered', facts }]);
  await streams.change(providers, id, by, () => [requested('acme')]);
  await parts.caughtUp();
  const server = await serveParts(parts, { live: most });
  return {
    port: Number(new URL(server.url).port),
    path: `/v1/providers/${id}/changes`,
    token: await server.issuer.issue('auditor'),
    last: 'ProviderRequested',
    async tell() {
      await streams.change(providers, id, sagaCause(id, 'bench', 'renamed'), () => [
        { type: 'ProviderRenamed', name: 'Told to all' },
      ]);
    },
    async close() {
      await server.close();
      await parts.close();
    },
  };
}

/** Bytes of about the length of a fact as the service tells it. */
const frame = `id: log:2\nevent: ProviderRenamed\ndata: ${JSON.stringify({ type: 'ProviderRenamed', text: 'x'.repeat(420) })}\n\n`;

async function serveBare(): Promise<Serving> {
  const open = new Set<ServerResponse>();
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 2000\n\n');
    open.add(response);
    response.once('close', () => open.delete(response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    ...{ path: '/', token: 'none', last: 'retry: 2000' },
    tell() {
      for (const response of open) response.write(frame);
    },
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const serving = process.argv[2] === 'ours' ? await serveOurs() : await serveBare();
const { tell, close, ...known } = serving;
let begun = process.cpuUsage();

process.on('message', async (asked: StreamsAsked) => {
  if (asked === 'tell') return void (await tell());
  if (asked === 'stop') {
    await close();
    process.exit(0);
  }
  if (asked === 'begin') begun = process.cpuUsage();
  const { user, system } = process.cpuUsage(begun);
  if (asked === 'memory') globalThis.gc?.();
  process.send?.(asked === 'memory' ? process.memoryUsage.rss() : (user + system) / 1_000);
});
process.once('disconnect', () => process.exit(1));
process.send?.(known satisfies StreamsServed);
