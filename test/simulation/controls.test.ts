/** What is made wrong on purpose must be caught by the simulation, and told so that it can be seen again. */
import { expect, test } from '@jest/globals';
import { ended, startScript } from '../support/child.js';
import { controls } from './control-names.js';
import { simulate } from './simulate.js';
import type { Tally } from './tally.js';

const seedsAtMost = '60';

test.concurrent.each(Object.entries(controls))('%s is caught', async (name, symptom) => {
  const { code, told } = await simulate<Tally>('--jobs', '1', '--runs', seedsAtMost, '--control', name);
  expect(code).toBe(1);
  expect(told.failures.flatMap(({ violations }) => violations).join('\n')).toMatch(symptom);
});

test.concurrent('a broken promise is told with its seed, its shortest trace and how to see all of it', async () => {
  const options = [
    '--jobs',
    '1',
    '--runs',
    seedsAtMost,
    '--providers',
    '1',
    '--control',
    'a fresh e-mail for each retry',
  ];
  const { code, stdout } = await ended(startScript('test/simulation/crash.sim.ts', options, {}));
  expect(code).toBe(1);
  const [, seed, strokes] =
    /Seed (\d+) breaks a promise:[\s\S]*With (\d+) strokes of trouble \(of \d+\)/.exec(stdout) ?? [];
  expect(stdout).toMatch(/ {2}[\d:.]+Z AWS \w+ \w+ -> \d+/);
  expect(stdout).toContain(`npm run simulate -- --seed '${seed}' --strokes '${strokes}' --providers '1' --control`);
});
