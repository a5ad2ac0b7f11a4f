/** A client that costs little: raw connections that each send a request and wait for its answer, over and over. */
import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

export interface HttpLoad {
  /** Sends `times` requests, `requestOf(0)` first, spread over all connections; throws at the first answer that is not 200. */
  send(times: number, requestOf: (index: number) => string): Promise<void>;
  /**
   * Sends a request every so many milliseconds until it is told to stop, and answers how long each took, in milliseconds,
   * from the moment at which it was due. It sleeps in between, so that it takes no processor from what is measured.
   */
  pace(everyMs: number, stop: AbortSignal, requestOf: (index: number) => string): Promise<readonly number[]>;
  close(): void;
}

const headEnd = Buffer.from('\r\n\r\n');

/** The text of a request; `path` begins with a slash. */
export function requestText(method: string, path: string, token: string, body?: string): string {
  const content =
    body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
  return `${method} ${path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${token}\r\n${content}\r\n${body ?? ''}`;
}

/** Opens so many connections to a server on the loopback interface. */
export async function openLoad(port: number, connections: number): Promise<HttpLoad> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => connected(port)));
  return {
    async send(times, requestOf) {
      let next = 0;
      const exchanges = sockets.map(async (socket) => {
        while (next < times) await exchange(socket, requestOf(next++));
      });
      await stayAwake(Promise.all(exchanges));
    },
    async pace(everyMs, stop, requestOf) {
      const took: number[] = [];
      const begun = performance.now();
      let next = 0;
      const exchanges = sockets.map(async (socket) => {
        while (!stop.aborted) {
          const index = next++;
          const due = begun + index * everyMs;
          await sleep(Math.max(0, due - performance.now()));
          await exchange(socket, requestOf(index));
          took.push(performance.now() - due);
        }
      });
      await Promise.all(exchanges);
      return took;
    },
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/**
 * Looks at the sockets all the time until the work is done. A client that sleeps between answers has to be woken by the
 * server, which on a virtual machine costs the server as much as many a request, and only the slower of two servers.
 */
async function stayAwake(work: Promise<unknown>): Promise<void> {
  let done = false;
  const end = (): void => {
    done = true;
  };
  work.then(end, end);
  while (!done) await nextTurn();
  await work;
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Resolves when the whole answer is there. */
function exchange(socket: Socket, request: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    const ended = (): void => reject(new Error('The server closed the connection.'));
    const read = (chunk: Buffer): void => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      if (!isWhole(received)) return;
      socket.off('data', read).off('close', ended);
      if (received.toString('latin1', 9, 12) === '200') resolve();
      else reject(new Error(received.toString()));
    };
    socket.on('data', read).once('close', ended);
    socket.write(request);
  });
}

function isWhole(received: Buffer): boolean {
  const head = received.indexOf(headEnd);
  if (head < 0) return false;
  const length = /content-length: (\d+)/i.exec(received.toString('latin1', 0, head))?.[1];
  return received.length >= head + headEnd.length + Number(length ?? 0);
}
