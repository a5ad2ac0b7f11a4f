/** What stands between a request and its route: turns, and whether anybody waits for the answer still. */
import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { TokenVerifier } from '../../../../src/application/authorization/identity.js';
import { fastifyAdapter } from '../../../../src/infrastructure/http/kit/adapter.js';
import { callLimits, openCallLimits } from '../../../../src/infrastructure/http/kit/call-limits.js';
import { FairScheduler } from '../../../../src/infrastructure/http/kit/fair-scheduler.js';
import { InFlight } from '../../../../src/infrastructure/http/kit/in-flight.js';
import { PathMethods } from '../../../../src/infrastructure/http/kit/path-methods.js';
import { admitRequests } from '../../../../src/infrastructure/http/kit/request-hooks.js';
import { watchWire, wireLimits } from '../../../../src/infrastructure/http/kit/wire-limits.js';
import { type DemoIssuer, openDemoIssuer } from '../../../../src/infrastructure/identity/demo/issuer.js';
import { openTokenVerifier } from '../../../../src/infrastructure/identity/token-verifier.js';
import { openLog } from '../../../../src/infrastructure/logging/pino-log.js';
import { FastClock } from '../../../support/fast-clock.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

/** Turns come as ever, but not before the test says so; and it tells who asked for them. */
class HeldScheduler extends FairScheduler {
  readonly asked: string[] = [];
  #held: Promise<void> | undefined;
  #letGo: () => void = () => undefined;

  hold(): void {
    this.asked.length = 0;
    this.#held = new Promise((resolve) => {
      this.#letGo = resolve;
    });
  }

  letGo(): void {
    this.#held = undefined;
    this.#letGo();
  }

  override turn(...[tenant, what, isGone]: Parameters<FairScheduler['turn']>): Promise<void> | undefined {
    this.asked.push(tenant);
    const turn = super.turn(tenant, what, isGone);
    return this.#held ? this.#held.then(() => turn) : turn;
  }
}

let issuer: DemoIssuer;
let tokens: TokenVerifier;
let clock: FastClock;
let scheduler: HeldScheduler;
let adapter: FastifyAdapter;
/** How often the route ran. */
let served: number;
let client: Socket;

beforeEach(async () => {
  issuer = await openDemoIssuer(temporaryFolder());
  clock = new FastClock(1);
  tokens = openTokenVerifier(issuer, { clock, log: openLog({ level: 'silent' }) });
  scheduler = new HeldScheduler();
  adapter = fastifyAdapter();
  served = 0;
  const wire = watchWire(adapter.getHttpServer(), { ...wireLimits, pipelined: 2 });
  const counted = openCallLimits(callLimits);
  admitRequests(adapter, { tokens, counted, scheduler, inFlight: new InFlight(1), wire }, new PathMethods());
  const fastify = adapter.getInstance();
  fastify.get('/things', { config: { action: 'readProviders' } }, async () => ({ served: ++served }));
  fastify.get('/open', { config: { action: 'open' } }, async () => ({ served: ++served }));
  await fastify.listen({ port: 0, host: '127.0.0.1' });
  client = await connected();
});
afterEach(async () => {
  client.destroy();
  await adapter.getInstance().close();
});

async function connected(): Promise<Socket> {
  const socket = connect((adapter.getHttpServer().address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket.setEncoding('utf8');
}

const get = (path: string, token = '') =>
  `GET ${path} HTTP/1.1\r\nhost: here\r\n${token && `authorization: Bearer ${token}\r\n`}\r\n`;

/** The statuses of all that is answered, in order. */
async function statuses(socket: Socket, requests: string, count = 1): Promise<readonly number[]> {
  socket.write(requests);
  let text = '';
  const found = () => [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (found().length >= count) break;
  }
  return found();
}

/** Resolves once so many have asked for a turn since it was held. */
async function asked(count: number): Promise<void> {
  while (scheduler.asked.length < count) await new Promise((resolve) => setImmediate(resolve));
}

/** Ends the client's connection, and resolves when the server has seen that. */
async function hangUp(): Promise<void> {
  const count = (): Promise<number> =>
    new Promise((resolve) => adapter.getHttpServer().getConnections((_error, open) => resolve(open)));
  client.destroy();
  while ((await count()) > 0) await new Promise((resolve) => setImmediate(resolve));
}

const letIn = async (token: string): Promise<readonly number[]> => statuses(await connected(), get('/things', token));

test.each([
  ['a token that is known', true],
  ['a token that was never seen', false],
])(
  'a request with %s whose client hangs up while it waits runs no route and is counted no more',
  async (_, isKnown) => {
    const token = await issuer.issue('member');
    if (isKnown) await tokens.verify(token);
    scheduler.hold();
    client.write(get('/things', token));
    await asked(1);
    await hangUp();
    scheduler.letGo();
    expect(await letIn(token)).toEqual([200]);
    expect(served).toBe(1);
  },
);

test('what needs no token is not served either to a client that has hung up', async () => {
  scheduler.hold();
  client.write(get('/open'));
  await asked(1);
  await hangUp();
  scheduler.letGo();
  expect(await statuses(await connected(), get('/open'))).toEqual([200]);
  expect(served).toBe(1);
});

test('who was known before waits with their tenant, and only who never was waits with the strangers', async () => {
  const token = await issuer.issue('member');
  expect(await letIn(token)).toEqual([200]);
  expect(scheduler.asked.splice(0)).toEqual(['address 127.0.0.1', 'organization acme']);
  expect(await letIn(token)).toEqual([200]);
  expect(scheduler.asked.splice(0)).toEqual(['organization acme']);
  clock.pass(61_000);
  expect(await letIn(token)).toEqual([200]);
  expect(new Set(scheduler.asked.splice(0))).toEqual(new Set(['organization acme']));
  expect(await letIn(`${token}a`)).toEqual([401]);
  expect(scheduler.asked).toEqual(['address 127.0.0.1']);
});

test('one request too many on a connection is refused without a turn, which would bound nothing', async () => {
  scheduler.hold();
  const answers = statuses(client, get('/open').repeat(3), 3);
  await asked(2);
  // Both that may wait have asked; the third is answered, though behind them on the wire.
  scheduler.letGo();
  expect(await answers).toEqual([200, 200, 429]);
  expect(scheduler.asked).toHaveLength(2);
});
