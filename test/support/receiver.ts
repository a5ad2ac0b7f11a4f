/** A receiver of webhooks on this machine: what it answers is told, and what came is kept. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answering = (received: Received, response: ServerResponse) => void;

export async function startReceiver(answering: Answering = (_, response) => void response.writeHead(204).end()) {
  const received: Received[] = [];
  let answer = answering;
  const server = http.createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers, body };
      received.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/in`,
    received,
    /** Answers so from now on. */
    answer(next: Answering) {
      answer = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** Answers with this status and nothing else. */
export const status =
  (code: number): Answering =>
  (_, response) =>
    void response.writeHead(code).end();
