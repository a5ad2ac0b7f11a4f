/** How long a tenant's reads take while another tenant floods the service, in each way that there is, against the same at rest. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Benchmark, quantile } from './benchmark.js';
import { type FloodKind, floodKinds } from './flood.js';
import { runFolder } from './folders.js';
import { type HttpLoad, openLoad, requestText } from './http-load.js';
import { keptRequests, providerIdOf } from './requested-log.js';
import type { TenantsServed } from './tenant-server.js';

const connections = 8;
/** 200 reads a second: what is measured is how long one waits for others. */
const everyMs = 5;
const providers = 2_000;

export const benchmark: Benchmark = {
  name: 'tenants',
  rounds: 3,
  figures: floodKinds.map((kind) => ({
    unit: `ms (p99, a flood of ${kind})`,
    better: 'lower',
    marks: [{ on: 'ratio', at: 3 }],
  })),
  async open(smoke) {
    const folder = runFolder();
    cpSync(await keptRequests(providers), folder, { recursive: true });
    const lastsMs = smoke ? 300 : 5_000;
    return {
      ours: () => p99s(folder, lastsMs, floodKinds),
      async baseline() {
        const [atRest = Number.NaN] = await p99s(folder, lastsMs, [undefined]);
        return floodKinds.map(() => atRest);
      },
      close: async () => undefined,
    };
  },
};

/** The p99 of one tenant's reads under each kind of flood, or under none, one after the other on a service of its own. */
async function p99s(
  folder: string,
  lastsMs: number,
  kinds: readonly (FloodKind | undefined)[],
): Promise<readonly number[]> {
  const server = started('./tenant-server.ts', folder);
  const [served] = (await once(server, 'message')) as [TenantsServed];
  const load = await openLoad(served.port, connections);
  const found: number[] = [];
  for (const kind of kinds) found.push(await p99(served, load, lastsMs, kind));
  load.close();
  await ended(server);
  return found;
}

async function p99(
  { port, quiet, flooding, refused }: TenantsServed,
  load: HttpLoad,
  lastsMs: number,
  kind: FloodKind | undefined,
): Promise<number> {
  // One organization has every other provider of this log.
  const request = (index: number): string =>
    requestText('GET', `/v1/providers/${providerIdOf(2 * (index % (providers / 2)))}`, quiet);
  await load.send(200, request);
  // What one caller may send is not to be used up by the flood before.
  const token = kind === 'recorded refusals' ? refused : flooding;
  const flood = kind && started('./flood.ts', String(port), token, kind);
  if (flood) await once(flood, 'message');
  const stop = new AbortController();
  const reads = load.pace(everyMs, stop.signal, request);
  await sleep(lastsMs);
  stop.abort();
  const took = await reads;
  if (flood) await ended(flood);
  return quantile(took, 0.99);
}

const started = (script: string, ...args: readonly string[]): ChildProcess =>
  fork(fileURLToPath(new URL(script, import.meta.url)), [...args]);

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.send('stop');
  await exit;
}
