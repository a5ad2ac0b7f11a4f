/** A gate between the service and its AWS: every call is seen passing, and may be the one at which something happens. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Where in its course a call is struck: before AWS has it, when AWS has acted but nobody knows, or once it is answered. */
export const strikes = ['before', 'unanswered', 'answered'] as const;
export type Strike = (typeof strikes)[number];

/** Which call is struck, how, and what then happens. */
export interface Trap {
  readonly strike: Strike;
  /** Called with the name of each operation that passes; the first `true` is the call that is struck. */
  readonly at: (operation: string) => boolean;
  /** What happens. A call that is struck before it is answered is never answered. */
  readonly spring: () => void;
}

/** A call that came to the gate; whether AWS ever had it depends on the trap. */
export interface Passed {
  readonly operation: string;
  readonly body: string;
}

export interface TollGate {
  readonly url: string;
  /** Every call that came, oldest first. */
  readonly passed: readonly Passed[];
  /** Sets the trap for calls from now on, instead of the one that was set. */
  set(trap: Trap): void;
  close(): Promise<void>;
}

/** Opens a gate in front of the AWS at `target`. */
export async function openTollGate(target: string): Promise<TollGate> {
  let trap: Trap | undefined;
  const passed: Passed[] = [];
  /** Notes the call; answers with the trap that it springs, which is then no longer set. */
  const sprungBy = (call: Passed): Trap | undefined => {
    passed.push(call);
    const sprung = trap?.at(call.operation) ? trap : undefined;
    if (sprung) trap = undefined;
    return sprung;
  };
  const server = createServer((message, reply) => {
    // A caller that was killed in the middle of a call is what this gate is for.
    pass(target, message, reply, sprungBy).catch(() => reply.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    set(next) {
      trap = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function pass(
  target: string,
  message: IncomingMessage,
  reply: ServerResponse,
  sprungBy: (call: Passed) => Trap | undefined,
): Promise<void> {
  const body = await buffer(message);
  const trap = sprungBy({ operation: operationOf(message, body), body: body.toString() });
  if (trap?.strike === 'before') return struck(trap, reply);
  const { statusCode = 500, headers, content } = await forwarded(target, message, body);
  if (trap?.strike === 'unanswered') return struck(trap, reply);
  if (trap) reply.once('finish', trap.spring);
  reply.writeHead(statusCode, headers).end(content);
}

function struck({ spring }: Trap, reply: ServerResponse): void {
  spring();
  reply.destroy();
}

/** AWS's name of the operation: from the header of JSON services, the body of Query services, else method and path. */
function operationOf({ headers, method, url }: IncomingMessage, body: Buffer): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.replace(/^.*\./, '');
  return new URLSearchParams(body.toString()).get('Action') ?? `${method} ${url}`;
}

async function forwarded(target: string, { method, url = '/', headers }: IncomingMessage, body: Buffer) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(new URL(url, target), { method, headers }, resolve).once('error', reject).end(body);
  });
  return { statusCode: answer.statusCode, headers: answer.headers, content: await buffer(answer) };
}
