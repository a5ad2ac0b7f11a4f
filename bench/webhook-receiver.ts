/** The process that takes what webhooks send: it answers 204, and says when as many have come as it was told to wait for. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceiverListens {
  readonly port: number;
}

/** How many different messages to wait for. */
export type ReceiverAsked = number;

let awaited = Number.POSITIVE_INFINITY;
const seen = new Set<unknown>();

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(204).end();
    const id = request.headers['webhook-id'];
    if (id === undefined) return;
    seen.add(id);
    if (seen.size >= awaited) {
      awaited = Number.POSITIVE_INFINITY;
      process.send?.('all');
    }
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ port } satisfies ReceiverListens);
});
process.on('message', (count: ReceiverAsked) => {
  seen.clear();
  awaited = count;
});
process.once('disconnect', () => process.exit(1));
