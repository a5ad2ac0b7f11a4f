/** Requests of tenants take turns, so that one who sends many at once does not hold up the one request of another. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { FairScheduler } from '../../../../src/infrastructure/http/kit/fair-scheduler.js';

type Kind = Parameters<FairScheduler['turn']>[1];

/** Holds the event loop for longer than one tenant may in one turn of it. */
function holdTheLoop(): void {
  const until = performance.now() + 2;
  while (performance.now() < until);
}

/** A scheduler whose tenants have used up this turn of the loop, and what is let in from then on, in its order. */
function spent(room: ConstructorParameters<typeof FairScheduler>[0], ...tenants: readonly string[]) {
  const scheduler = new FairScheduler(room);
  const letIn: string[] = [];
  for (const tenant of tenants) expect(scheduler.turn(tenant, 'read')).toBeUndefined();
  holdTheLoop();
  const ask = async (tenant: string, name: string, what: Kind = 'read', isGone?: () => boolean): Promise<void> => {
    await scheduler.turn(tenant, what, isGone);
    letIn.push(name);
  };
  return { scheduler, letIn, ask };
}

test('a tenant that has the loop to itself waits for nothing', () => {
  const scheduler = new FairScheduler();
  expect(scheduler.turn('a', 'read')).toBeUndefined();
  expect(scheduler.waiting).toBe(0);
});

test('who has had their time in this turn of the loop waits, and others do not', async () => {
  const { scheduler, letIn, ask } = spent(undefined, 'flood');
  const flood = ['f1', 'f2', 'f3'].map((name) => ask('flood', name));
  expect(scheduler.waiting).toBe(3);
  expect(scheduler.turn('quiet', 'read')).toBeUndefined();
  await Promise.all(flood);
  expect(letIn).toEqual(['f1', 'f2', 'f3']);
  expect(scheduler.waiting).toBe(0);
});

test('those who wait are let in one of each tenant after the other, however many each has sent', async () => {
  const { letIn, ask } = spent(undefined, 'a', 'b', 'c');
  const asked = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'].map((name) => ask(name[0] ?? '', name));
  await Promise.all(asked);
  expect(letIn).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
});

test.each<[Kind, number[]]>([
  ['change', [16, 31]],
  ['read', [4, 8, 12, 16, 20, 24, 28, 31]],
  ['page', Array.from({ length: 31 }, (_, n) => n + 1)],
])('of a %s so many are let in together, and then the loop looks for what came in meanwhile', async (what, turns) => {
  const { letIn, ask } = spent(undefined, 'a', 'b');
  const names = Array.from({ length: 30 }, (_, n) => `a${n}`);
  const asked = [...names.map((name) => ask('a', name, what)), ask('b', 'b0', what)];
  const inTurns: number[] = [];
  while (letIn.length < asked.length) {
    await nextTurn();
    inTurns.push(letIn.length);
  }
  await Promise.all(asked);
  expect(inTurns).toEqual(turns);
  expect(letIn).toEqual(['a0', 'b0', ...names.slice(1)]);
});

test('one that comes while others of its tenant wait stands behind them', async () => {
  const { scheduler, letIn, ask } = spent(undefined, 'a');
  const first = [ask('a', 'a1'), ask('a', 'a2')];
  await nextTurn();
  await Promise.all([...first, ask('a', 'a3')]);
  expect(letIn).toEqual(['a1', 'a2', 'a3']);
  await nextTurn();
  expect(scheduler.turn('a', 'read')).toBeUndefined();
});

test('so many of one tenant wait, and what is more is refused at once with the connection', async () => {
  const { scheduler, letIn, ask } = spent({ ofTenant: 2, ofStrangers: 2, ofAll: 10 }, 'flood', 'quiet');
  const waiting = [ask('flood', 'f1'), ask('flood', 'f2')];
  expect(() => scheduler.turn('flood', 'read')).toThrow(
    expect.objectContaining({
      code: 'rate-limited',
      headers: expect.objectContaining({ 'retry-after': '1', connection: 'close' }),
    }),
  );
  waiting.push(ask('quiet', 'q1'), ask('flood', 'page', 'page'));
  await Promise.all(waiting);
  expect(letIn).toEqual(['f1', 'q1', 'f2', 'page']);
  expect(scheduler.turn('flood', 'read')).toBeUndefined();
});

test('so many of all tenants wait, and what is more is refused at once', async () => {
  const { scheduler, ask } = spent({ ofTenant: 2, ofStrangers: 2, ofAll: 3 }, 'a', 'b', 'c');
  const waiting = [ask('a', 'a1'), ask('a', 'a2'), ask('b', 'b1')];
  expect(() => scheduler.turn('c', 'change')).toThrow(
    expect.objectContaining({ code: 'unavailable', headers: { 'retry-after': '5', connection: 'close' } }),
  );
  await Promise.all(waiting);
  expect(scheduler.waiting).toBe(0);
  expect(scheduler.turn('c', 'change')).toBeUndefined();
});

test('strangers leave room to those who are known', async () => {
  const { scheduler, ask } = spent({ ofTenant: 2, ofStrangers: 2, ofAll: 4 }, 'a', 'b', 'c', 'known');
  const waiting = [ask('a', 'a1', 'stranger'), ask('b', 'b1', 'stranger')];
  expect(() => scheduler.turn('c', 'stranger')).toThrow(expect.objectContaining({ code: 'unavailable' }));
  waiting.push(ask('known', 'k1'));
  await Promise.all(waiting);
  expect(scheduler.turn('c', 'stranger')).toBeUndefined();
});

test('those whose connection is gone are dropped and take no turn from anybody', async () => {
  const { letIn, ask } = spent(undefined, 'flood', 'quiet');
  let isGone = false;
  const dropped = Array.from({ length: 20 }, (_, n) => ask('flood', `gone ${n}`, 'page', () => isGone));
  const waiting = [ask('flood', 'f1'), ask('quiet', 'q1')];
  isGone = true;
  await nextTurn();
  expect(letIn.filter((name) => !name.startsWith('gone'))).toEqual(['f1', 'q1']);
  await Promise.all([...dropped, ...waiting]);
});
