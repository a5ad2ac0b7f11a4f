/** The first line of the README, in the plainest shell there is. Its `npm ci` is left out: what it installs is there. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { freePort } from '../../src/cli/demo/launch.js';
import { type Program, watchProgram } from '../support/program.js';
import { checkout, shell } from './support/checkout.js';

let demo: Program | undefined;
afterEach(async () => {
  if (demo?.child.exitCode === null && demo.child.signalCode === null) await endGroup('SIGKILL');
});

const line = /^npm ci && (npm run demo)$/m.exec(readFileSync('README.md', 'utf8'))?.[1];

/** Ctrl-C in a terminal reaches the shell and all that it has started. */
function endGroup(signal: NodeJS.Signals) {
  process.kill(-(demo?.child.pid ?? Number.NaN), signal);
  return demo?.ended;
}

test('F39: the line that the README prints ends with credentials in a plain sh, and with Ctrl-C', async () => {
  expect(line).toBe('npm run demo');
  const folder = checkout();
  const env = {
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    HOME: folder,
    PORT: String(await freePort()),
  };
  demo = watchProgram('the demo', spawn(shell, ['-u', '-c', line ?? ''], { cwd: folder, env, detached: true }));
  let said = '';
  demo.eachLine((text) => {
    said += `${text}\n`;
  });
  await demo.line(/Press Ctrl-C to stop/);
  expect(said).toMatch(/✔ Issue credentials/);
  expect(said).toMatch(/^ {2}Temporary password {2}\S+$/m);
  expect(existsSync(join(folder, 'data', 'events.db'))).toBe(true);
  await endGroup('SIGINT');
});
