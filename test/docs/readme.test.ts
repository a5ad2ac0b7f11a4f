/** The README's shell block works as printed in the plainest shell of this machine. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ended } from '../support/child.js';
import { type Grounds, prepareFolders, startReadyService, startSimulatorProcess } from '../support/processes.js';
import type { Program } from '../support/program.js';

let grounds: Grounds;
let aws: Program;
let service: Program;

beforeEach(async () => {
  grounds = await prepareFolders();
  const simulator = await startSimulatorProcess(grounds);
  aws = simulator;
  service = await startReadyService(grounds, simulator.url);
});
afterEach(async () => {
  await service.end('SIGKILL');
  await aws.end('SIGKILL');
});

const block = /```sh\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';
const shell = existsSync('/bin/dash') ? '/bin/dash' : '/bin/sh';

test('each command of the README is answered, one line an answer', async () => {
  const script = block.replace('http://127.0.0.1:3000', grounds.url);
  expect(script).not.toBe(block);
  const env = { ...grounds.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}`, HOME: grounds.folder };
  const { code, stdout, stderr } = await ended(spawn(shell, ['-u', '-c', script], { env }));
  // The first token may have to be built.
  expect({ code, stderr: stderr.replace(/^Successfully compiled.*\n/gm, '') }).toEqual({ code: 0, stderr: '' });
  const [facts = '', id = '', accepted = '', ...more] = stdout.trim().split('\n');
  expect(JSON.parse(facts)).toMatchObject({ position: expect.any(String) });
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.parse(accepted)).toMatchObject({ id });
  expect(more.filter((line) => line.startsWith('event: ') || line.startsWith('data: ')).length).toBeGreaterThan(5);
  expect(JSON.parse(more.at(-1) ?? '')).toMatchObject({ userName: 'administrator', loginUrl: expect.any(String) });
});
