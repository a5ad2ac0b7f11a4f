/** Three instances on one log, as processes: whichever acts is killed or stopped again and again, and nothing is done twice or left. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openApi } from '../../src/cli/client/api.js';
import { freePort } from '../../src/cli/demo/launch.js';
import { readProvider } from '../../src/client/generated/sdk.gen.js';
import { type SmallServer, startSmallServer } from '../support/eventstoredb/server.js';
import {
  type Grounds,
  prepareFolders,
  type SimulatorProcess,
  startBuilt,
  startSimulatorProcess,
} from '../support/processes.js';
import type { Program } from '../support/program.js';
import { acceptedProvider } from '../support/service.js';
import { controlOf } from '../support/simulator.js';
import { until } from '../support/waiting.js';

/** As often as wished; each costs the seconds of a lease. */
const holdersLost = Number(process.env.HOLDERS_LOST ?? 4);

/** It waits until the customer has signed in. */
const lastStep = 'SettleCredentials';

interface Instance {
  readonly url: string;
  readonly env: NodeJS.ProcessEnv;
  program: Program;
  /** Whether it has said last that it acts. */
  holds: boolean;
}

let grounds: Grounds;
let server: SmallServer;
let aws: SimulatorProcess;
const instances: Instance[] = [];

beforeEach(async () => {
  grounds = await prepareFolders();
  server = await startSmallServer();
  aws = await startSimulatorProcess(grounds);
  const config = join(grounds.folder, 'instances.yaml');
  const single = readFileSync('config/partner-cloud.yaml', 'utf8');
  const shared = single
    .replace('  folder: terms', `  folder: ${join(process.cwd(), 'config', 'terms')}`)
    .replace('  streamPrefix: partnercloud', '  leaseSeconds: 6\n  streamPrefix: partnercloud');
  writeFileSync(config, shared);
  for (const name of ['a', 'b', 'c']) {
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
    instances.push(start({ url: `http://127.0.0.1:${port}`, env }));
  }
  for (const { program } of instances) await program.line(/"partner-cloud is ready\."/);
});
afterEach(async () => {
  for (const { program } of instances.splice(0)) await program.end('SIGKILL');
  await aws.end('SIGKILL');
  server.stop();
});

/** Starts a program for it, and hears from then on whether it acts. */
function start(instance: Pick<Instance, 'url' | 'env'> & Partial<Instance>): Instance {
  const started = Object.assign(instance, { program: startBuilt('main.js', [], instance.env), holds: false });
  started.program.eachLine((line) => {
    if (line.includes('This process acts on the log now')) started.holds = true;
    if (line.includes('Another process acts on the log')) started.holds = false;
  });
  return started;
}

const holder = (): Promise<Instance | undefined> =>
  until(
    async () => instances.find(({ holds }) => holds),
    (found) => found !== undefined,
  );

/** Gone at once, or frozen until another acts and then awake again, as a machine that was suspended. */
async function lose(lost: Instance, how: 'killed' | 'frozen'): Promise<void> {
  const others = instances.filter((each) => each !== lost);
  lost.program.child.kill(how === 'killed' ? 'SIGKILL' : 'SIGSTOP');
  lost.holds = false;
  await until(
    async () => others.some(({ holds }) => holds),
    (taken) => taken,
  );
  if (how === 'frozen') {
    lost.program.child.kill('SIGCONT');
    return;
  }
  await lost.program.ended;
  // Whoever is asked next may be this one.
  await start(lost).program.line(/"partner-cloud is ready\."/);
}

/** An instance that does not act, where there is one. */
const another = (than: Instance | undefined): Instance => {
  const [first, second] = instances;
  if (!first || !second) throw new Error('Three instances are wanted.');
  return first === than ? second : first;
};

test(
  `${holdersLost} holders are lost one after the other: each provider has one account, and every step is done`,
  async () => {
    const ids: string[] = [];
    for (let n = 0; n < holdersLost; n++) {
      const lost = await holder();
      const { url } = another(lost);
      ids.push(await acceptedProvider(openApi(url), grounds.tokens, `Account-${n}`));
      if (lost) await lose(lost, n % 2 === 0 ? 'killed' : 'frozen');
    }
    const statusOf = async (id: string, { url }: Instance) =>
      (await readProvider({ ...openApi(url).as(grounds.tokens.administrator), path: { id } })).data;
    for (const id of ids) {
      const status = await until(
        () => statusOf(id, another(undefined)),
        ({ stage, steps }) =>
          stage === 'active' && steps.every(({ step, state }) => state === 'done' || step === lastStep),
      );
      expect([status.stage, status.halt]).toEqual(['active', undefined]);
    }
    const made = (await controlOf(aws.url).accounts()).filter(({ email }) => email.startsWith('aws+'));
    expect(made).toHaveLength(ids.length);
    const told = await Promise.all(instances.map((each) => statusOf(ids[0] ?? '', each)));
    expect(new Set(told.map(({ account }) => account?.id)).size).toBe(1);
  },
  300_000 + holdersLost * 75_000,
);
