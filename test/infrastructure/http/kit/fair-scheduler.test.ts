/** Requests of tenants take turns, so that one who sends many at once does not hold up the one request of another. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { FairScheduler } from '../../../../src/infrastructure/http/kit/fair-scheduler.js';

/** Holds the event loop for longer than one tenant may in one turn of it. */
function holdTheLoop(): void {
  const until = performance.now() + 2;
  while (performance.now() < until);
}

/** A scheduler whose tenants have used up this turn of the loop, and what is let in from then on, in its order. */
function spent(...tenants: readonly string[]) {
  const scheduler = new FairScheduler();
  const letIn: string[] = [];
  for (const tenant of tenants) expect(scheduler.turn(tenant)).toBeUndefined();
  holdTheLoop();
  const ask = async (tenant: string, name: string): Promise<void> => {
    await scheduler.turn(tenant);
    letIn.push(name);
  };
  return { scheduler, letIn, ask };
}

test('a tenant that has the loop to itself waits for nothing', () => {
  const scheduler = new FairScheduler();
  expect(scheduler.turn('a')).toBeUndefined();
  expect(scheduler.waiting).toBe(0);
});

test('who has had their time in this turn of the loop waits, and others do not', async () => {
  const { scheduler, letIn, ask } = spent('flood');
  const flood = ['f1', 'f2', 'f3'].map((name) => ask('flood', name));
  expect(scheduler.waiting).toBe(3);
  expect(scheduler.turn('quiet')).toBeUndefined();
  await Promise.all(flood);
  expect(letIn).toEqual(['f1', 'f2', 'f3']);
  expect(scheduler.waiting).toBe(0);
});

test('those who wait are let in one of each tenant after the other, however many each has sent', async () => {
  const { letIn, ask } = spent('a', 'b', 'c');
  const asked = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'].map((name) => ask(name[0] ?? '', name));
  await Promise.all(asked);
  expect(letIn).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
});

test('after sixteen that are let in together, the loop looks for what came in meanwhile', async () => {
  const { letIn, ask } = spent('a', 'b');
  const names = Array.from({ length: 30 }, (_, n) => `a${n}`);
  const asked = [...names.map((name) => ask('a', name)), ask('b', 'b0')];
  const inTurns: number[] = [];
  while (letIn.length < asked.length) {
    await nextTurn();
    inTurns.push(letIn.length);
  }
  await Promise.all(asked);
  expect(inTurns).toEqual([16, 31]);
  expect(letIn).toEqual(['a0', 'b0', ...names.slice(1)]);
});

test('one that comes while others of its tenant wait stands behind them', async () => {
  const { scheduler, letIn, ask } = spent('a');
  const first = [ask('a', 'a1'), ask('a', 'a2')];
  await nextTurn();
  await Promise.all([...first, ask('a', 'a3')]);
  expect(letIn).toEqual(['a1', 'a2', 'a3']);
  await nextTurn();
  expect(scheduler.turn('a')).toBeUndefined();
});
