/** `npm run issuer`: the demo issuer as an OpenID provider on this machine, until somebody stops it. */
import { parseArgs } from 'node:util';
import { keysFolder } from '../config/config.js';
import { demoClient } from '../infrastructure/identity/demo/people.js';
import { serveDemoSignIn } from '../infrastructure/identity/demo/server.js';

const usage = `Usage: npm run issuer -- [--port N]

  --port N  on 127.0.0.1; 0 takes a free one; 4600 unless given
`;
const wrongArguments = 2;

/** Throws an Error that says which argument is wrong and what would be right. */
function portOf(args: readonly string[]): number {
  const { values } = parseArgs({ args: [...args], options: { port: { type: 'string', default: '4600' } } });
  if (/^\d+$/.test(values.port) && Number(values.port) <= 65_535) return Number(values.port);
  throw new Error(`--port: "${values.port}" is not a whole number from 0 to 65535.`);
}

/** Resolves when somebody asks this process to stop, or the parent that talks to it is gone. */
function told(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'disconnect']) process.once(signal, () => resolve());
  });
}

async function run(port: number): Promise<void> {
  const server = await serveDemoSignIn(keysFolder(process.env), port).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new Error(`--port: ${port} is taken, perhaps by an issuer that already runs; 0 takes any.`);
    throw error;
  });
  process.stdout.write(
    `issuer listening on ${server.url}\n\n  Discovery  ${server.url}/.well-known/openid-configuration\n  Client     ${demoClient}\n`,
  );
  process.send?.({ url: server.url });
  await told();
  await server.close();
  if (process.connected) process.disconnect();
}

async function main(args: readonly string[]): Promise<number> {
  let port: number;
  try {
    port = portOf(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return wrongArguments;
  }
  try {
    await run(port);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
