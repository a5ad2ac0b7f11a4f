/** A page of the log that a failing disk has changed is found, whoever reads it or not, and no account is begun on such a log. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { damage } from '../support/damaged-file.js';
import { type SimulatorProcess, startService, startSimulatorProcess } from '../support/processes.js';
import { controlOf } from '../support/simulator.js';
import { until } from '../support/waiting.js';
import { Stage } from './support/stage.js';

let stage: Stage;
let aws: SimulatorProcess;
beforeEach(async () => {
  stage = await Stage.prepare();
  aws = await startSimulatorProcess(stage.grounds);
});
afterEach(async () => {
  await stage.close();
  await aws.end('SIGKILL');
});

const pageBytes = 4_096;

test.each([30, 60, 90])(
  'F30: a log with a damaged page after %d %% of it is told of by its name, and makes no account',
  async (part) => {
    // Nobody listens where AWS should be, so that all of them are still owed an account.
    await stage.start();
    for (let count = 0; count < 6; count++) await stage.accepted(`Provider ${count}`);
    await stage.stop();

    const file = join(stage.grounds.data, 'events.db');
    damage(file, Math.floor((statSync(file).size / pageBytes) * (part / 100)) * pageBytes, pageBytes);
    const service = startService(stage.grounds, aws.url);
    stage.service = service;
    service.eachLine((line) => void stage.lines.push(line));
    let refused = '';
    void service.ended.then(({ stderr }) => {
      refused = stderr;
    });
    await until(
      async () => `${refused}${stage.lines.join('\n')}`,
      (said) => said.includes(`${file} is damaged`) || said.includes(`${file} cannot be used`),
    );
    expect(await controlOf(aws.url).calls({ operation: 'CreateAccount' })).toEqual([]);
  },
);
