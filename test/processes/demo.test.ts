/** `npm run demo` as its user sees it: a process, its words, its exit code, and what is left when it is gone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Fault, FaultRequest } from '../../src/simulator/engine/faults.js';
import { damageInUse } from '../support/damaged-file.js';
import { unpacked, verified } from '../support/evidence-pack.js';
import { type Grounds, prepareFolders, startBuilt, startSimulatorProcess } from '../support/processes.js';
import type { Program } from '../support/program.js';
import { fileOf } from '../support/read-model-names.js';
import { controlOf } from '../support/simulator.js';
import { until } from '../support/waiting.js';

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

type Hold = Pick<FaultRequest, 'service' | 'operation'>;
const accountCreation: Hold = { service: 'organizations', operation: 'CreateAccount' };
const configRecording: Hold = { service: 'config', operation: 'PutConfigurationRecorder' };

/**
 * Holds the demo's own AWS, from before it is started, at these operations: they are throttled until the hold is withdrawn.
 * The provider stays where it is meanwhile, however late the test is.
 */
async function hold(...operations: readonly Hold[]): Promise<readonly Fault[]> {
  const aws = startBuilt('cli/simulator.js', ['--port', '0', '--data', join(grounds.data, 'simulator')], {});
  running.push(aws);
  const [, url = ''] = await aws.line(/listening on (\S+)/);
  const { inject } = controlOf(url);
  const faults = operations.map((operation) => inject({ kind: 'throttle', times: 1_000_000, ...operation }));
  const held = await Promise.all(faults);
  await aws.end('SIGTERM');
  return held;
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

function gone(pid: number): boolean {
  try {
    return !process.kill(pid, 0);
  } catch {
    return true;
  }
}

/** Kills the service once the log names a process that is there: the one named before it may be its former life. */
async function killService(): Promise<void> {
  const living = async (): Promise<number | undefined> => servicePids().find((pid) => !gone(pid));
  process.kill((await until(living, (pid) => pid !== undefined)) ?? 0, 'SIGKILL');
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

/** Resolves when neither the service nor the simulator is there any more. */
async function childrenGone(): Promise<void> {
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
  expect(plain.stdout).toMatch(/goes on, so the login URL answers\.\n$/);
  expect(await signInWith(aws.url, plain.stdout)).toBe('new-password-required');

  const drawn = await demo(['--once', '--aws', aws.url, '--name', 'Second'], true).ended;
  expect({ code: drawn.code, stdout: drawn.stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(/Request the provider Second/),
  });
  expect(await ours(aws.url)).toHaveLength(2);
});

test('evidence of what the demo made is verified by the program in it, on whatever Node the machine has', async () => {
  const { code, stdout } = await demo(['--once', '--fast']).ended;
  expect(code).toBe(0);
  const audit = async (...args: readonly string[]) => {
    const program = startBuilt('cli/audit.js', args, grounds.env);
    running.push(program);
    return await program.ended;
  };
  const story = await audit('why', shown(stdout, 'AWS account'));
  const [, id = ''] = /is that of the provider (\S+)\.$/m.exec(story.stdout) ?? [];
  const pack = join(grounds.data, 'evidence.zip');
  expect(await audit('evidence', id, '--to', pack)).toMatchObject({ code: 0, stderr: '' });
  const folder = unpacked(readFileSync(pack));
  expect(verified(folder)).toEqual({ code: 0, words: expect.stringMatching(/^OK: \d+ facts are as they were/) });
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['baseline', 'summary.html', 'terms']));
});

test('a service that is killed on the way is started again, and Ctrl-C stops everything', async () => {
  const [creation, recording] = await hold(accountCreation, configRecording);
  const program = demo(['--fast']);
  let stdout = '';
  program.eachLine((line) => {
    stdout += `${line}\n`;
  });
  const moments = [
    { step: /❯ Create the AWS account/, held: creation },
    { step: /❯ Set up AWS Config/, held: recording },
  ];
  for (const { step, held } of moments) {
    await program.line(step);
    await killService();
    await program.line(/The service died \(SIGKILL\) and is started again\./);
    await controlOf(simulatorUrl()).withdrawFaults(held);
  }
  const [, consoleUrl = ''] = await program.line(/^\s*(http:\/\/127\.0\.0\.1:\d+\/)$/);
  await program.line(/Press Ctrl-C to stop/);
  expect(await (await fetch(consoleUrl)).text()).toContain('<title>Partner Cloud</title>');
  const awsUrl = simulatorUrl();
  expect(await ours(awsUrl)).toHaveLength(1);
  expect(await signInWith(awsUrl, stdout)).toBe('new-password-required');

  const other = await demo(['--once', '--fast', '--aws', awsUrl]).ended;
  expect({ code: other.code, stdout: other.stdout }).toEqual({ code: 1, stdout: '' });
  expect(other.stderr).toMatch(/The service does not stay up\. The data folder .* is in use/);

  const { code } = await program.end('SIGINT');
  expect(code).toBe(0);
  await childrenGone();
});

test('a service that ends because its read models are damaged is started again, and goes on', async () => {
  const [creation] = await hold(accountCreation);
  const program = demo(['--fast', '--once']);
  await program.line(/❯ Create the AWS account/);
  damageInUse(join(grounds.data, 'read-models', fileOf('provider-status')));
  // Whoever reads first meets the damage; the saga's sweep would within a minute.
  const [serviceUrl = ''] = logLines('service.log', /"url":"([^"]+)"/g);
  const headers = { authorization: `Bearer ${grounds.tokens.administrator}` };
  const answer = fetch(`${serviceUrl}/v1/organizations/acme/providers`, { headers });
  // The demo itself reads too; when it was first, the service may have ended already.
  expect([503, 'gone']).toContain(
    await answer.then(
      ({ status }) => status,
      () => 'gone',
    ),
  );
  await program.line(/The service died \(exit code 75\) and is started again\./);
  await controlOf(simulatorUrl()).withdrawFaults(creation);
  const { code, stdout } = await program.ended;
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/✔ Issue credentials/) });
});

test('interrupted on the way it ends with 130, killed it takes its children along', async () => {
  await hold(accountCreation);
  const interrupted = demo(['--fast']);
  await interrupted.line(/❯ Make the account/);
  expect((await interrupted.end('SIGINT')).code).toBe(130);
  await childrenGone();

  const killed = demo(['--fast'], true);
  await killed.line(/Make the account/);
  await killed.end('SIGKILL');
  await childrenGone();
});

test('wrong arguments are told with the usage, an AWS that is not there with its address', async () => {
  const wrong = await demo(['--twice']).ended;
  expect({ code: wrong.code, stdout: wrong.stdout }).toEqual({ code: 2, stdout: '' });
  expect(wrong.stderr).toMatch(/'--twice'[\s\S]*npm run demo -- \[--once\]/);
  const alone = await demo(['--once', '--aws', 'http://127.0.0.1:9']).ended;
  expect({ code: alone.code, stdout: alone.stdout }).toEqual({ code: 1, stdout: '' });
  expect(alone.stderr).toMatch(/--aws http:\/\/127\.0\.0\.1:9: nothing answers there\./);
});
