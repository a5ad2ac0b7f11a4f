/** docs/first-command.md as a stranger follows it: each command of it, in terminals of a plain shell. Its `npm ci` is left out. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { freePort } from '../../src/cli/demo/launch.js';
import { ended } from '../support/child.js';
import { type Program, watchProgram } from '../support/program.js';
import { checkout, shell } from './support/checkout.js';

const terminals: Program[] = [];
afterEach(async () => {
  for (const { child, ended: gone } of terminals.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid ?? Number.NaN), 'SIGKILL');
    await gone;
  }
});

const page = readFileSync('docs/first-command.md', 'utf8');
const blocks = (kind: string): readonly string[] =>
  [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, of, block = '']) => (of === kind ? block.trim() : []));

/** Types a line into a terminal of its own. */
function typed(line: string, cwd: string, env: NodeJS.ProcessEnv): Program {
  const child = spawn(shell, ['-u', '-c', line], { cwd, env, detached: true });
  const terminal = watchProgram(line, child);
  terminals.push(terminal);
  return terminal;
}

/** The documents among the lines that a shell has printed. */
const answersIn = (stdout: string): Readonly<Record<string, unknown>>[] =>
  stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

test('whoever follows it has a first command in effect, sees a mistake named, and an account with credentials', async () => {
  const [simulate = '', serve = '', ...others] = blocks('');
  expect([simulate, others]).toEqual(['npm ci && npm run simulator', []]);
  const folder = checkout();
  const [port, awsPort] = [await freePort(), await freePort()];
  const path = `${dirname(process.execPath)}:${process.env.PATH}`;
  const env = { PATH: path, HOME: folder, PORT: `${port}`, PARTNER_CLOUD_AWS_ENDPOINT: `http://127.0.0.1:${awsPort}` };
  await typed(`${simulate.replace('npm ci && ', '')} -- --fast --port ${awsPort}`, folder, env).line(/listening on/);
  await typed(serve, folder, env).line(/partner-cloud is ready\./);

  const script = blocks('sh').join('\n').replace('http://127.0.0.1:3000', `http://127.0.0.1:${port}`);
  const { code, stdout, stderr } = await ended(spawn(shell, ['-u', '-c', script], { cwd: folder, env }));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [me, facts, first, unnamed, renamed, accepted, status, history] = answersIn(stdout);
  expect(me).toMatchObject({ roles: ['service'], organizations: ['initech'], mayAcceptTerms: true });
  expect(facts).toMatchObject({ organization: 'initech' });
  expect(first).toMatchObject({ id: expect.any(String), stage: 'requested', position: expect.any(String) });
  // The same request again is the same provider.
  expect(stdout.split('\n')).toContain(first?.id);
  expect(unnamed).toMatchObject({ status: 400, errors: [{ field: 'X-Actor' }] });
  expect(renamed).toMatchObject({ id: first?.id, name: 'Live' });
  expect(accepted).toMatchObject({ id: first?.id, stage: 'accepted' });
  expect(stdout).toMatch(/^event: CredentialsIssued$/m);
  expect(status).toMatchObject({ id: first?.id, stage: 'active' });
  expect(history?.items).toContainEqual(expect.objectContaining({ role: 'service', onBehalfOf: 'u-2c85d1e6f09b' }));
});
