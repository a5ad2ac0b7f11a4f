/** `npm run demo` as its user sees it: a process, its words, its exit code, and what is left when it is gone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Grounds, type Program, prepareFolders, startBuilt, startSimulatorProcess } from './support/processes.js';
import { until } from './support/service.js';
import { controlOf } from './support/simulator.js';

let grounds: Grounds;
const running: Program[] = [];

beforeEach(async () => {
  grounds = await prepareFolders();
});
afterEach(async () => {
  for (const program of running.splice(0)) await program.end('SIGKILL');
});

/** Starts a demo with its own children; what it draws for a terminal is asked for by `tty`. */
function demo(args: readonly string[], tty = false): Program {
  const env = { ...grounds.env, ...(tty ? { LISTR_FORCE_TTY: '1' } : {}) };
  const program = startBuilt('cli/demo.js', args, env);
  running.push(program);
  return program;
}

/** What stands behind a name in the table of credentials. */
const shown = (stdout: string, name: string): string => new RegExp(`^  ${name} +(\\S+)$`, 'm').exec(stdout)?.[1] ?? '';

const ours = async (awsUrl: string) =>
  (await controlOf(awsUrl).accounts()).filter(({ email }) => email.startsWith('aws+'));

async function signInWith(awsUrl: string, stdout: string): Promise<string> {
  const account = shown(stdout, 'AWS account');
  expect(shown(stdout, 'Login URL')).toBe(`${awsUrl}/signin/${account}/console`);
  const who = { account, userName: shown(stdout, 'User name'), password: shown(stdout, 'Temporary password') };
  return (await controlOf(awsUrl).signIn(who)).outcome;
}

const logLines = (file: string, pattern: RegExp): string[] =>
  [...readFileSync(join(grounds.data, file), 'utf8').matchAll(pattern)].map(([, found = '']) => found);

const servicePids = (): number[] => logLines('service.log', /"pid":(\d+)/g).map(Number);
const simulatorUrl = (): string => logLines('simulator/simulator.log', /listening on (\S+)/g).at(-1) ?? '';

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

/** Resolves when neither the service nor the simulator is there any more. */
async function childrenGone(): Promise<void> {
  const gone = (pid: number): boolean => {
    try {
      return !process.kill(pid, 0);
    } catch {
      return true;
    }
  };
  await until(
    async () => servicePids().every(gone) && !(await answers(simulatorUrl())),
    (all) => all,
  );
}

test('on an AWS that already runs it ends with credentials that sign in, and a second one adds a provider', async () => {
  const aws = await startSimulatorProcess(grounds);
  running.push(aws);
  const plain = await demo(['--once', '--aws', `${aws.url}/`]).ended;
  expect({ code: plain.code, stdout: plain.stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(/✔ Issue credentials/),
  });
  expect(plain.stdout).not.toMatch(/\n\s*\n\s*\n/);
  expect(await signInWith(aws.url, plain.stdout)).toBe('new-password-required');

  const drawn = await demo(['--once', '--aws', aws.url, '--name', 'Second'], true).ended;
  expect({ code: drawn.code, stdout: drawn.stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(/Request the provider Second/),
  });
  expect(await ours(aws.url)).toHaveLength(2);
}, 120_000);

test('a service that is killed on the way is started again, and Ctrl-C stops everything', async () => {
  const program = demo(['--fast']);
  let stdout = '';
  program.eachLine((line) => {
    stdout += `${line}\n`;
  });
  for (const moment of [/❯ Create the AWS account/, /❯ Set up AWS Config/]) {
    await program.line(moment);
    process.kill(servicePids().at(-1) ?? 0, 'SIGKILL');
    await program.line(/The service died \(SIGKILL\) and is started again\./);
  }
  await program.line(/Press Ctrl-C to stop/);
  const awsUrl = simulatorUrl();
  expect(await ours(awsUrl)).toHaveLength(1);
  expect(await signInWith(awsUrl, stdout)).toBe('new-password-required');

  const other = await demo(['--once', '--fast', '--aws', awsUrl]).ended;
  expect({ code: other.code, stdout: other.stdout }).toEqual({ code: 1, stdout: '' });
  expect(other.stderr).toMatch(/The service does not stay up\. The data folder .* is in use/);

  const { code } = await program.end('SIGINT');
  expect(code).toBe(0);
  await childrenGone();
}, 120_000);

test('interrupted on the way it ends with 130, killed it takes its children along', async () => {
  const interrupted = demo(['--fast']);
  await interrupted.line(/❯ Make the account/);
  expect((await interrupted.end('SIGINT')).code).toBe(130);
  await childrenGone();

  const killed = demo(['--fast'], true);
  await killed.line(/Make the account/);
  await killed.end('SIGKILL');
  await childrenGone();
}, 120_000);

test('wrong arguments are told with the usage, an AWS that is not there with its address', async () => {
  const wrong = await demo(['--twice']).ended;
  expect({ code: wrong.code, stdout: wrong.stdout }).toEqual({ code: 2, stdout: '' });
  expect(wrong.stderr).toMatch(/'--twice'[\s\S]*npm run demo -- \[--once\]/);
  const alone = await demo(['--once', '--aws', 'http://127.0.0.1:9']).ended;
  expect({ code: alone.code, stdout: alone.stdout }).toEqual({ code: 1, stdout: '' });
  expect(alone.stderr).toMatch(/--aws http:\/\/127\.0\.0\.1:9: nothing answers there\./);
}, 60_000);
