/** Status reads over HTTP while a new version of their read model fills beside the one that is served, against the same at rest. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, cpSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Benchmark, quantile } from './benchmark.js';
import { runFolder } from './folders.js';
import { openLoad, requestText } from './http-load.js';
import { keptRequests, providerIdOf } from './requested-log.js';
import type { Told } from './upgrade-server.js';

const connections = 16;
/** 250 reads a second: what is measured is how long one waits for others, and not how many there can be. */
const everyMs = 4;
/** Prime to any number of providers, so that reads come in an order that no cache foresees. */
const stride = 7_919;

export const benchmark: Benchmark = {
  name: 'upgrade',
  // Each turn vends once, and nothing gives a slot back.
  rounds: 3,
  figures: [
    { unit: 'ms (p99, status)', better: 'lower', marks: [{ on: 'ratio', at: 3 }] },
    { unit: 'ms (until a slot)', better: 'lower', marks: [{ on: 'value', at: 1_000 }] },
  ],
  async open(smoke) {
    const count = smoke ? 2_000 : 1_000_000;
    const folder = runFolder();
    // What is kept is measured by others too, and here providers are vended.
    cpSync(await keptRequests(count), folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
    const restMs = smoke ? 200 : 10_000;
    return {
      ours: () => turn(folder, count, 'upgrade', (filled) => filled),
      baseline: () => turn(folder, count, 'rest', () => sleep(restMs)),
      close: async () => undefined,
    };
  },
};

/** Reads for as long as is asked; the p99 of the reads and the wait for a slot, in milliseconds. */
async function turn(
  folder: string,
  count: number,
  kind: 'upgrade' | 'rest',
  lasts: (filled: Promise<unknown>) => Promise<unknown>,
): Promise<readonly number[]> {
  const child = fork(fileURLToPath(new URL('./upgrade-server.ts', import.meta.url)), [folder, kind]);
  const ended = once(child, 'exit');
  const told = listen(child);
  const { port, token } = await told.first((each) => 'port' in each);
  const load = await openLoad(port, connections);
  const stop = new AbortController();
  const reads = load.pace(everyMs, stop.signal, (index) =>
    requestText('GET', `/v1/providers/${providerIdOf((index * stride) % count)}`, token),
  );
  await lasts(told.first((each) => 'filled' in each));
  stop.abort();
  const took = await reads;
  const { slotMs } = await told.first((each) => 'slotMs' in each);
  load.close();
  child.send('stop');
  await ended;
  return [quantile(took, 0.99), slotMs];
}

/** What the serving process tells, also before it is asked for; rejects when the process ends before. */
function listen(child: ChildProcess) {
  const heard: Told[] = [];
  const arrivals = new EventTarget();
  child.on('message', (message) => {
    heard.push(message as Told);
    arrivals.dispatchEvent(new Event('heard'));
  });
  return {
    async first<T extends Told>(isWanted: (told: Told) => told is T): Promise<T> {
      for (;;) {
        const found = heard.find(isWanted);
        if (found) return found;
        if (child.exitCode !== null) throw new Error(`The serving process ended with code ${child.exitCode}.`);
        await Promise.race([once(arrivals, 'heard'), once(child, 'exit')]);
      }
    },
  };
}
