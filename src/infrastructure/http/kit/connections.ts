/** Knows which connections carry no request, so that closing the server does not wait for them. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Watches a server; the answer closes every connection as soon as nothing is under way on it, now and from now on. */
export function watchConnections(server: Server): () => void {
  const idle = new Set<Socket>();
  let closing = false;
  const rest = (socket: Socket): void => {
    if (closing) socket.destroy();
    else idle.add(socket);
  };
  // Clients open connections before they need them. Node counts one that has sent nothing yet as busy.
  server.on('connection', (socket: Socket) => {
    rest(socket);
    // It comes once by itself; `once` would keep four objects more for as long as the connection is open.
    socket.on('close', () => idle.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    idle.delete(socket);
    response.on('close', () => {
      if (!socket.destroyed) rest(socket);
    });
  });
  return () => {
    closing = true;
    for (const socket of idle) socket.destroy();
  };
}
