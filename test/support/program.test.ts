/** Tests that wait for a program's lines rest on this: none goes by unseen, none is found twice. */
import { expect, test } from '@jest/globals';
import { startLines } from './child.js';
import { watchProgram } from './program.js';

test('lines that went by before anybody waited are found in their order, each once', async () => {
  const program = watchProgram('speaker', startLines("console.log('one\\ntwo\\none more')", []));
  await program.ended;
  expect((await program.line(/one/)).input).toBe('one');
  expect((await program.line(/one/)).input).toBe('one more');
  await expect(program.line(/two/)).rejects.toThrow('speaker ended (0) without /two/');
});

test('lines that are yet to come are waited for', async () => {
  const echo = "process.stdin.on('data', (text) => console.log(String(text)))";
  const program = watchProgram('echo', startLines(echo, []));
  const found = program.line(/^later$/);
  program.child.stdin.write('sooner\n');
  program.child.stdin.end('later\n');
  expect((await found).input).toBe('later');
});
