/** Whether anybody still waits for an answer, and when nobody does any more. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Whether the answer is over, or its connection is. */
export const isGone = ({ closed, destroyed, req }: ServerResponse): boolean =>
  closed || destroyed || req.socket.destroyed;

/**
 * What is to be told when a connection ends, by connection: one listener for all of it, however many requests wait on it.
 * Of the answers of a connection that ends, earlier releases of Node told only the one that was being sent, and none of those
 * that waited behind it (HTTP pipelining). Source: Node.js, lib/_http_server.js, onServerResponseClose and abortOutgoing.
 */
const queued = new WeakMap<Socket, Set<() => void>>();

/** Calls back once, when the answer is over or its connection is, of one that is not gone yet; answers with the way to stop that. */
export function onGone(raw: ServerResponse, gone: () => void): () => void {
  if (raw.socket !== null) {
    raw.on('close', gone);
    return () => void raw.off('close', gone);
  }
  const { socket } = raw.req;
  const stop = (): void => {
    raw.off('close', told);
    leave(socket, told);
  };
  const told = (): void => {
    stop();
    gone();
  };
  raw.on('close', told);
  wait(socket, told);
  return stop;
}

function wait(socket: Socket, told: () => void): void {
  const waiting = queued.get(socket);
  if (waiting) return void waiting.add(told);
  queued.set(socket, new Set([told]));
  socket.on('close', tellAll);
}

function leave(socket: Socket, told: () => void): void {
  const waiting = queued.get(socket);
  if (!waiting?.delete(told) || waiting.size > 0) return;
  queued.delete(socket);
  socket.off('close', tellAll);
}

function tellAll(this: Socket): void {
  for (const told of queued.get(this) ?? []) told();
}
