/** The simulation as CI runs it: fixed seeds that must keep every promise, and one that must repeat itself. */
import { expect, test } from '@jest/globals';
import { ended, startScript } from '../support/child.js';
import type { RunResult } from './run.js';
import { simulate } from './simulate.js';
import type { Tally } from './tally.js';

test('a hundred seeds keep every promise, whatever dies, is lost, comes late or is refused', async () => {
  const { code, told } = await simulate<Tally>('--runs', '100', '--providers', '2');
  expect({ code, runs: told.runs, failures: told.failures }).toEqual({ code: 0, runs: 100, failures: [] });
  expect(told.accounts).toBeGreaterThan(100);
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

test('wrong arguments are told, with what would be right', async () => {
  const wrong = await ended(startScript('test/simulation/crash.sim.ts', ['--runs', 'many', '--control', 'none'], {}));
  expect({ code: wrong.code, stdout: wrong.stdout }).toEqual({ code: 2, stdout: '' });
  expect(wrong.stderr).toMatch(
    /--runs: 'many' is not a whole number\n--control: 'none' is none of:[\s\S]*npm run simulate/,
  );
});
