/** The simulation as CI runs it: fixed seeds that must keep every promise, one that must repeat itself, and the controls. */
import { expect, test } from '@jest/globals';
import { ended, startScript } from '../support/child.js';
import { controls } from './control-names.js';
import type { RunResult } from './run.js';
import type { Tally } from './tally.js';

async function simulate<T>(...args: readonly string[]): Promise<{ code: number | null; told: T }> {
  const { code, stdout, stderr } = await ended(startScript('test/simulation/crash.sim.ts', [...args, '--json'], {}));
  if (stdout === '') throw new Error(`The simulation ended with ${code} and without a word: ${stderr}`);
  return { code, told: JSON.parse(stdout) as T };
}

test('a hundred seeds keep every promise, whatever dies, is lost, comes late or is refused', async () => {
  const { code, told } = await simulate<Tally>('--runs', '100', '--providers', '2');
  expect({ code, runs: told.runs, failures: told.failures }).toEqual({ code: 0, runs: 100, failures: [] });
  // Each kind of trouble was there; otherwise this would prove nothing about it.
  expect(Object.entries(told.troubles).filter(([, count]) => count === 0)).toEqual([]);
  expect(Object.keys(told.workers)).toEqual(['1', '2', '3']);
}, 300_000);

test('a seed repeats itself, byte for byte', async () => {
  const [once, again] = await Promise.all([1, 2].map(() => simulate<RunResult>('--seed', '7')));
  expect(once?.told.events.length).toBeGreaterThan(20);
  expect(once?.told.events).toEqual(again?.told.events);
  expect(once?.told.trace).toEqual(again?.told.trace);
});

const seedsAtMost = '60';

test.each(Object.entries(controls))('%s is caught', async (name, symptom) => {
  const { code, told } = await simulate<Tally>('--jobs', '1', '--runs', seedsAtMost, '--control', name);
  expect(code).toBe(1);
  expect(told.failures.flatMap(({ violations }) => violations).join('\n')).toMatch(symptom);
});

test('a broken promise is told with its seed, its shortest trace and how to see all of it', async () => {
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

test('wrong arguments are told, with what would be right', async () => {
  const wrong = await ended(startScript('test/simulation/crash.sim.ts', ['--runs', 'many', '--control', 'none'], {}));
  expect({ code: wrong.code, stdout: wrong.stdout }).toEqual({ code: 2, stdout: '' });
  expect(wrong.stderr).toMatch(
    /--runs: 'many' is not a whole number\n--control: 'none' is none of:[\s\S]*npm run simulate/,
  );
});
