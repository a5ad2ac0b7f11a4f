/** A `moto_server` of the machine's own, on a port of this run, ended with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface MotoServer {
  readonly url: string;
  close(): Promise<void>;
}

const startsWithinMs = 60_000;
const lookAgainMs = 200;

/** Starts it; `undefined` where it is not on the path. Throws where it does not answer in time. */
export async function startMoto(): Promise<MotoServer | undefined> {
  const port = await freePort();
  // AWS's own managed policies are left out unless they are asked for. Source: moto documentation, configuration of IAM.
  const env = { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' };
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { env, stdio: 'ignore' });
  const absent = once(child, 'error').then(() => true);
  if (await Promise.race([absent, once(child, 'spawn').then(() => false)])) return undefined;
  const url = `http://127.0.0.1:${port}`;
  await answers(url, child);
  return {
    url,
    async close() {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + startsWithinMs;
  while (Date.now() < until && child.exitCode === null) {
    const answer = await fetch(`${url}/moto-api/data.json`).catch(() => undefined);
    if (answer?.ok) return;
    await wait(lookAgainMs);
  }
  child.kill();
  throw new Error(`moto_server does not answer at ${url} within ${startsWithinMs / 1000} seconds`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('this machine gives no port');
  return address.port;
}
