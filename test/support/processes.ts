/** The service and the simulated AWS as processes of their own, to be stopped and killed like real ones. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Tokens } from '../../src/cli/demo/journey.js';
import { freePort } from '../../src/cli/demo/launch.js';
import { openDemoIssuer } from '../../src/infrastructure/identity/demo/issuer.js';
import { built } from './built.js';
import { type Program, watchProgram } from './program.js';
import { temporaryFolder } from './temporary-folder.js';

export interface Grounds {
  readonly folder: string;
  readonly data: string;
  /** Where each life of the service serves, so that a client need only try again. */
  readonly url: string;
  readonly env: NodeJS.ProcessEnv;
  readonly tokens: Tokens;
}

/** The key of the simulator's automation account. */
const simulatorKey = {
  AWS_ACCESS_KEY_ID: 'ASIASIMULATOR00000001',
  AWS_SECRET_ACCESS_KEY: 'simulator-secret',
  AWS_REGION: 'us-east-1',
};

/** Folders, keys, environment and tokens of a service that is yet to start; they outlive every kill. */
export async function prepareFolders(): Promise<Grounds> {
  const folder = temporaryFolder();
  const [data, keys] = [join(folder, 'data'), join(folder, 'keys')];
  const issuer = await openDemoIssuer(keys);
  const tokens = { administrator: await issuer.issue('administrator'), service: await issuer.issue('service') };
  const port = String(await freePort());
  const env = { ...simulatorKey, PORT: port, PARTNER_CLOUD_DATA: data, PARTNER_CLOUD_KEYS: keys };
  return { folder, data, url: `http://127.0.0.1:${port}`, env, tokens };
}

/** Starts a built program. */
export const startBuilt = (script: string, args: readonly string[], env: NodeJS.ProcessEnv): Program =>
  watchProgram(script, spawn(process.execPath, [built(script), ...args], { env: { PATH: process.env.PATH, ...env } }));

/** Starts the service on an AWS; it is not ready yet, and may die before. */
export const startService = ({ env }: Grounds, awsUrl: string): Program =>
  startBuilt('main.js', [], { ...env, PARTNER_CLOUD_AWS_ENDPOINT: awsUrl });

/** Starts the service on an AWS and resolves once it is ready. */
export async function startReadyService(grounds: Grounds, awsUrl: string): Promise<Program> {
  const program = startService(grounds, awsUrl);
  await program.line(/"partner-cloud is ready\."/);
  return program;
}

export interface SimulatorProcess extends Program {
  readonly url: string;
}

/** Starts the simulator on its folder below the grounds and resolves once it serves; port 0 is any free one. */
export async function startSimulatorProcess(
  { folder }: Grounds,
  port = '0',
  args: readonly string[] = [],
): Promise<SimulatorProcess> {
  const program = startBuilt(
    'cli/simulator.js',
    ['--port', port, '--data', join(folder, 'aws'), '--fast', ...args],
    {},
  );
  const [, url = ''] = await program.line(/listening on (\S+)/);
  return { ...program, url };
}
