/** From start to ready with a million events and current read models, against the same with an empty log. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Benchmark, rounds } from './benchmark.js';
import { runFolder } from './folders.js';
import { keptRequests } from './requested-log.js';

export const benchmark: Benchmark = {
  name: 'boot',
  rounds,
  figures: [
    { unit: 'ms', better: 'lower', marks: [{ on: 'ratio', at: 2 }] },
    { unit: 'MB', better: 'lower', marks: [{ on: 'value', at: 300 }] },
  ],
  async open(smoke) {
    const large = await keptRequests(smoke ? 2_000 : 1_000_000);
    const [empty, keys] = [runFolder(), runFolder()];
    return {
      ours: () => boot(large, keys),
      baseline: () => boot(empty, keys),
      close: async () => undefined,
    };
  },
};

/** The vault stays in the kept folder, so its key must be the same in every run. It guards nothing. */
const vaultKey = Buffer.alloc(32, 7).toString('base64');

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** Milliseconds until the service says that it is ready, and its resident memory then, in megabytes. */
async function boot(data: string, keys: string): Promise<readonly number[]> {
  const folders = { PARTNER_CLOUD_DATA: data, PARTNER_CLOUD_KEYS: keys, PARTNER_CLOUD_VAULT_KEY: vaultKey };
  const env = { ...process.env, ...folders, PORT: '0', LOG_LEVEL: 'info' };
  const begun = performance.now();
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit');
  let ready = false;
  for await (const line of lines) {
    ready = line.includes('partner-cloud is ready');
    if (ready) break;
  }
  if (!ready) throw new Error('The service ended before it was ready.');
  const readyMs = performance.now() - begun;
  const megabytes = residentMegabytes(child);
  child.kill('SIGTERM');
  await ended;
  return [readyMs, megabytes];
}

/** Source: Linux, proc(5), VmRSS in kibibytes. */
function residentMegabytes({ pid }: ChildProcess): number {
  const kibibytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kibibytes) * 1_024) / 1_000_000;
}
