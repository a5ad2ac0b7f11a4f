/** The parts of Fastify's request and reply that we use. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface WireRequest {
  readonly raw: IncomingMessage;
  /** The trace id. */
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly params: unknown;
  readonly query: unknown;
  readonly routeOptions: { readonly url?: string | undefined };
}

export interface WireReply {
  readonly raw: ServerResponse;
  readonly sent: boolean;
  readonly statusCode: number;
  /** Milliseconds since the request came in. */
  readonly elapsedTime: number;
  code(status: number): WireReply;
  header(name: string, value: string): WireReply;
  send(body: unknown): unknown;
  hijack(): unknown;
}
