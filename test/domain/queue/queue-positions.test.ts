import { expect, test } from '@jest/globals';
import type { Queue, Waiting } from '../../../src/domain/queue/queue.js';
import { lineUp, type Serving } from '../../../src/domain/queue/queue-positions.js';

const waiting = (providerId: string, territory = 'US', returnsTo: string | null = null): Waiting => ({
  ...{ providerId, organization: providerId.slice(0, 1), territory, returnsTo },
  since: '1',
});
const queue = (...waiting: readonly Waiting[]): Queue => ({ waiting, share: () => ({ creating: 0, lastTurn: 0 }) });
const us: Serving = { id: 'p-us', territories: ['US'] };
const uk: Serving = { id: 'p-uk', territories: ['UK'] };
const both: Serving = { id: 'p-both', territories: ['US', 'UK'] };

const standing = (of: Queue, payers: readonly Serving[]) => {
  const line = lineUp(of, payers);
  return line.order.map(({ providerId }) => [providerId, line.ahead(providerId)]);
};

test('in line everybody knows how many are served before', () => {
  const line = lineUp(queue(waiting('a1'), waiting('a2'), waiting('b1')), [us]);
  expect(line.order.map(({ providerId }) => [providerId, line.ahead(providerId)])).toEqual([
    ['a1', 0],
    ['b1', 1],
    ['a2', 2],
  ]);
  expect(line.ahead('c1')).toBeUndefined();
});

test('only those are ahead who wait for the same payers', () => {
  const apart = queue(waiting('a1', 'UK'), waiting('a2', 'UK'), waiting('b1'), waiting('b2'), waiting('a3'));
  const lines = [
    ...[
      ['a1', 0],
      ['b1', 0],
    ],
    ...[
      ['a2', 1],
      ['a3', 1],
    ],
    ...[['b2', 2]],
  ];
  expect(standing(apart, [us, uk])).toEqual(lines);
});

test('whom one payer could take as well are in each other’s way', () => {
  const together = queue(waiting('a1', 'UK'), waiting('a2'), waiting('b1'), waiting('c1', 'US', 'p-us'));
  expect(standing(together, [us, uk, both])).toEqual([
    ['a1', 0],
    ['b1', 1],
    ['c1', 2],
    ['a2', 3],
  ]);
});

test('who returns to a payer waits for that one alone, and who is served nowhere is in nobody’s way', () => {
  const apart = queue(waiting('a1', 'FR'), waiting('b1', 'US', 'p-us'), waiting('c1', 'UK'), waiting('c2', 'UK'));
  expect(standing(apart, [us, uk])).toEqual([
    ['a1', 0],
    ['b1', 0],
    ['c1', 0],
    ['c2', 1],
  ]);
});
