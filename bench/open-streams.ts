/** What so many open change streams cost: memory while nothing happens, and the processor's time for one fact that all are told. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Benchmark } from './benchmark.js';
import { requestText } from './http-load.js';
import type { StreamsAsked, StreamsServed } from './stream-server.js';

/** Connections that are opened together: more would not find room in what waits to be accepted. */
const together = 100;

export const benchmark: Benchmark = {
  name: 'open-streams',
  rounds: 3,
  figures: [
    { unit: 'KB a stream', better: 'lower', marks: [{ on: 'ratio', at: 1.5 }] },
    { unit: 'ms of CPU (a fact to all)', better: 'lower', marks: [{ on: 'ratio', at: 1.5 }] },
  ],
  async open(smoke) {
    const count = smoke ? 100 : 10_000;
    return {
      ours: () => costOf('ours', count),
      baseline: () => costOf('bare', count),
      close: async () => undefined,
    };
  },
};

async function costOf(kind: 'ours' | 'bare', count: number): Promise<readonly number[]> {
  const server = fork(fileURLToPath(new URL('./stream-server.ts', import.meta.url)), [kind], {
    execArgv: [...process.execArgv, '--expose-gc'],
  });
  const [served] = (await once(server, 'message')) as [StreamsServed];
  const before = await asked(server, 'memory');
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const some = Array.from({ length: Math.min(together, count - sockets.length) }, () => opened(served));
    sockets.push(...(await Promise.all(some)));
  }
  const after = await asked(server, 'memory');
  await asked(server, 'begin');
  const told = Promise.all(sockets.map((socket) => once(socket, 'data')));
  server.send('tell' satisfies StreamsAsked);
  await told;
  const cpuMs = await asked(server, 'cpu');
  for (const socket of sockets) socket.destroy();
  const exit = once(server, 'exit');
  server.send('stop' satisfies StreamsAsked);
  await exit;
  return [(after - before) / 1_024 / count, cpuMs];
}

async function asked(server: ChildProcess, what: StreamsAsked): Promise<number> {
  server.send(what);
  const [answer] = (await once(server, 'message')) as [number];
  return answer;
}

/** A connection that has been told all that happened before. */
async function opened({ port, path, token, last }: StreamsServed): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.write(requestText('GET', path, token));
  let received = '';
  while (!received.includes(last)) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    received += chunk.toString('latin1');
  }
  return socket;
}
