/** The stage of the demo: an AWS that answers in AWS's own protocols, and the service, each a process of its own. */
import { join } from 'node:path';
import { freePort, keepRunning, type Running } from './processes.js';

export interface Stage {
  readonly serviceUrl: string;
  readonly awsUrl: string;
  servicePid(): number | undefined;
  stop(): Promise<void>;
}

export interface StageOptions {
  readonly dataFolder: string;
  /** An endpoint that already runs; without it a simulator is started. */
  readonly awsUrl: string | undefined;
  /** One line for the person who watches. */
  readonly say: (line: string) => void;
}

/** The simulator's own credentials: they open nothing anywhere else. */
const simulatorKey = {
  AWS_ACCESS_KEY_ID: 'ASIASIMULATOR00000001',
  AWS_SECRET_ACCESS_KEY: 'simulator-secret',
  AWS_REGION: 'us-east-1',
};

export async function startStage({ dataFolder, awsUrl, say }: StageOptions): Promise<Stage> {
  const running: Running[] = [];
  const again = (what: string) => (why: string) => say(`  ${what} died (${why}) and is started again.`);
  const stop = async (): Promise<void> => {
    for (const each of running.reverse()) await each.stop();
  };
  try {
    const aws = awsUrl ?? (await startSimulator(dataFolder, running, again('The simulator')));
    const serviceUrl = await startService(dataFolder, aws, running, again('The service'));
    const service = running.at(-1);
    return { serviceUrl, awsUrl: aws, servicePid: () => service?.pid(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startSimulator(
  dataFolder: string,
  running: Running[],
  restarted: (why: string) => void,
): Promise<string> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const folder = join(dataFolder, 'simulator');
  const args = ['--port', String(port), '--data', folder];
  const logFile = join(folder, 'simulator.log');
  running.push(
    await keepRunning({ script: 'cli/simulator.js', args, env: process.env, logFile, readyUrl: `${url}/` }, restarted),
  );
  return url;
}

async function startService(
  dataFolder: string,
  aws: string,
  running: Running[],
  restarted: (why: string) => void,
): Promise<string> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    ...simulatorKey,
    PORT: String(port),
    PARTNER_CLOUD_DATA: dataFolder,
    PARTNER_CLOUD_AWS_ENDPOINT: aws,
  };
  const logFile = join(dataFolder, 'service.log');
  running.push(
    await keepRunning({ script: 'main.js', args: [], env, logFile, readyUrl: `${url}/health/ready` }, restarted),
  );
  return url;
}
