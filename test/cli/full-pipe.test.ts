/** Every stop has an end, also when nobody reads what the program says. */
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { built } from '../support/built.js';
import { prepareFolders } from '../support/processes.js';
import { until } from '../support/waiting.js';

/** A named pipe that is full to its last byte; `input` is to be written by a program, and nobody reads. */
function fullPipe(folder: string) {
  const file = join(folder, 'pipe');
  execFileSync('mkfifo', [file]);
  const reader = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  const filler = openSync(file, constants.O_WRONLY | constants.O_NONBLOCK);
  for (const bytes of [4_096, 1]) {
    try {
      for (;;) writeSync(filler, Buffer.alloc(bytes, '\n'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
  const input = openSync(file, constants.O_WRONLY);
  const close = (): void => {
    for (const handle of [reader, filler, input]) closeSync(handle);
  };
  return { input, close };
}

test('a service whose output nobody reads serves, and ends with 0 when it is told to', async () => {
  const grounds = await prepareFolders();
  const pipe = fullPipe(grounds.folder);
  const env = { PATH: process.env.PATH, ...grounds.env, PARTNER_CLOUD_AWS_ENDPOINT: 'http://127.0.0.1:9' };
  const child = spawn(process.execPath, [built('main.js')], { env, stdio: ['ignore', pipe.input, 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  try {
    const ready = () =>
      fetch(`${grounds.url}/health/ready`).then(
        ({ status }) => status,
        () => 0,
      );
    await until(ready, (status) => status === 200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  } finally {
    child.kill('SIGKILL');
    pipe.close();
  }
});
