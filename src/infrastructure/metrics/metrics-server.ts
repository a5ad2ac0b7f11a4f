/** Serves the figures on an address of their own, which monitoring reaches and customers do not. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OpenMetrics } from './registry.js';

export interface MetricsServer {
  /** Where the figures are, such as `http://127.0.0.1:9464/metrics`. */
  readonly url: string;
  close(): Promise<void>;
}

const slowestRequestMs = 10_000;
const plain = 'text/plain; charset=utf-8';

/** Starts serving at host and port (0: any free one); throws when the port is taken. */
export async function serveMetrics(
  metrics: Pick<OpenMetrics, 'text' | 'contentType'>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MetricsServer> {
  const limits = { requestTimeout: slowestRequestMs, headersTimeout: slowestRequestMs };
  const server = createServer(limits, (request, response) => void answer(metrics, request, response));
  server.listen(port, host);
  await once(server, 'listening');
  const { address, port: taken, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}/metrics`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  metrics: Pick<OpenMetrics, 'text' | 'contentType'>,
  { method = '', url }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const end = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): void => {
    response.writeHead(status, { 'content-type': plain, 'cache-control': 'no-store', ...headers });
    response.end(method === 'HEAD' ? undefined : body);
  };
  if (url?.split('?')[0] !== '/metrics') return end(404, 'The figures are at /metrics.\n');
  if (method !== 'GET' && method !== 'HEAD') return end(405, 'Figures can only be read.\n', { allow: 'GET, HEAD' });
  try {
    end(200, await metrics.text(), { 'content-type': metrics.contentType });
  } catch {
    end(500, 'The figures cannot be read now.\n');
  }
}
