/** The stage of the demo: an AWS that answers in AWS's own protocols, somewhere to sign in, and the service, each a process of its own. */
import { join } from 'node:path';
import { freePort } from './launch.js';
import { keepRunning, type Running } from './processes.js';

export interface Stage {
  /** The API is at `/v1` of it; the web console is at `/`, where somebody can sign in. */
  readonly serviceUrl: string;
  readonly awsUrl: string;
  servicePid(): number | undefined;
  /** Rejects when one of the programs does not stay up. */
  readonly lost: Promise<never>;
  stop(): Promise<void>;
}

export interface StageOptions {
  readonly dataFolder: string;
  /** An endpoint that already runs; without it a simulator is started. */
  readonly awsUrl: string | undefined;
  /** The simulator that is started takes no time for anything. */
  readonly fast: boolean;
  /** People can sign in to the web console, with the demo issuer. */
  readonly console: boolean;
  /** One line for the person who watches. */
  readonly say: (line: string) => void;
  /** Gives up starting. */
  readonly signal: AbortSignal;
}

/** The simulator's own credentials: they open nothing anywhere else. */
const simulatorKey = {
  AWS_ACCESS_KEY_ID: 'ASIASIMULATOR00000001',
  AWS_SECRET_ACCESS_KEY: 'simulator-secret',
  AWS_REGION: 'us-east-1',
};

/** Starts what is needed and resolves when all of it is ready; rejects, with nothing left running, when that fails. */
export async function startStage(options: StageOptions): Promise<Stage> {
  const running: Running[] = [];
  const stop = async (): Promise<void> => {
    for (const each of running.reverse()) await each.stop();
  };
  try {
    const awsUrl = options.awsUrl ? await runningAt(options.awsUrl) : await startSimulator(options, running);
    const issuer = options.console ? await startIssuer(options, running) : '';
    const serviceUrl = await startService(options, { awsUrl, issuer }, running);
    const service = running.at(-1);
    const lost = Promise.race(running.map((each) => each.lost));
    lost.catch(() => undefined);
    return { serviceUrl, awsUrl, servicePid: () => service?.pid(), lost, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The endpoint without a slash at its end; rejects when nothing answers there. */
async function runningAt(awsUrl: string): Promise<string> {
  const answer = await fetch(awsUrl).catch((error: unknown) => {
    const problem = `--aws ${awsUrl}: nothing answers there.`;
    throw new Error(`${problem} Start it first (npm run simulator says its address).`, { cause: error });
  });
  await answer.body?.cancel();
  return awsUrl.replace(/\/+$/, '');
}

const again =
  ({ say }: StageOptions, name: string) =>
  (why: string): void =>
    say(`${name} died (${why}) and is started again.`);

async function startSimulator(options: StageOptions, running: Running[]): Promise<string> {
  const name = 'The simulator';
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const folder = join(options.dataFolder, 'simulator');
  const args = ['--port', String(port), '--data', folder, ...(options.fast ? ['--fast'] : [])];
  const logFile = join(folder, 'simulator.log');
  const program = {
    name,
    script: 'cli/simulator.js',
    args,
    env: process.env,
    logFile,
    readyUrl: `${endpoint}/_simulator`,
  };
  running.push(await keepRunning(program, again(options, name), options.signal));
  return endpoint;
}

async function startIssuer(options: StageOptions, running: Running[]): Promise<string> {
  const name = 'The demo issuer';
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const program = {
    name,
    script: 'cli/issuer.js',
    args: ['--port', String(port)],
    env: process.env,
    logFile: join(options.dataFolder, 'issuer.log'),
    readyUrl: `${url}/.well-known/openid-configuration`,
  };
  running.push(await keepRunning(program, again(options, name), options.signal));
  return url;
}

interface Around {
  readonly awsUrl: string;
  readonly issuer: string;
}

async function startService(options: StageOptions, { awsUrl, issuer }: Around, running: Running[]): Promise<string> {
  const name = 'The service';
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    ...simulatorKey,
    PORT: String(port),
    PARTNER_CLOUD_HOST: '127.0.0.1',
    PARTNER_CLOUD_DATA: options.dataFolder,
    PARTNER_CLOUD_AWS_ENDPOINT: awsUrl,
    PARTNER_CLOUD_CONSOLE_ISSUER: issuer,
  };
  const logFile = join(options.dataFolder, 'service.log');
  const program = { name, script: 'main.js', args: [], env, logFile, readyUrl: `${url}/health/ready` };
  running.push(await keepRunning(program, again(options, name), options.signal));
  return url;
}
