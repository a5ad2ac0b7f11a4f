/** `npm run simulator`: the simulated AWS as a server of its own, until somebody stops it. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config/config.js';
import { awsSettings } from '../config/settings-of.js';
import { guardrails } from '../domain/guardrails/service-control-policies.js';
import { guardrailSettings } from '../infrastructure/aws/guardrails/link-payer.js';
import type { Latencies } from '../simulator/engine/core.js';
import { demoLatencies, instantLatencies } from '../simulator/engine/latencies.js';
import { serveSimulator } from '../simulator/engine/server.js';
import { furnishWith } from '../simulator/furnish.js';
import { openSimulator } from '../simulator/simulator.js';
import { world } from '../simulator/world/world.js';

const usage = `Usage: npm run simulator -- [--port N] [--data FOLDER] [--fast] [--no-enforcement] [--latency NAME=MS]…

  --port N           0 takes a free port; 4599 unless given
  --data FOLDER      where its state lives; data/simulator unless given
  --fast             AWS takes no time for anything
  --no-enforcement   allows every call in its own account, whatever the policies say
  --latency NAME=MS  how long AWS takes for one thing: ${Object.keys(demoLatencies).join(', ')}
`;

interface Settings {
  readonly port: number;
  readonly folder: string;
  readonly latencies: Latencies;
  readonly enforcePolicies: boolean;
}

/** The settings that the arguments ask for; throws an Error that says which argument is wrong and what would be right. */
function settingsOf(args: readonly string[]): Settings {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      data: { type: 'string' },
      fast: { type: 'boolean', default: false },
      'no-enforcement': { type: 'boolean', default: false },
      latency: { type: 'string', multiple: true, default: [] },
    },
  });
  const dataFolder = process.env.PARTNER_CLOUD_DATA ?? 'data';
  // A parent process reads the port from what is printed or sent, so a fixed one would only be in its way.
  const usualPort = process.send === undefined ? '4599' : '0';
  return {
    port: wholeNumber('--port', values.port ?? usualPort, 65_535),
    folder: values.data ?? path.join(dataFolder, 'simulator'),
    enforcePolicies: !values['no-enforcement'],
    latencies: values.latency.reduce(withLatency, values.fast ? instantLatencies : demoLatencies),
  };
}

function withLatency(latencies: Latencies, argument: string): Latencies {
  const [name = '', ms = ''] = argument.split('=');
  if (!Object.hasOwn(latencies, name)) {
    throw new Error(`--latency: ${name} is unknown; known are ${Object.keys(latencies).join(', ')}.`);
  }
  return { ...latencies, [name]: wholeNumber(`--latency ${name}`, ms, 86_400_000) };
}

function wholeNumber(name: string, text: string, most: number): number {
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
  throw new Error(`${name}: "${text}" is not a whole number from 0 to ${most}.`);
}

/** Serves until SIGINT, SIGTERM, or the end of the parent process that started it. */
async function run({ port, folder, latencies, enforcePolicies }: Settings): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const own = guardrails(guardrailSettings(awsSettings(loadConfig(process.env))));
  const file = path.join(folder, 'simulator.sqlite');
  const simulator = openSimulator({ file, latencies, enforcePolicies, world: furnishWith(own) });
  const server = await serveSimulator({ simulator, port });
  process.stdout.write(`simulator listening on ${server.url}\n${introduction(server.url, folder)}`);
  process.send?.({ url: server.url });
  await told();
  await server.close();
  simulator.close();
  if (process.connected) process.disconnect();
}

/** Resolves when somebody asks this process to stop, or the parent that talks to it is gone. */
function told(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'disconnect']) process.once(signal, () => resolve());
  });
}

function introduction(url: string, folder: string): string {
  const payers = world.payers.map(({ account, name }) => `  ${account}  payer ${name}, role ${world.vendingRole}\n`);
  return `
  ${world.automation.account}  automation, role ${world.automation.role}
${payers.join('')}
  State        ${folder}
  Credentials  AWS_ACCESS_KEY_ID=${world.key.accessKeyId} AWS_SECRET_ACCESS_KEY=${world.key.secretAccessKey}
  SDK or CLI   AWS_ENDPOINT_URL=${url} AWS_REGION=us-east-1
  Sign in      ${url}/signin/<account id>/console
  Behind it    ${url}/_simulator
`;
}

function exitText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const taken = 'code' in error && error.code === 'EADDRINUSE' && 'port' in error;
  return taken
    ? `--port: ${error.port} is taken, perhaps by a simulator that already runs; 0 takes any.`
    : error.message;
}

try {
  await run(settingsOf(process.argv.slice(2)));
} catch (error) {
  const wrongArgument = !(error instanceof Error) || !('code' in error) || String(error.code).startsWith('ERR_PARSE');
  process.stderr.write(`${exitText(error)}\n${wrongArgument ? usage : ''}`);
  process.exitCode = wrongArgument ? 2 : 1;
}
