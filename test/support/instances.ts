/** Instances of the service on one log, as processes, beside a small EventStoreDB and the simulated AWS. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../src/cli/demo/launch.js';
import { startSmallServer } from './eventstoredb/server.js';
import { prepareFolders, startBuilt, startSimulatorProcess } from './processes.js';
import type { Program } from './program.js';
import { until } from './waiting.js';

export interface Instance {
  readonly url: string;
  readonly env: NodeJS.ProcessEnv;
  program: Program;
  /** Whether it has said last that it acts. */
  holds: boolean;
}

/** Their configuration: the usual one, with a short lease. */
const sharedConfiguration = (): string =>
  readFileSync('config/partner-cloud.yaml', 'utf8')
    .replace('  folder: terms', `  folder: ${join(process.cwd(), 'config', 'terms')}`)
    .replace('  streamPrefix: partnercloud', '  leaseSeconds: 6\n  streamPrefix: partnercloud');

/** Starts one for each name and resolves once all are ready. */
export async function startInstances(names: readonly string[], changed = (config: string): string => config) {
  const grounds = await prepareFolders();
  const server = await startSmallServer();
  const aws = await startSimulatorProcess(grounds);
  const config = join(grounds.folder, 'instances.yaml');
  writeFileSync(config, changed(sharedConfiguration()));
  const instances: Instance[] = [];
  for (const name of names) {
    const port = String(await freePort());
    const env = {
      ...grounds.env,
      PORT: port,
      PARTNER_CLOUD_CONFIG: config,
      PARTNER_CLOUD_DATA: join(grounds.folder, `data-${name}`),
      PARTNER_CLOUD_AWS_ENDPOINT: aws.url,
      PARTNER_CLOUD_EVENT_STORE_URL: server.url,
      PARTNER_CLOUD_VAULT_KIND: 'secretsManager',
    };
    instances.push(startInstance({ url: `http://127.0.0.1:${port}`, env }));
  }
  for (const { program } of instances) await program.line(/"partner-cloud is ready\."/);
  return {
    grounds,
    aws,
    instances,
    holder: (): Promise<Instance> => holderOf(instances),
    async end(): Promise<void> {
      for (const { program } of instances) await program.end('SIGKILL');
      await aws.end('SIGKILL');
      server.stop();
    },
  };
}

export type Instances = Awaited<ReturnType<typeof startInstances>>;

/** Starts a program for it, and hears from then on whether it acts. */
export function startInstance(instance: Pick<Instance, 'url' | 'env'> & Partial<Instance>): Instance {
  const started = Object.assign(instance, { program: startBuilt('main.js', [], instance.env), holds: false });
  started.program.eachLine((line) => {
    if (line.includes('This process acts on the log now')) started.holds = true;
    if (line.includes('Another process acts on the log')) started.holds = false;
  });
  return started;
}

async function holderOf(instances: readonly Instance[]): Promise<Instance> {
  const found = await until(
    async () => instances.find(({ holds }) => holds),
    (holding) => holding !== undefined,
  );
  if (!found) throw new Error('Nobody acts on the log.');
  return found;
}
